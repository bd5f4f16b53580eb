using Connections.FollowUp;
using Connections.Invites;
using Connections.Tests.Functions.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Invites;

/// <summary>After a refusal the caller's own list shows the new state, even before the change feed updates their row.</summary>
public sealed class ToldAndReadTests : IAsyncLifetime
{
    private LocalHostFixture _host = null!;

    // The triggers do not run, so only calls write rows.
    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_revoke_that_loses_to_an_accept()
    {
        var talk = await Talk.BeginAsync(_host, "revoke");
        Assert.Equal("pending", (await talk.ContactAsync(talk.Brand))["state"].ToString());

        var refused = await talk.Brand.CallAsync(HttpMethod.Delete, $"/api/invites/{talk.Id}");

        Assert.Equal(("invite-not-pending", "connected"), (refused.Problem, refused["state"].ToString()));
        Assert.Equal("connected", (await talk.ContactAsync(talk.Brand))["state"].ToString());
        Assert.Single((await talk.Brand.ReadAsync("/api/connections"))["value"].AsArray());
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    public async Task An_answer_that_loses_to_a_revoke_also_where_the_callers_row_is_not_made_yet(string answer)
    {
        var talk = await Talk.InviteAsync(_host, "answer");
        Assert.Equal("revoked", (await talk.Brand.CallAsync(HttpMethod.Delete, $"/api/invites/{talk.Id}"))["state"].ToString());

        var refused = await talk.Creator.SendAsync($"/api/invites/{talk.Id}/{answer}");

        Assert.Equal(("invite-not-pending", "revoked"), (refused.Problem, refused["state"].ToString()));
        Assert.Equal("revoked", (await talk.ContactAsync(talk.Creator))["state"].ToString());
    }

    [Fact]
    public async Task An_invite_that_is_locked()
    {
        var talk = await Talk.InviteAsync(_host, "locked");
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/decline");
        Assert.Equal("pending", (await talk.ContactAsync(talk.Brand))["state"].ToString());

        var refused = await talk.Brand.SendAsync("/api/invites", new { creatorId = talk.CreatorId });

        Assert.Equal("invite-locked", refused.Problem);
        var read = await talk.ContactAsync(talk.Brand);
        Assert.Equal(("declined", refused["until"].ToString()), (read["state"].ToString(), read["until"].ToString()));
    }

    /// <summary>A conversation's calls follow the member's row, so a removal that was never answered has not happened yet.</summary>
    [Theory]
    [InlineData("POST", "/messages", "{\"clientId\":\"1\",\"text\":\"Hello\"}")]
    [InlineData("PATCH", "/messages/2", "{\"text\":\"Hello\"}")]
    [InlineData("DELETE", "/messages/2", null)]
    [InlineData("PUT", "/read", "{\"seq\":1}")]
    [InlineData("POST", "/typing", null)]
    [InlineData("GET", "/presence", null)]
    public async Task What_is_said_before_the_row_knows_of_a_removal_came_before_it(string method, string path, string? body)
    {
        var talk = await Talk.BeginAsync(_host, "before");
        await FollowAsync(talk);
        await talk.SayAsync(talk.Brand, "Hello");
        await talk.SayAsync(talk.Creator, "Hi");
        await EndUnseenAsync(talk);

        Assert.Null((await talk.Creator.CallAsync(new HttpMethod(method), talk.Path + path, body)).Problem);
        Assert.Equal("connected", (await talk.ContactAsync(talk.Creator))["state"].ToString());

        await FollowAsync(talk);
        Assert.Equal("not-connected", (await talk.Creator.CallAsync(new HttpMethod(method), talk.Path + path, body)).Problem);
        Assert.Equal("removed", (await talk.ContactAsync(talk.Creator))["state"].ToString());
    }

    [Fact]
    public async Task A_removal_of_what_was_never_accepted()
    {
        var talk = await Talk.InviteAsync(_host, "never");
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/decline");

        Assert.Equal("not-connected", (await talk.Brand.CallAsync(HttpMethod.Delete, talk.Path)).Problem);

        Assert.Equal("declined", (await talk.ContactAsync(talk.Brand))["state"].ToString());
    }

    private async Task FollowAsync(Talk talk)
    {
        var record = (await _host.Services.GetRequiredService<ConnectionStore>().FindAsync(talk.Id, default))!.Value;
        await _host.Services.GetRequiredService<Connections.FollowUp.ConnectionFollowUp>().RunAsync(record, default);
    }

    /// <summary>A removal whose call died right after its only write.</summary>
    private async Task EndUnseenAsync(Talk talk)
    {
        var settings = _host.Services.GetRequiredService<InviteSettings>();
        Assert.IsType<Transition.Moved>(await _host.Services.GetRequiredService<ConnectionStore>().ChangeAsync(
            talk.Id,
            current => ConnectionLife.Apply(current, new InviteAction.Remove(), current.Inviter, TimeProvider.System.GetUtcNow(), settings),
            default));
    }
}
