using Connections.Chat;
using Connections.Email;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Tests.Functions.Chat;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Connections.Tests.Functions;

/// <summary>What a message, a read mark and an invite cost with all that follows, the sweeps that look at them included.</summary>
public sealed class MessageCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly RequestLog _log = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await _log.StartHostWithoutTriggersAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_message_costs_five_requests_and_34_units_and_a_read_mark_three_and_24()
    {
        const int Pairs = 8;
        var talks = new List<Talk>();
        for (var i = 0; i < Pairs; i++)
        {
            talks.Add(await Talk.BeginAsync(_host, $"costs{i}"));
            // The first message brings the sender's row up to the acceptance.
            await talks[i].SayAsync(talks[i].Creator, "First");
            await talks[i].SayAsync(talks[i].Brand, "Second");
        }

        await SweepAsync();
        var idle = await CostAsync(SweepAsync);
        var one = await CostAsync(() => SayAsync(1));
        var all = await CostAsync(() => SayAsync(Pairs));
        // What a run of the sweep costs whatever it finds is not a message's.
        var message = ((all.Requests - one.Requests) / (Pairs - 1), (all.Units - one.Units) / (Pairs - 1));
        var (readOne, others) = (await CostAsync(() => ReadAsync(talks[..1], 4)), await CostAsync(() => ReadAsync(talks[1..], 3)));
        var read = ((others.Requests - readOne.Requests) / (Pairs - 2), (others.Units - readOne.Units) / (Pairs - 2));
        output.WriteLine($"a message {message}, a read mark {read}, an idle sweep {idle}");
        Assert.Equal(5, message.Item1);
        Assert.InRange(message.Item2, 28, 34);
        Assert.Equal(3, read.Item1);
        Assert.InRange(read.Item2, 20, 24);
        // How far each of the two sweeps has come, and that there is nothing new.
        Assert.Equal(4, idle.Requests);

        async Task SayAsync(int count)
        {
            foreach (var talk in talks.Take(count))
            {
                await talk.SayAsync(talk.Brand, "Hello");
            }

            await SweepAsync();
        }

        async Task ReadAsync(IEnumerable<Talk> by, long seq)
        {
            foreach (var talk in by)
            {
                await talk.Creator.PutAsync($"{talk.Path}/read", new { seq });
            }

            await SweepAsync();
        }

        async Task SweepAsync()
        {
            await _host.SweepMessagesAsync();
            await _host.Services.GetRequiredService<ReadMarkSweep>().RunAsync(default);
        }
    }

    [Fact]
    public async Task A_sweep_looks_at_a_busy_conversation_once()
    {
        var talks = new[] { await Talk.BeginAsync(_host, "busy"), await Talk.BeginAsync(_host, "busier") };
        var store = _host.Services.GetRequiredService<MessageStore>();
        await _host.SweepMessagesAsync();
        // Two pages of the change feed, with both conversations on each.
        foreach (var (talk, round) in new[] { (talks[0], 1), (talks[1], 1), (talks[0], 2), (talks[1], 2) })
        {
            var id = talk.Path.Split('/')[^1];
            var connection = (await _host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
            var drafts = Enumerable.Range(0, 300).Select(i => new MessageDraft($"{round}.{i}", "Hello")).ToList();
            var end = ConversationEnd.Of(await store.LastAsync(id, default));
            await store.AppendAllAsync(id, connection.Inviter, connection.Invitee, drafts, drafts.Count, end, default);
            var last = (await store.LastAsync(id, default))!;
            foreach (var member in new[] { last.From, last.To })
            {
                await _host.Services.GetRequiredService<ContactStore>().EnsureShownAsync(member, id, last.ViewFor(member), default);
            }
        }

        _log.Clear();
        await _host.SweepMessagesAsync();
        Assert.Equal(2, _log.Sent.Count(request => request is { Container: "contacts", Method.Method: "GET" }));
    }

    [Fact]
    public async Task An_invite_costs_12_requests_and_56_units_and_its_email_5_and_28()
    {
        var brand = _host.ClientFor("inviting");
        await brand.BecomeBrandAsync();
        foreach (var creator in new[] { "first", "second" })
        {
            await _host.ClientFor(creator).BecomeCreatorAsync(creator, creator);
        }

        // A member's first invite ever makes their counters.
        await brand.SendAsync("/api/invites", new { creatorId = "first" });
        var call = await CostAsync(() => brand.SendAsync("/api/invites", new { creatorId = "second" }));
        var id = ConnectionId.Of(new("inviting"), new("second"));
        var connection = (await _host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
        var after = await CostAsync(() => _host.Services.GetRequiredService<ConnectionFollowUp>().RunAsync(connection, default));
        var (sender, notice) = (ActivatorUtilities.CreateInstance<SendNotice>(_host.Services), connection.Outbox[0]);
        var mail = await CostAsync(() => sender.SendAsync(notice, default));

        output.WriteLine($"an invite {call}, what follows {after}, its email {mail}");
        Assert.Equal((7, 5), (call.Requests, after.Requests));
        Assert.InRange(call.Units + after.Units, 50, 56);
        Assert.Equal(5, mail.Requests);
    }

    private async Task<(int Requests, double Units)> CostAsync(Func<Task> make)
    {
        _log.Clear();
        await make();
        return (_log.Sent.Count, _log.Sent.Sum(request => request.Units));
    }
}
