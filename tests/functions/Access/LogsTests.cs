using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Telemetry;
using Connections.Tests.Functions.Telemetry;
using Connections.Tests.Local.Identity;
using Connections.Tests.Local.WebPubSub;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Connections.Tests.Functions.Access;

/// <summary>No secret appears in logs at any level, in scopes, or in telemetry.</summary>
public sealed partial class LogsTests
{
    [Fact]
    public async Task No_link_no_code_no_token_and_nothing_that_members_wrote_is_logged_or_in_a_span()
    {
        using var log = new LogLines();
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue(
                $"{span.Source.Name} {span.DisplayName} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Services = services =>
                services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log)),
        });

        var secrets = await UseAsync(host);

        var written = string.Join('\n', log.Lines);
        Assert.Contains("Connections", string.Join('\n', spans), StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        foreach (var (what, secret) in secrets)
        {
            Assert.True(secret.Length >= 16, what);
            Assert.False(
                written.Contains(secret, StringComparison.Ordinal),
                $"{what} is logged: {log.Lines.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal))}");
            Assert.False(
                spans.Any(
                    span => span.StartsWith(Signals.Name, StringComparison.Ordinal) && span.Contains(secret, StringComparison.Ordinal)),
                $"{what} is in a span.");
        }
    }

    [Fact]
    public async Task Nor_in_anything_that_is_exported()
    {
        await using var collector = await OtlpCollector.StartAsync();
        Dictionary<string, string> secrets;
        await using (var host = await LocalHostFixture.StartAsync(o => o with
        {
            Settings = collector.Settings,
            Services = services => services.AddLogging(
                logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter<ConsoleLoggerProvider>(null, LogLevel.None)),
        }))
        {
            secrets = await UseAsync(host);
        }

        // The host exports the last of it while it stops.
        foreach (var (signal, known) in new[] { ("traces", "SendInvite"), ("metrics", "connections.calls"), ("logs", "Connections.") })
        {
            var exported = collector.Received(signal);
            Assert.Contains(known, exported, StringComparison.Ordinal);
            Assert.All(secrets, secret =>
                Assert.False(exported.Contains(secret.Value, StringComparison.Ordinal), $"{secret.Key} is in the exported {signal}."));
        }
    }

    [Fact]
    public void The_Functions_host_leaves_telemetry_to_OpenTelemetry()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;
        Assert.Equal("OpenTelemetry", (string?)host["telemetryMode"]);
        Assert.Null(host["logging"]!["applicationInsights"]);
    }

    private static async Task<Dictionary<string, string>> UseAsync(LocalHostFixture host)
    {
        const string Note = "a note that only the two may read";
        const string Text = "a message that only the two may read";
        var (brand, creator, anybody) = (host.ClientFor("logs-brand"), host.ClientFor("logs-creator"), host.AnonymousClient());
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "logs-creator", note = Note }))["id"].ToString();
        var mail = await host.MailAsync("logs-creator@example.com");
        var (invite, unsubscribe) = (InviteLink().Match(mail.Text).Value, UnsubscribeLink().Match(mail.Headers["List-Unsubscribe"]).Value);
        foreach (var link in new[] { invite, unsubscribe, invite + "x", unsubscribe + "x" })
        {
            await anybody.CallAsync(HttpMethod.Get, link);
            await anybody.CallAsync(HttpMethod.Head, link);
        }

        await anybody.CallAsync(HttpMethod.Post, invite, "{");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await anybody.CallAsync(HttpMethod.Post, invite, new FormUrlEncodedContent([new("answer", "accept")]));
            await anybody.CallAsync(HttpMethod.Post, unsubscribe, new FormUrlEncodedContent([new("stop", "all")]));
        }

        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = Text });
        await brand.SendAsync($"/api/connections/{id}/messages/batch", new { messages = new[] { new { clientId = "2", text = Text } } });
        var access = new Uri((await brand.SendAsync("/api/realtime/access"))["url"].ToString());
        await using (var live = await LiveClient.OpenAsync(creator))
        {
            await creator.SendAsync($"/api/connections/{id}/typing");
        }

        var flow = new CodeFlow(host);
        var code = await flow.CodeAsync("logs-brand");
        var tokens = await flow.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        var again = await flow.RefreshAsync(tokens["refresh_token"].ToString());
        await flow.RedeemAsync(code);
        await flow.CallAsync("/api/me", tokens["access_token"].ToString());
        var forged = BadTokens.All["signed by another key"](host, "logs-brand")!;
        await flow.CallAsync("/api/me", forged);
        await host.DrainAsync();
        return new()
        {
            ["The invite's link"] = invite.Split('/')[^1],
            ["The invite's key"] = invite.Split('.')[^1],
            ["The unsubscribe link"] = unsubscribe.Split('/')[^1],
            ["The note"] = Note,
            ["The message"] = Text,
            ["The realtime URL"] = access.Query["?access_token=".Length..],
            ["The code"] = code,
            ["The verifier"] = CodeFlow.Verifier,
            ["The access token"] = tokens["access_token"].ToString(),
            ["The refresh token"] = tokens["refresh_token"].ToString(),
            ["The id token"] = tokens["id_token"].ToString(),
            ["The next refresh token"] = again["refresh_token"].ToString(),
            ["A forged token"] = forged,
            ["An address"] = "logs-creator@example.com",
        };
    }

    [GeneratedRegex(@"/api/invite-links/[\w.-]+")]
    private static partial Regex InviteLink();

    [GeneratedRegex(@"/api/unsubscribe/[\w.-]+")]
    private static partial Regex UnsubscribeLink();
}
