using System.Net;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Connections.Notices;
using Connections.Tests.Local.Poison;

namespace Connections.Tests.Functions.Email;

/// <summary>The notice queue of Azure, on Azurite's queues.</summary>
public sealed class StorageNoticeQueueTests(QueuesFixture queues) : IClassFixture<QueuesFixture>, IAsyncLifetime
{
    private static readonly Notice Owed = new(
        "čaj <&> ☕", NoticeKind.InviteAccepted, "c", 3, new MemberId(
            "brand"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(7), 12,
        Trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    /// <inheritdoc/>
    public Task InitializeAsync() => queues.EmptyAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_notice_is_what_the_trigger_reads_by_host_json_and_never_expires()
    {
        await queues.CreateAsync(INoticeQueue.Name);

        await Queue().EnqueueAsync(Owed, TimeSpan.Zero, default);

        // Opens the queue as the host's extension does.
        var encoding = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "host.json")))
            .RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString()!;
        var trigger = Client(INoticeQueue.Name, Enum.Parse<QueueMessageEncoding>(encoding, ignoreCase: true));
        QueueMessage message = await trigger.ReceiveMessageAsync();
        Assert.Equal(Owed, JsonSerializer.Deserialize<Notice>(message.Body.ToString(), Json.Options));
        Assert.Equal(9999, message.ExpiresOn!.Value.Year);
    }

    [Fact]
    public async Task A_notice_stays_unseen_until_its_delay_has_passed()
    {
        await queues.CreateAsync(INoticeQueue.Name);

        await Queue().EnqueueAsync(Owed, INoticeQueue.MaxDelay, default);
        await Queue().EnqueueAsync(Owed with { Id = "at once" }, TimeSpan.Zero, default);

        Assert.Equal("at once", Notice.Read(Assert.Single(await queues.PeekAsync(INoticeQueue.Name)))!.Id);
        Assert.Equal(2, (await Client(INoticeQueue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_queue_that_is_missing_is_healthy_and_the_first_notice_makes_it()
    {
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Creators = 0, Services = services => services.Decorate<INoticeQueue>(_ => Queue()) });

        var health = await host.AnonymousClient().ReadAsync("/api/health");

        Assert.Equal((HttpStatusCode.OK, "ok"), (health.Status, health["dependencies"]["noticeQueue"]!.ToString()));
        Assert.False(await Client(INoticeQueue.Name).ExistsAsync());

        await Queue().EnqueueAsync(Owed, TimeSpan.Zero, default);

        await Queue().CheckAsync(default);
        Assert.Single(await queues.PeekAsync(INoticeQueue.Name));
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_made_again_and_loses_no_notice()
    {
        var queue = Queue();
        await queue.EnqueueAsync(Owed, TimeSpan.Zero, default);
        await Client(INoticeQueue.Name).DeleteAsync();

        await queue.EnqueueAsync(Owed with { Id = "second" }, TimeSpan.Zero, default);

        Assert.Equal("second", Notice.Read(Assert.Single(await queues.PeekAsync(INoticeQueue.Name)))!.Id);
    }

    [Fact]
    public async Task Poisoned_messages_are_counted_also_where_there_never_was_one()
    {
        Assert.Equal(0, await Queue().CountPoisonedAsync(default));

        await queues.PoisonAsync("one");
        await queues.PoisonAsync("another");

        Assert.Equal(2, await Queue().CountPoisonedAsync(default));
        Assert.Equal(2, (await Queue().TakePoisonedAsync(default)).Count);
        // A message that is held still counts.
        Assert.Equal(2, await Queue().CountPoisonedAsync(default));

        Assert.Equal(0, await Queue().CountPoisonedReportsAsync(default));
        await Client(DeliveryReport.PoisonName).PutAsync("a report", delay: null, default);
        Assert.Equal((1, 2), (await Queue().CountPoisonedReportsAsync(default), await Queue().CountPoisonedAsync(default)));
    }

    [Fact]
    public async Task What_is_taken_of_the_poison_queue_is_held_and_told_as_it_is()
    {
        Assert.Empty(await Queue().TakePoisonedAsync(default));
        var text = JsonSerializer.Serialize(Owed, Json.Options);
        var before = DateTimeOffset.UtcNow;
        for (var i = 0; i <= INoticeQueue.MaxAtOnce; i++)
        {
            await queues.PoisonAsync(text);
        }

        var first = await Queue().TakePoisonedAsync(default);

        Assert.Equal(INoticeQueue.MaxAtOnce, first.Count);
        Assert.All(first, message => Assert.Equal((text, true), (message.Text, message.IsNew)));
        // The service's times are in whole seconds.
        Assert.All(first, message => Assert.InRange(message.PoisonedAt, before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1)));
        Assert.Single(await Queue().TakePoisonedAsync(default));
        Assert.Empty(await Queue().TakePoisonedAsync(default));
    }

    [Fact]
    public async Task A_message_that_was_taken_before_is_not_new()
    {
        await queues.PoisonAsync("not a notice");
        await Client(INoticeQueue.PoisonName).ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1));

        var again = await Calls.EventuallyAsync(() => Queue().TakePoisonedAsync(default), taken => taken.Count > 0);

        Assert.False(Assert.Single(again).IsNew);
    }

    [Fact]
    public async Task A_poisoned_message_is_taken_off_and_that_can_be_done_again()
    {
        await queues.PoisonAsync("one");
        await queues.PoisonAsync("another");
        var messages = await Queue().TakePoisonedAsync(default);

        await messages[0].RemoveAsync(default);
        await messages[0].RemoveAsync(default);

        Assert.Equal(1, await Queue().CountPoisonedAsync(default));
        await Client(INoticeQueue.PoisonName).DeleteAsync();
        await messages[1].RemoveAsync(default);
    }

    [Fact]
    public async Task What_answers_at_a_wrong_address_is_neither_healthy_nor_free_of_poison()
    {
        await using var other = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var wrong = new QueueServiceClient(queues.Azurite.ConnectionString.Replace(
            queues.Azurite.Endpoint.AbsoluteUri, $"{other.Url}api/nothing/", StringComparison.Ordinal));
        var queue = QueueOf(name => wrong.GetQueueClient(name));

        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => queue.CheckAsync(default))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => queue.CountPoisonedAsync(default))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => queue.CountPoisonedReportsAsync(default))).Status);
    }

    private StorageNoticeQueue Queue() => QueueOf(name => Client(name));

    private static StorageNoticeQueue QueueOf(Func<string, QueueClient> clientOf) =>
        new(clientOf(INoticeQueue.Name), clientOf(INoticeQueue.PoisonName), clientOf(DeliveryReport.PoisonName));

    private QueueClient Client(string name, QueueMessageEncoding encoding = QueueMessageEncoding.None) =>
        new(queues.Azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });
}
