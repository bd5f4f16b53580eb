using System.Globalization;
using System.Net;
using Connections.Tests.Functions.Members.FollowUp;

namespace Connections.Tests.Functions.Invites;

/// <summary>POST /api/invites/{id}/decline with a reason, and what the inviter sees of it.</summary>
public sealed class DeclineReasonTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_inviter_sees_why_and_from_when_they_may_ask_again()
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "later");
        var day = Day(90);

        var declined = await creator.SendAsync($"/api/invites/{id}/decline", new { reason = "not-now", until = day });

        Assert.Equal((HttpStatusCode.OK, "declined"), (declined.Status, declined["state"].ToString()));
        await host.DrainAsync();
        var seen = await brand.ReadAsync($"/api/connections/{id}");
        Assert.Equal(("not-now", day), (seen["declined"]["reason"]!.ToString(), seen["declined"]["until"]!.ToString()));
        Assert.StartsWith($"{day}T00:00:00", seen["until"].ToString(), StringComparison.Ordinal);
        Assert.Equal("invite-locked", (await brand.SendAsync("/api/invites", new { creatorId = "later-creator" })).Problem);
    }

    [Fact]
    public async Task Without_a_body_or_with_an_empty_one_there_is_no_reason()
    {
        foreach (var (name, body) in new (string, object?)[] { ("bare", null), ("empty", new { }) })
        {
            var (_, creator, id) = await CardChangesTests.InvitedAsync(host, name);

            var declined = await creator.CallAsync(HttpMethod.Post, $"/api/invites/{id}/decline", body);

            Assert.Equal((HttpStatusCode.OK, "declined"), (declined.Status, declined["state"].ToString()));
            Assert.Null(declined.Body!["declined"]);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_the_invite_stays_pending()
    {
        var (_, creator, id) = await CardChangesTests.InvitedAsync(host, "wrong");
        foreach (var (reason, until, field, code) in new (string?, string?, string, string)[]
        {
            ("never", null, "reason", "unknown-value"),
            ("not-now", "soon", "until", "bad-form"),
            ("not-now", Day(0), "until", "out-of-range"),
            ("not-now", Day(367), "until", "out-of-range"),
            ("reward", Day(9), "until", "conflict"),
            (null, Day(9), "until", "conflict"),
        })
        {
            var answer = await creator.SendAsync($"/api/invites/{id}/decline", new { reason, until });
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
            Assert.Equal((field, code), ($"{answer["fields"][0]!["field"]}", $"{answer["fields"][0]!["code"]}"));
        }

        Assert.Equal("pending", (await creator.ReadAsync($"/api/connections/{id}"))["state"].ToString());
    }

    private static string Day(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
