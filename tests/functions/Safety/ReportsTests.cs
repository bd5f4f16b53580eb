using System.Net;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Safety;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Safety;

/// <summary>Reporting members and messages, through the call.</summary>
public sealed class ReportsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_reported_member_reaches_support_with_the_profile_quoted()
    {
        var pair = await Pair.StrangersAsync(host, "profile");

        var answer = await pair.One.SendAsync(
            "/api/reports",
            new { memberId = pair.TwoId, reason = "impersonation", details = "This is not Two.\nTwo is a friend of mine." });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["id"], answer.Body!.AsObject().Select(property => property.Key));
        var id = answer["id"].ToString();
        var mail = await host.MailAsync("support@example.com", mail => mail.Text.Contains(id, StringComparison.Ordinal));
        Assert.Equal("Report: profile Two (impersonation)", mail.Subject);
        foreach (var line in new[]
        {
            "> This is not Two.", "> Two is a friend of mine.", "> Name: profile Two", "> Headline: Slow travel and long trails",
            $"Reported by the member: {pair.OneId}", $"Reported member: {pair.TwoId}",
        })
        {
            Assert.Contains(line, mail.Text.Split('\n'));
        }

        Assert.DoesNotContain(mail.Headers.Keys, name => name.StartsWith("List-Unsubscribe", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("nsubscribe", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reported_message_reaches_support_as_it_was_also_when_the_two_have_parted()
    {
        var pair = await Pair.TalkingAsync(host, "parted");
        await pair.One.SendAsync(
            $"/api/connections/{pair.ConnectionId}/messages",
            new { clientId = "bad", text = "Click <b>here</b>:\nhttps://example.net/free" });
        await pair.Two.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}");
        await pair.One.PutAsync($"/api/blocks/{pair.TwoId}", new { });

        var answer = await pair.Two.SendAsync("/api/reports", new { connectionId = pair.ConnectionId, seq = 3, reason = "spam" });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var mail = await host.MailAsync(
            "support@example.com", mail => mail.Text.Contains(answer["id"].ToString(), StringComparison.Ordinal));
        Assert.Equal("Report: parted One (spam)", mail.Subject);
        foreach (var line in new[]
        {
            "> Click <b>here</b>:",
            MemberText.Unlinked("> https://example.net/free"),
            "Message number: 3",
            $"Conversation: {pair.ConnectionId}",
            $"Reported member: {pair.OneId}",
        })
        {
            Assert.Contains(line, mail.Text.Split('\n'));
        }

        Assert.Contains("Click &lt;b&gt;here&lt;/b&gt;:", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>here", mail.Html, StringComparison.Ordinal);
        // The report keeps the author's profile.
        var report = await host.Services.GetRequiredService<ReportStore>()
            .FindAsync(answer["id"].ToString(), default);
        Assert.Equal(("parted One", 3), (report!.Profile!.DisplayName, report.Message!.Seq));
    }

    [Fact]
    public async Task A_blocker_can_report_whom_they_blocked_and_so_can_who_is_blocked()
    {
        var pair = await Pair.StrangersAsync(host, "blocked-report");
        await pair.OneBlocksAsync();
        Assert.Equal(
            HttpStatusCode.Created,
            (await pair.One.SendAsync("/api/reports", new { memberId = pair.TwoId, reason = "harassment" })).Status);
        Assert.Equal(
            HttpStatusCode.Created,
            (await pair.Two.SendAsync("/api/reports", new { memberId = pair.OneId, reason = "harassment" })).Status);
    }

    [Fact]
    public async Task Nobody_can_report_a_message_of_others_and_is_told_no_more_than_of_one_that_is_not_there()
    {
        var pair = await Pair.TalkingAsync(host, "others");
        var stranger = host.ClientFor("others-stranger");
        await stranger.BecomeBrandAsync();

        foreach (var (member, id, seq) in new[]
        {
            (stranger, pair.ConnectionId, 1), (stranger, pair.ConnectionId, 99), (stranger, "c" + new string('0', 30), 1),
            (stranger, "not-an-id", 1), (pair.One, pair.ConnectionId, 99),
        })
        {
            var answer = await member.SendAsync("/api/reports", new { connectionId = id, seq, reason = "spam" });
            Assert.Equal(
                (HttpStatusCode.NotFound, "not-found", "There is no such message, or it is not yours to see."),
                (answer.Status, answer.Problem, answer["detail"].ToString()));
        }
    }

    [Fact]
    public async Task What_cannot_be_an_id_is_not_found()
    {
        var answer = await host.ClientFor("reports-nobody").SendAsync("/api/reports", new { memberId = "not an id", reason = "spam" });
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_report_of_a_member_who_does_not_exist_is_answered_like_any_other_and_its_mail_says_so()
    {
        var answer = await host.ClientFor("reports-absent")
            .SendAsync("/api/reports", new { memberId = "nobody-by-this-id", reason = "spam" });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["id"], answer.Body!.AsObject().Select(property => property.Key));
        var mail = await host.MailAsync(
            "support@example.com", mail => mail.Text.Contains(answer["id"].ToString(), StringComparison.Ordinal));
        Assert.Contains("There was no profile by this id when it was reported.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("There was no profile by this id when it was reported.", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("message", mail.Text.Split("Report: ")[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_a_member_who_has_gone_a_message_can_be_reported_and_a_report_of_them_has_no_profile()
    {
        // Nothing erases the conversation before it is reported.
        await using var own = await LocalHostFixture.StartAsync(o => o with { Services = Access.Records.Quiet });
        var pair = await Pair.TalkingAsync(own, "gone");
        Assert.Null((await pair.One.CallAsync(HttpMethod.Delete, "/api/me")).Problem);

        var gone = await pair.Two.SendAsync("/api/reports", new { memberId = pair.OneId, reason = "spam" });
        Assert.Equal(HttpStatusCode.Created, gone.Status);
        Assert.Null((await own.Services.GetRequiredService<ReportStore>()
            .FindAsync(gone["id"].ToString(), default))!.Profile);
        var answer = await pair.Two.SendAsync("/api/reports", new { connectionId = pair.ConnectionId, seq = 1, reason = "spam" });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        await own.RestartAsync(o => o with { Services = null });
        var mail = await own.MailAsync(
            "support@example.com", mail => mail.Text.Contains(answer["id"].ToString(), StringComparison.Ordinal));
        Assert.Contains("> From one", mail.Text.Split('\n'));
    }

    [Fact]
    public async Task Nobody_reports_themselves()
    {
        var pair = await Pair.TalkingAsync(host, "self");
        var member = await pair.One.SendAsync("/api/reports", new { memberId = pair.OneId, reason = "other" });
        Assert.Equal((HttpStatusCode.BadRequest, true), (member.Status, member["errors"]["memberId"] is not null));
        var message = await pair.One.SendAsync("/api/reports", new { connectionId = pair.ConnectionId, seq = 1, reason = "other" });
        Assert.Equal((HttpStatusCode.BadRequest, true), (message.Status, message["errors"]["seq"] is not null));
    }

    [Theory]
    [InlineData("""{}""", "memberId,reason")]
    [InlineData("""{"memberId":"","reason":"spam"}""", "memberId")]
    [InlineData("""{"memberId":"demo-creator"}""", "reason")]
    [InlineData("""{"memberId":"demo-creator","reason":"Spam"}""", "reason")]
    [InlineData("""{"memberId":"demo-creator","reason":"1"}""", "reason")]
    [InlineData("""{"memberId":"demo-creator","reason":1}""", "reason")]
    [InlineData("""{"memberId":"demo-creator","connectionId":"c000000000000000000000000000000","seq":1,"reason":"spam"}""", "memberId")]
    [InlineData("""{"memberId":"demo-creator","seq":1,"reason":"spam"}""", "memberId")]
    [InlineData("""{"connectionId":"c000000000000000000000000000000","reason":"spam"}""", "seq")]
    [InlineData("""{"connectionId":"c000000000000000000000000000000","seq":0,"reason":"spam"}""", "seq")]
    [InlineData("""{"connectionId":"c000000000000000000000000000000","seq":1.5,"reason":"spam"}""", "seq")]
    [InlineData("""{"seq":1,"reason":"spam"}""", "connectionId")]
    [InlineData("""{"memberId":"demo-creator","reason":"spam","details":"a\u0000b"}""", "details")]
    [InlineData("""{"memberId":7,"reason":"spam"}""", "memberId")]
    public async Task What_is_wrong_with_a_report_is_named(string body, string fields)
    {
        var answer = await host.ClientFor("reports-badly").SendAsync("/api/reports", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal(fields, string.Join(',', answer["errors"].AsObject().Select(error => error.Key)));
    }

    [Theory]
    [InlineData("""{"memberId":"demo-creator"}""", "reason", FieldCode.Required)]
    [InlineData("""{"memberId":"demo-creator","reason":" "}""", "reason", FieldCode.Required)]
    [InlineData("""{"memberId":"demo-creator","reason":"Spam"}""", "reason", FieldCode.UnknownValue)]
    [InlineData("""{"connectionId":"c000000000000000000000000000000","reason":"spam"}""", "seq", FieldCode.Required)]
    [InlineData("""{"connectionId":"c000000000000000000000000000000","seq":0,"reason":"spam"}""", "seq", FieldCode.OutOfRange)]
    public async Task A_field_that_is_missing_has_another_code_than_one_with_a_wrong_value(string body, string field, string code)
    {
        var fault = Assert.Single((await host.ClientFor("reports-badly").SendAsync("/api/reports", body))["fields"].AsArray());
        Assert.Equal((field, code), ($"{fault!["field"]}", $"{fault["code"]}"));
    }

    [Fact]
    public async Task Details_have_at_most_a_thousand_characters()
    {
        var member = host.ClientFor("reports-long");
        // A character outside the basic plane is one character.
        Assert.Equal(HttpStatusCode.Created, (await member.SendAsync(
            "/api/reports",
            new { memberId = "demo-creator", reason = "other", details = string.Concat(Enumerable.Repeat("😀", 1000)) })).Status);
        var refused = await member.SendAsync(
            "/api/reports", new { memberId = "demo-creator", reason = "other", details = new string('a', 1001) });
        Assert.Equal(["details"], refused["errors"].AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("spam")]
    [InlineData("harassment")]
    [InlineData("impersonation")]
    [InlineData("inappropriate")]
    [InlineData("other")]
    public async Task Each_reason_of_the_published_list_is_taken(string reason) =>
        Assert.Equal(
            HttpStatusCode.Created,
            (await host.ClientFor("reports-all").SendAsync("/api/reports", new { memberId = "demo-creator", reason })).Status);

    [Fact]
    public async Task Without_a_token_nothing_is_reported() =>
        Assert.Equal(
            "unauthenticated",
            (await host.AnonymousClient().SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" })).Problem);

    [Fact]
    public async Task Twenty_reports_a_day_are_taken_also_of_thirty_at_once_and_the_next_day_more()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var later = await LocalHostFixture.StartAsync(o => o with { Time = time });
        var member = later.ClientFor("reports-much");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => member.SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" })));

        Assert.Equal(20, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(10, refused.Count);
        Assert.All(refused, answer =>
        {
            Assert.Equal("report-limit-day", answer.Problem);
            Assert.Equal(TimeSpan.FromHours(16), answer.Headers.RetryAfter!.Delta);
            Assert.Equal(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero), answer["until"].GetValue<DateTimeOffset>());
        });
        Assert.Equal(
            HttpStatusCode.Created,
            (await later.ClientFor("reports-first").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" })).Status);

        time.Advance(TimeSpan.FromHours(16));
        Assert.Equal(
            HttpStatusCode.Created,
            (await later.ClientFor("reports-much").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" })).Status);
    }
}
