using System.Collections.Concurrent;
using System.Net;
using Connections.Chat;
using Connections.Emulators.Queues;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>After the answer to a block or removal, neither member learns of the other's simultaneous action.</summary>
public sealed class AfterABlockTests : IAsyncLifetime
{
    private readonly FaultyDatabase _database = new();
    private readonly Delivery _delivery = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() =>
        _host = await _database.StartHostWithoutTriggersAsync(services => services.Decorate<ILiveDelivery>(_delivery.Around));

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_is_being_stored_meanwhile_is_stored_and_told_to_nobody(bool blocks)
    {
        var talk = await Talk.BeginAsync(_host, "send");
        var sent = await MeanwhileAsync(
            HttpMethod.Post, "/colls/messages", () => talk.SayAsync(talk.Brand, "In between"), () => EndAsync(talk, blocks));

        Assert.Equal(HttpStatusCode.Created, sent.Status);
        Assert.DoesNotContain(_delivery.Sent, e => e.Json.Contains("In between", StringComparison.Ordinal));

        // Follow-up work neither shows nor mails the stored message.
        var message = (await _host.Services.GetRequiredService<MessageStore>().FindAsync(talk.Id, 1, default))!;
        var queued = await QueuedAsync();
        await _host.Services.GetRequiredService<MessageFollowUp>().RunAsync([message], default);
        Assert.Equal(queued, await QueuedAsync());
        Assert.DoesNotContain(_delivery.Sent, e => e.Json.Contains("In between", StringComparison.Ordinal));
        Assert.Empty((await talk.Creator.ReadAsync("/api/connections"))["value"].AsArray());
    }

    [Fact]
    public async Task A_message_right_after_the_accept_is_told_although_the_senders_row_is_behind()
    {
        var talk = await Talk.BeginAsync(_host, "behind");
        Assert.Equal("pending", (await talk.ContactAsync(talk.Brand))["state"].ToString());

        await talk.SayAsync(talk.Brand, "Early");

        Assert.Equal([talk.BrandId, talk.CreatorId], _delivery.Sent.Where(e => e.Json.Contains("Early", StringComparison.Ordinal))
            .Select(e => e.To.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_repeated_send_meanwhile_tells_nobody()
    {
        var talk = await Talk.BeginAsync(_host, "repeat");
        await talk.SayAsync(talk.Brand, "Said", "same");
        _delivery.Sent.Clear();

        var again = await MeanwhileAsync(
            HttpMethod.Post, "/colls/messages", () => talk.SayAsync(talk.Brand, "Said", "same"), () => EndAsync(talk, blocks: true));

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.DoesNotContain(_delivery.Sent, e => e.Json.Contains("Said", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_edit_of_the_last_message_or_another_meanwhile_tells_nobody(int seq)
    {
        var talk = await Talk.BeginAsync(_host, "edit");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");

        var edited = await MeanwhileAsync(
            HttpMethod.Put, "/colls/messages", () => talk.EditAsync(talk.Brand, seq, "Edited"), () => EndAsync(talk, blocks: true));

        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.DoesNotContain(_delivery.Sent, e => e.Json.Contains("Edited", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_mark_meanwhile_is_not_made_and_tells_nobody()
    {
        var talk = await Talk.BeginAsync(_host, "read");
        await talk.SayAsync(talk.Brand, "Hello");

        await MeanwhileAsync(
            HttpMethod.Patch, "/colls/contacts", () => talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 }), () =>
                EndAsync(talk, blocks: true));

        Assert.DoesNotContain(_delivery.Sent, e => e.Json.Contains("message.read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_follow_up_of_an_accept_meanwhile_tells_nobody_that_they_are_connected()
    {
        var talk = await Talk.BeginAsync(_host, "accept");
        await _host.Services.GetRequiredService<ConnectionFollowUp>().RunAsync(await RecordAsync(talk), default);
        await talk.RemoveAsync();
        await talk.Brand.SendAsync("/api/invites", new { creatorId = talk.CreatorId });
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        var accepted = await RecordAsync(talk);
        _delivery.Sent.Clear();

        await MeanwhileAsync(
            HttpMethod.Patch,
            "/colls/contacts",
            async () =>
            {
                await _host.Services.GetRequiredService<ConnectionFollowUp>().RunAsync(accepted, default);
                return true;
            },
            () => EndAsync(talk, blocks: true));

        Assert.NotEmpty(_delivery.Sent);
        Assert.All(_delivery.Sent, e => Assert.Contains("\"state\":\"removed\"", e.Json, StringComparison.Ordinal));
    }

    /// <summary>Holds the first matching request of a call, runs something else to its end, and then lets the call continue.</summary>
    private async Task<T> MeanwhileAsync<T>(HttpMethod method, string container, Func<Task<T>> call, Func<Task> other)
    {
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        _database.Before = (asked, path) =>
        {
            if (asked == method && path.Contains(container, StringComparison.Ordinal))
            {
                reached.TrySetResult();
                return release.Task;
            }

            return Task.CompletedTask;
        };
        var calling = call();
        await reached.Task.WaitAsync(LocalHostFixture.MaxWait);
        _database.Before = (_, _) => Task.CompletedTask;
        await other();
        release.SetResult();
        return await calling;
    }

    private async Task EndAsync(Talk talk, bool blocks)
    {
        if (blocks)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await talk.Creator.PutAsync($"/api/blocks/{talk.BrandId}", new { })).Status);
        }
        else
        {
            Assert.Equal(HttpStatusCode.OK, (await talk.Creator.CallAsync(HttpMethod.Delete, talk.Path)).Status);
        }

        _delivery.Sent.Clear();
    }

    private async Task<Connection> RecordAsync(Talk talk) =>
        (await _host.Services.GetRequiredService<ConnectionStore>().FindAsync(talk.Id, default))!.Value;

    private Task<int> QueuedAsync() =>
        _host.Services.GetRequiredService<LocalQueue>()
            .CountDueAsync(INoticeQueue.Name, TimeProvider.System.GetUtcNow().AddDays(1), default);

    private sealed class Delivery
    {
        public ConcurrentBag<(MemberId To, string Json)> Sent { get; } = [];

        public ILiveDelivery Around(ILiveDelivery inner) => new Recorder(this, inner);

        private sealed class Recorder(Delivery delivery, ILiveDelivery inner) : ILiveDelivery
        {
            public Task SendAsync(MemberId to, string json, CancellationToken ct)
            {
                delivery.Sent.Add((to, json));
                return inner.SendAsync(to, json, ct);
            }

            public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
                inner.GetClientAccessAsync(member, lifetime, ct);

            public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
                inner.CloseAsync(member, except, ct);

            public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => inner.IsOnlineAsync(member, ct);
        }
    }
}
