using System.Text.Json;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Members;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Poison;

/// <summary><c>poison list</c>, <c>show</c> and <c>replay</c> in separate processes, on the queue of a running local host.</summary>
public sealed class HostPoisonTests
{
    [Fact]
    public async Task Poisoned_notices_are_listed_shown_and_replayed_while_the_host_runs()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var brand = host.ClientFor("poison-brand");
        await brand.BecomeBrandAsync();
        await host.ClientFor("poison-creator").BecomeCreatorAsync();
        var connection = (await brand.SendAsync("/api/invites", new { creatorId = "poison-creator" }))["id"].ToString();
        await brand.CallAsync(HttpMethod.Delete, $"/api/invites/{connection}");
        await host.DrainAsync();
        var queue = host.Services.GetRequiredService<LocalQueue>();
        // The reminder of the invite stays in the queue.
        var waiting = await queue.CountAsync(INoticeQueue.Name, default);
        await queue.SendAsync(INoticeQueue.PoisonName, NoticeText(connection), TimeSpan.Zero, default);
        await queue.SendAsync(INoticeQueue.PoisonName, "not a notice", TimeSpan.Zero, default);

        var list = await RunAsync("list", "--data", host.Folder);
        Assert.Equal(0, list.ExitCode);
        Assert.Contains("Z  inviteReceived c.1.InviteReceived\n", list.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 in notices-poison.\n", list.Output, StringComparison.Ordinal);
        var id = list.Output.Split('\n').Single(line => line.Contains("inviteReceived", StringComparison.Ordinal)).Split(' ')[0];
        Assert.Contains(
            $"\n  \"connectionId\": \"{connection}\",\n",
            (await RunAsync("show", "--id", id, "--data", host.Folder)).Output,
            StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("show", "--id", "nothing", "--data", host.Folder)).ExitCode);

        var replay = await RunAsync("replay", "--id", id, "--data", host.Folder);

        Assert.True(replay.ExitCode == 0, replay.Output);
        Assert.EndsWith("1 back in notices.\n", replay.Output, StringComparison.Ordinal);
        Assert.Equal(["not a notice"], await queue.PeekAsync(INoticeQueue.PoisonName, 10, default));
        // The running host receives the notice and drops it, because the invite was revoked.
        Assert.Equal(waiting, await Calls.EventuallyAsync(() => queue.CountAsync(INoticeQueue.Name, default), count => count == waiting));
    }

    [Fact]
    public async Task A_delivery_report_that_failed_for_good_is_replayed_too()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var brand = host.ClientFor("poison-reported");
        await brand.BecomeBrandAsync();
        await host.ClientFor("poison-bounces").BecomeCreatorAsync();
        var connection = (await brand.SendAsync("/api/invites", new { creatorId = "poison-bounces" }))["id"].ToString();
        await host.MailAsync("poison-bounces@example.com");
        var operation = NoticeHandover.OperationId($"{connection}.1.{NoticeKind.InviteReceived}");
        var queue = host.Services.GetRequiredService<LocalQueue>();
        var report = JsonSerializer.Serialize(new
        {
            eventType = "Microsoft.Communication.EmailDeliveryReportReceived",
            eventTime = DateTimeOffset.UtcNow,
            data = new { messageId = operation, recipient = "poison-bounces@example.com", status = "Bounced" },
        });
        await queue.SendAsync(QueueName.Poison(DeliveryReport.QueueName), report, TimeSpan.Zero, default);
        string[] reports = ["--queue", DeliveryReport.QueueName, "--data", host.Folder];

        Assert.EndsWith(
            $"Z  bounced {operation}\n1 in delivery-reports-poison.\n",
            (await RunAsync(["list", .. reports])).Output,
            StringComparison.Ordinal);
        Assert.EndsWith("1 back in delivery-reports.\n", (await RunAsync(["replay", .. reports])).Output, StringComparison.Ordinal);

        var shown = await Calls.EventuallyAsync(
            () => brand.ReadAsync($"/api/connections/{connection}"), contact => contact.Body?["undeliveredAt"] is not null);
        Assert.NotNull(shown.Body!["undeliveredAt"]);
    }

    [Fact]
    public async Task A_message_that_the_host_is_handling_stays_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("connections-poison-").FullName;
        var file = Path.Combine(folder, "connections.db");
        using (var opened = SqliteFile.Open(file))
        {
            var queue = LocalQueue.Open(opened, TimeProvider.System);
            await queue.SendAsync(INoticeQueue.Name, NoticeText("c"), TimeSpan.Zero, default);
            var taken = Assert.Single(await queue.ReceiveAsync(INoticeQueue.Name, 1, TimeSpan.FromMinutes(10), default));

            var (code, output) = await RunAsync("replay", "--data", folder);

            Assert.Equal((0, "notices-poison is empty: no message failed for good.\n"), (code, output));
            Assert.True(await queue.DeleteAsync(taken, default));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_without_a_hosts_data_is_an_error_and_stays_empty()
    {
        var folder = Directory.CreateTempSubdirectory("connections-poison-").FullName;

        var (code, output) = await RunAsync("list", "--data", folder);

        Assert.Equal(1, code);
        Assert.Contains($"No local host has kept its data in {folder}", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_damaged_file_is_reported_in_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("connections-poison-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "connections.db"), new string('x', 10_000));

        var (code, output) = await RunAsync("replay", "--data", folder);

        Assert.Equal(1, code);
        Assert.Contains("connections.db cannot be used: file is not a database", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string NoticeText(string connection) => JsonSerializer.Serialize(
        new Notice(
            "c.1.InviteReceived", NoticeKind.InviteReceived, connection, 1, new MemberId("ada"), DateTimeOffset.UnixEpoch), Json.Options);

    private static Task<(int ExitCode, string Output)> RunAsync(params string[] words) =>
        LocalProcess.RunCommandAsync(new Dictionary<string, string>(StringComparer.Ordinal), ["poison", .. words]);
}
