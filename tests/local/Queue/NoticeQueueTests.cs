using System.Text.Json;
using Connections.Email;
using Connections.Local.Queue;
using Connections.Members;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Queue;

public sealed class NoticeQueueTests
{
    [Fact]
    public async Task A_notice_arrives_as_the_JSON_that_the_sender_reads()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        using var queue = LocalQueue.Open(folder.File("local.db"), time);
        var notice = new Notice("n1", NoticeKind.InviteAccepted, "c1", 3, new MemberId("brand"), time.GetUtcNow());

        await new NoticeQueue(queue).EnqueueAsync(notice, TimeSpan.FromSeconds(30), default);

        Assert.Empty(await queue.PeekAsync(INoticeQueue.Name, 1, default));
        time.Advance(TimeSpan.FromSeconds(30));
        var text = Assert.Single(await queue.PeekAsync(INoticeQueue.Name, 1, default));
        Assert.Equal(notice, JsonSerializer.Deserialize<Notice>(text, Json.Options));
    }
}
