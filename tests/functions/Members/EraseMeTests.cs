using System.Net;
using System.Text.Json;
using Connections.Creators.Favourites;
using Connections.FollowUp;
using Connections.Members;
using Connections.Tests.Functions.Members.FollowUp;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>DELETE /api/me.</summary>
public sealed class EraseMeTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Former = "Former member";

    [Fact]
    public async Task The_profile_is_gone_at_once_and_nothing_of_it_is_stored()
    {
        var creator = host.ClientFor("gone", name: "Wilma Vanish", email: "wilma@mail.test");
        var profile = MemberCalls.ListedCreator("Wilma Vanish");
        profile["bio"] = "All about Wilma";
        await creator.PutProfileOkAsync(profile);
        var looker = host.ClientFor("gone-looker");
        await looker.BecomeBrandAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(creator)).Status);

        Assert.Empty((await looker.GetJsonAsync("/api/creators?q=vanish")).GetProperty("value").EnumerateArray());
        Assert.Equal("not-found", (await looker.ReadAsync("/api/creators/gone")).Problem);
        Assert.Equal("not-found", (await looker.SendAsync("/api/invites", new { creatorId = "gone" })).Problem);
        var stored = await CardChangesTests.StoredAsync(host, "gone");
        Assert.NotNull(stored.ErasedAt);
        Assert.Equal(
            new Member { Id = stored.Id, CardVersion = stored.CardVersion, OwedSince = stored.OwedSince, ErasedAt = stored.ErasedAt }
                .ToText(),
            stored.ToText());
    }

    [Fact]
    public async Task What_tied_others_to_the_member_is_ended_and_they_hear_of_it()
    {
        var erased = host.ClientFor("ties");
        await erased.BecomeCreatorAsync("Tied", "tied");
        var (sent, received, connected, blocked) = (
            await TieAsync("sent"), await TieAsync("received", invites: true), await TieAsync("connected", invites: true),
            await TieAsync("blocked"));
        await erased.SendAsync($"/api/invites/{connected}/accept");
        await erased.SendAsync($"/api/connections/{connected}/messages", new { clientId = "1", text = "Goes" });
        await erased.PutAsync("/api/blocks/ties-blocked", new { });
        await erased.PutAsync("/api/favourites/ties-sent", new { });
        await erased.PutAsync("/api/dismissed/ties-sent", new { });
        await host.DrainAsync();
        var mails = (await host.OutboxAsync()).Count;
        await using var live = await LiveClient.OpenAsync(host.ClientFor("ties-connected"));

        await EraseAsync(erased);
        await host.DrainAsync();

        Assert.Equal(("revoked", Former), await SeenAsync("sent", sent));
        Assert.Equal(("declined", Former), await SeenAsync("received", received));
        Assert.Equal(("removed", Former), await SeenAsync("connected", connected));
        Assert.Equal("removed", (await SeenAsync("blocked", blocked)).State);
        var told = await live.EventAsync(
            e => e["type"]!.ToString() == "connection.changed" && e["contact"]!["state"]!.ToString() == "removed");
        Assert.Equal(Former, told["contact"]!["other"]!["displayName"]!.ToString());
        Assert.Null(told["contact"]!["lastMessage"]);
        Assert.Empty(await host.Services.GetRequiredService<Connections.Creators.Favourites.FavouriteStore>()
            .AllAsync(new MemberId("ties"), default).ToListAsync());
        Assert.Empty(await host.Services.GetRequiredService<Connections.Creators.Dismissed.DismissedStore>()
            .IdsAsync(new MemberId("ties"), default));
        Assert.Equal(mails, (await host.OutboxAsync()).Count);

        async Task<string> TieAsync(string name, bool invites = false)
        {
            var other = host.ClientFor($"ties-{name}");
            await other.BecomeCreatorAsync(name, name);
            return (invites
                ? await other.SendAsync("/api/invites", new { creatorId = "ties" })
                : await erased.SendAsync("/api/invites", new { creatorId = $"ties-{name}" }))["id"].ToString();
        }

        async Task<(string State, string Name)> SeenAsync(string name, string id)
        {
            var contact = await host.ClientFor($"ties-{name}").ReadAsync($"/api/connections/{id}");
            return (contact["state"].ToString(), contact["other"]["displayName"]!.ToString());
        }
    }

    [Fact]
    public async Task An_erasure_that_fails_half_way_is_finished_later()
    {
        var faulty = new FaultyDatabase();
        await using var still = await faulty.StartHostWithoutTriggersAsync();
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(still, "half");
        await CardChangesTests.FollowConnectionAsync(still, id);
        await creator.PutAsync("/api/favourites/half-creator", new { });
        await EraseAsync(creator);
        var followUp = still.Services.GetRequiredService<MemberFollowUp>();
        var member = new MemberId("half-creator");

        foreach (var container in new[] { "connections", "messages", "favourites", "reports" })
        {
            faulty.Fails = (_, path) => $"{path}/".Contains($"/colls/{container}/", StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<Exception>(() => followUp.RunAsync(member, default));
            Assert.NotNull((await CardChangesTests.StoredAsync(still, "half-creator")).OwedSince);
        }

        Assert.Equal("profile-erased", (await creator.BecomeCreatorAsync()).Problem);

        faulty.Fails = (_, _) => false;
        await ActivatorUtilities.CreateInstance<SweepOwedMembers>(
            still.Services, new Connections.Tests.Local.Worker.ManualTime(DateTimeOffset.UtcNow.AddMinutes(3)))
            .Run(new(), default);
        await CardChangesTests.FollowConnectionAsync(still, id);
        var seen = await brand.ReadAsync($"/api/connections/{id}");
        Assert.Equal(("declined", Former), (seen["state"].ToString(), seen["other"]["displayName"]!.ToString()));
        Assert.Empty(await still.Services.GetRequiredService<Connections.Creators.Favourites.FavouriteStore>()
            .AllAsync(member, default).ToListAsync());
        Assert.Null((await CardChangesTests.StoredAsync(still, "half-creator")).OwedSince);
    }

    [Fact]
    public async Task An_invite_that_was_being_made_meanwhile_is_ended_too()
    {
        await using var still = await LocalHostFixture.StartWithoutTriggersAsync();
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(still, "meanwhile");
        await EraseAsync(creator);

        // The erasure finds no row of the creator's: the invite's own follow-up makes it only now.
        await still.Services.GetRequiredService<MemberFollowUp>().RunAsync(new MemberId("meanwhile-creator"), default);
        await CardChangesTests.FollowConnectionAsync(still, id);
        await CardChangesTests.FollowConnectionAsync(still, id);

        var seen = await brand.ReadAsync($"/api/connections/{id}");
        Assert.Equal(("declined", Former), (seen["state"].ToString(), seen["other"]["displayName"]!.ToString()));
    }

    [Fact]
    public async Task Links_in_emails_stop_working_and_no_email_follows()
    {
        var (_, creator, id) = await CardChangesTests.InvitedAsync(host, "mailed");
        var mail = await host.MailAsync("mailed-creator@example.com");
        var unsubscribe = mail.Headers["List-Unsubscribe"].Trim('<', '>');
        await EraseAsync(creator);
        await host.DrainAsync();

        var link = await host.AnonymousClient().GetAsync(new Uri(unsubscribe).PathAndQuery);
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);
        Assert.Empty(
            (await host.Services.GetRequiredService<Connections.Invites.ConnectionStore>().FindAsync(id, default))!.Value.LinkHashes);
        Assert.Single(await host.OutboxAsync("mailed-creator@example.com"));
    }

    [Fact]
    public async Task Signing_in_again_makes_no_profile_and_a_new_one_is_somebody_new()
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "again");
        await creator.SendAsync($"/api/invites/{id}/accept");
        await EraseAsync(creator);
        await host.DrainAsync();

        Assert.Equal(
            (HttpStatusCode.Gone, "profile-erased"),
            ((await creator.ReadAsync("/api/me")).Status, (await creator.ReadAsync("/api/me")).Problem));
        Assert.Equal("profile-erased", (await creator.ReadAsync("/api/me/email-preferences")).Problem);
        Assert.Equal("profile-erased", (await creator.PutAsync("/api/me/email-preferences", new { notices = new { } })).Problem);

        await creator.BecomeBrandAsync("Another life");
        await host.DrainAsync();
        Assert.Equal("brand", (await creator.ReadAsync("/api/me"))["kind"].ToString());
        Assert.Empty((await creator.ReadAsync("/api/connections"))["value"].AsArray());
        Assert.Equal(Former, (await brand.ReadAsync($"/api/connections/{id}"))["other"]["displayName"]!.ToString());
    }

    [Fact]
    public async Task Erasing_nothing_is_done_and_erasing_again_is_gone()
    {
        var nobody = host.ClientFor("never-was");
        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(nobody)).Status);
        Assert.Null(await host.Members().FindAsync(new MemberId("never-was"), default));

        await nobody.BecomeBrandAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => EraseAsync(nobody)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.NoContent), answer => Assert.Equal("profile-erased", answer.Problem));
    }

    private static Task<Answer> EraseAsync(HttpClient client) => client.CallAsync(HttpMethod.Delete, "/api/me");
}

internal static class MemberText
{
    /// <summary>The whole document, to be compared.</summary>
    public static string ToText(this Member member) => JsonSerializer.Serialize(member, Json.Options);
}
