using System.Text.Json;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Connections.Members;
using Connections.Notices;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Queue;

public sealed class NoticeQueueTests
{
    [Fact]
    public async Task A_notice_arrives_as_the_JSON_that_the_sender_reads()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        using var file = SqliteFile.Open(folder.File("local.db"));
        var queue = LocalQueue.Open(file, time);
        var notice =
            new Notice("n1", NoticeKind.InviteAccepted, "c1", 3, new MemberId("brand"), time.GetUtcNow(), time.GetUtcNow().AddDays(7), 12);

        await new NoticeQueue(queue).EnqueueAsync(notice, TimeSpan.FromSeconds(30), default);

        Assert.Empty(await queue.PeekAsync(INoticeQueue.Name, 1, default));
        time.Advance(TimeSpan.FromSeconds(30));
        var text = Assert.Single(await queue.PeekAsync(INoticeQueue.Name, 1, default));
        Assert.Equal(notice, JsonSerializer.Deserialize<Notice>(text, Json.Options));
    }

    [Fact]
    public void A_notice_without_a_due_time_from_an_earlier_version_can_be_read() => Assert.Equal(
        new Notice("n1", NoticeKind.InviteReceived, "c1", 1, new MemberId("creator"), DateTimeOffset.UnixEpoch),
        JsonSerializer.Deserialize<Notice>(
            """{"id":"n1","kind":"inviteReceived","connectionId":"c1","inviteNumber":1,"to":"creator","owedSince":"1970-01-01T00:00:00.000Z"}""", Json.Options));

    [Theory]
    [InlineData(null, 0)]
    [InlineData(-5.0, 0)]
    [InlineData(0.0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(90.0, 90)]
    [InlineData(8 * 86_400.0, 7 * 86_400)]
    public void A_notice_waits_whole_seconds_and_at_most_the_longest_delay_of_a_queue(double? dueIn, int seconds)
    {
        var now = new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
        var notice =
            new Notice("n1", NoticeKind.Reminder, "c1", 1, new MemberId("creator"), now, dueIn is { } wait ? now.AddSeconds(wait) : null);
        Assert.Equal(TimeSpan.FromSeconds(seconds), notice.WaitAt(now));
    }
}
