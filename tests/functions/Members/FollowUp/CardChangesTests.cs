using System.Net;
using Connections.FollowUp;
using Connections.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members.FollowUp;

/// <summary>A changed profile is shown on the contact rows of others.</summary>
public sealed class CardChangesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task Contacts_see_a_changed_profile_and_their_open_clients_hear_of_it()
    {
        var (brand, creator, id) = await InvitedAsync(host, "card");
        await creator.SendAsync($"/api/invites/{id}/accept");
        await host.DrainAsync();
        await using var live = await LiveClient.OpenAsync(brand);

        await creator.BecomeCreatorAsync("Mira Lund-Berg", "lundberg");

        var told = await live.EventAsync(e => e["type"]!.ToString() == "connection.changed");
        Assert.Equal("Mira Lund-Berg", told["contact"]!["other"]!["displayName"]!.ToString());
        await host.DrainAsync();
        var other = (await brand.ReadAsync($"/api/connections/{id}"))["other"];
        Assert.Equal(("Mira Lund-Berg", "lundberg"), (other["displayName"]!.ToString(), other["handle"]!.ToString()));
        Assert.Null(other["version"]);
    }

    [Fact]
    public async Task A_change_that_no_card_shows_owes_nothing()
    {
        var creator = host.ClientFor("quiet");
        var profile = MemberCalls.ListedCreator("Quiet");
        await creator.PutProfileOkAsync(profile);
        var before = await StoredAsync(host, "quiet");
        profile["bio"] = "Another bio";
        await creator.PutProfileOkAsync(profile);

        Assert.Equal(before.CardVersion, (await StoredAsync(host, "quiet")).CardVersion);
    }

    [Fact]
    public async Task An_older_card_never_overwrites_a_newer_one_and_the_sweep_finds_what_was_lost()
    {
        // Without triggers the change feed delivers nothing.
        await using var still = await LocalHostFixture.StartWithoutTriggersAsync();
        var (brand, creator, id) = await InvitedAsync(still, "sweep");
        await FollowConnectionAsync(still, id);
        var contacts = still.Services.GetRequiredService<Connections.Invites.Contacts.ContactStore>();
        var older = Card.Of(await StoredAsync(still, "sweep-creator"));
        await creator.BecomeCreatorAsync("Newer", "newer");
        Assert.Equal("Mira Lund", await NameAsync());

        // What is owed now is left to the change feed; the sweep takes what has been owed for long.
        var time = new Connections.Tests.Local.Worker.ManualTime(DateTimeOffset.UtcNow.AddMinutes(3));
        await ActivatorUtilities.CreateInstance<SweepOwedMembers>(still.Services, time).Run(new(), default);
        Assert.Equal("Newer", await NameAsync());
        Assert.Null((await StoredAsync(still, "sweep-creator")).OwedSince);

        Assert.Null(await contacts.ShowCardAsync(new MemberId("sweep-brand"), id, older, default));
        Assert.Equal("Newer", await NameAsync());

        async Task<string> NameAsync() => (await brand.ReadAsync($"/api/connections/{id}"))["other"]["displayName"]!.ToString();
    }

    [Fact]
    public async Task A_profile_that_changes_while_a_row_is_made_is_shown_all_the_same()
    {
        var database = new FaultyDatabase();
        await using var still = await database.StartHostWithoutTriggersAsync();
        // The call has read both profiles when it writes the record, and there is no row yet by which the change would be followed.
        database.Before = async (method, path) =>
        {
            if (method == HttpMethod.Post && path.EndsWith("/colls/connections", StringComparison.Ordinal))
            {
                database.Before = (_, _) => Task.CompletedTask;
                await still.ClientFor("between-creator").BecomeCreatorAsync("Newer", "newer");
                await still.Services.GetRequiredService<MemberFollowUp>().RunAsync(new MemberId("between-creator"), default);
            }
        };
        var (brand, _, id) = await InvitedAsync(still, "between");
        Assert.Equal("Mira Lund", (await brand.ReadAsync($"/api/connections/{id}"))["other"]["displayName"]!.ToString());

        await FollowConnectionAsync(still, id);
        Assert.Equal("Newer", (await brand.ReadAsync($"/api/connections/{id}"))["other"]["displayName"]!.ToString());
    }

    internal static async Task<(HttpClient Brand, HttpClient Creator, string Id)> InvitedAsync(LocalHostFixture host, string name)
    {
        var (brand, creator) = (host.ClientFor($"{name}-brand"), host.ClientFor($"{name}-creator"));
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        var invited = await brand.SendAsync("/api/invites", new { creatorId = $"{name}-creator", note = "Shall we?" });
        Assert.Equal(HttpStatusCode.Created, invited.Status);
        return (brand, creator, invited["id"].ToString());
    }

    internal static async Task<Member> StoredAsync(LocalHostFixture host, string id) =>
        (await host.Members().FindAsync(new MemberId(id), default))!.Value;

    internal static async Task FollowConnectionAsync(LocalHostFixture host, string id)
    {
        var connection = (await host.Services.GetRequiredService<Connections.Invites.ConnectionStore>().FindAsync(id, default))!.Value;
        await host.Services.GetRequiredService<Connections.FollowUp.ConnectionFollowUp>().RunAsync(connection, default);
    }
}
