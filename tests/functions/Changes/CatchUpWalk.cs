using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests.Functions.Changes;

/// <summary>
/// A random history of four members, each with a phone that sleeps at random. The change feed's work is done at random times, some of it
/// long after, as when a batch was lost.
/// </summary>
public sealed class CatchUpWalk : IAsyncDisposable
{
    private static readonly string[] Names = ["ada-b", "ben-b", "cleo", "dora"];

    private readonly Random _chance;
    private readonly LocalHostFixture _host;
    private readonly List<string> _story = [];
    private readonly Dictionary<string, Phone> _phones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private int _count;

    private CatchUpWalk(LocalHostFixture host, int seed) => (_host, _chance) = (host, new Random(seed));

    /// <summary>Starts a host with the members and their phones.</summary>
    public static async Task<CatchUpWalk> StartAsync(int seed)
    {
        var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = services => services.RemoveAll<IHostedService>(),
            Settings = new Dictionary<string, string?>
            {
                ["Invites:LockFor"] = "00:00:01", ["Invites:PerDay"] = "1000", ["Chat:PerMinute"] = "10000",
            },
        });
        var walk = new CatchUpWalk(host, seed);
        foreach (var name in Names)
        {
            await walk.JoinAsync(name);
        }

        return walk;
    }

    /// <summary>Makes so many steps, then lets everything be done, wakes every phone and compares.</summary>
    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            await StepAsync();
        }

        await FollowUpAsync(1);
        foreach (var name in Names)
        {
            await CompareAsync(name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task StepAsync()
    {
        var (name, other) = (Pick(Names), Pick(Names));
        var (me, id) = (ClientFor(name), ConnectionId.Of(new MemberId(name), new MemberId(other)));
        var talk = $"/api/connections/{id}";
        var seq = _chance.Next(1, 12);
        switch (name == other ? _chance.Next(80, 100) : _chance.Next(100))
        {
            case < 12:
                await DoAsync($"{name} invites {other}", me.SendAsync("/api/invites", new { creatorId = other, note = "Shall we?" }));
                break;
            case < 22:
                await DoAsync($"{name} accepts {other}", me.SendAsync($"/api/invites/{id}/accept"));
                break;
            case < 24:
                await DoAsync($"{name} declines {other}", me.SendAsync($"/api/invites/{id}/decline"));
                break;
            case < 26:
                await DoAsync($"{name} revokes {other}", me.CallAsync(HttpMethod.Delete, $"/api/invites/{id}"));
                break;
            case < 45:
                await DoAsync(
                    $"{name} writes {other}", me.SendAsync(talk + "/messages", new { clientId = $"{_count++}", text = $"Text {_count}" }));
                break;
            case < 53:
                await DoAsync(
                    $"{name} edits {seq} to {other}",
                    me.CallAsync(HttpMethod.Patch, $"{talk}/messages/{seq}", new { text = $"Edit {_count++}" }));
                break;
            case < 58:
                await DoAsync($"{name} deletes {seq} to {other}", me.CallAsync(HttpMethod.Delete, $"{talk}/messages/{seq}"));
                break;
            case < 66:
                await DoAsync($"{name} reads {seq} of {other}", me.PutAsync($"{talk}/read", new { seq }));
                break;
            case < 68:
                await DoAsync($"{name} removes {other}", me.CallAsync(HttpMethod.Delete, talk));
                break;
            case < 71:
                await DoAsync($"{name} blocks {other}", me.PutAsync($"/api/blocks/{other}", new { }));
                break;
            case < 76:
                await DoAsync($"{name} unblocks {other}", me.CallAsync(HttpMethod.Delete, $"/api/blocks/{other}"));
                break;
            case < 82:
                await DoAsync($"{name} changes their card", BecomeAsync(name, $"Name {_count++}"));
                break;
            case < 83 when _count > 30:
                await DoAsync($"{name} erases themselves", me.CallAsync(HttpMethod.Delete, "/api/me"));
                await FollowUpAsync(1);
                await JoinAsync(name);
                break;
            case < 89:
                var time = TimeSpan.FromSeconds(Pick(0.3, 2, 15, 240, 86_400));
                _story.Add($"{time} pass");
                _host.Pass(time);
                _clients.Clear();
                break;
            case < 94:
                await FollowUpAsync(_chance.NextDouble());
                break;
            default:
                var pages = _chance.Next(3) == 0 ? 1 : int.MaxValue;
                _story.Add($"{name} looks");
                await _phones[name].CatchUpAsync(_chance.Next(1, 4), pages);
                break;
        }
    }

    private async Task JoinAsync(string name)
    {
        Assert.Null((await BecomeAsync(name, $"Name of {name}")).Problem);
        _phones[name] = new Phone(() => ClientFor(name));
        await _phones[name].StartAsync();
    }

    private Task<Answer> BecomeAsync(string name, string display) => name.EndsWith("-b", StringComparison.Ordinal)
        ? ClientFor(name).BecomeBrandAsync(display)
        : ClientFor(name).BecomeCreatorAsync(display, name);

    // Tokens expire as the clock moves.
    private HttpClient ClientFor(string name) =>
        _clients.TryGetValue(name, out var client) ? client : _clients[name] = _host.ClientFor(name);

    private async Task DoAsync(string what, Task<Answer> call)
    {
        var answer = await call;
        _story.Add($"{what}: {(int)answer.Status} {answer.Problem}");
        Assert.True(answer.Status < HttpStatusCode.InternalServerError, Story());
    }

    /// <summary>Does the work of the change feed and the sweeps, each piece with a probability; with 1 until nothing is owed.</summary>
    private async Task FollowUpAsync(double probability)
    {
        _story.Add($"the change feed runs ({probability:0.0})");
        var (services, never) = (_host.Services, DateTimeOffset.UtcNow.AddYears(10));
        var wasOwed = true;
        for (var round = 0; wasOwed && round < (probability < 1 ? 1 : 20); round++)
        {
            wasOwed = false;
            await foreach (var owed in services.GetRequiredService<ConnectionStore>().UndispatchedAsync(never, default))
            {
                wasOwed |= await MaybeAsync(() => services.GetRequiredService<ConnectionFollowUp>().RunAsync(owed, default));
            }

            await foreach (var owed in services.GetRequiredService<MessageStore>().UndispatchedAsync(never, default))
            {
                wasOwed |= await MaybeAsync(() => services.GetRequiredService<MessageFollowUp>().RunAsync(owed, default));
            }

            await foreach (var owed in services.GetRequiredService<MemberStore>().UndispatchedAsync(never, never, default))
            {
                wasOwed |= await MaybeAsync(() => services.GetRequiredService<MemberFollowUp>().SweepAsync(owed, default));
            }
        }

        async Task<bool> MaybeAsync(Func<Task> run)
        {
            if (_chance.NextDouble() >= probability)
            {
                return false;
            }

            try
            {
                await run();
            }
            catch (InvalidOperationException) when (probability < 1)
            {
                // The row of a connection that is not dispatched yet. The sweep tries again.
            }

            return true;
        }
    }

    /// <summary>Wakes a phone and compares it with one that starts anew.</summary>
    private async Task CompareAsync(string name)
    {
        var (me, phone) = (ClientFor(name), _phones[name]);
        await phone.CatchUpAsync();
        var fresh = new Phone(() => me);
        await fresh.StartAsync();
        foreach (var (id, contact) in fresh.Contacts)
        {
            Assert.True(phone.Contacts.ContainsKey(id), $"{name} lacks {contact.ToJsonString()}\n{Story()}");
            Same(contact, phone.Contacts[id], id);
            Assert.True(
                Text(fresh.Messages[id].Values) == Text(phone.Messages[id].Values),
                $"{name}, {id}: {Text(phone.Messages[id].Values)}\ninstead of {Text(fresh.Messages[id].Values)}\n{Story()}");
        }

        // What no list has is over, and says so.
        foreach (var (id, contact) in phone.Contacts.Where(contact => !fresh.Contacts.ContainsKey(contact.Key)))
        {
            Assert.True(
                contact["state"]!.ToString() is not ("pending" or "connected"), $"{name} keeps {contact.ToJsonString()}\n{Story()}");
            var read = await me.ReadAsync($"/api/connections/{id}");
            if (read.Problem is null)
            {
                Same(read.Body!, contact, id);
            }
        }

        var unread = fresh.Contacts.Values
            .Where(contact => contact["state"]!.ToString() == "connected").Sum(contact => (long)contact["unread"]!);
        Assert.True(
            (unread, unread) == (phone.Unread, fresh.Unread), $"{name}: {phone.Unread}, {fresh.Unread}, not {unread}\n{Story()}");

        void Same(JsonNode expected, JsonNode actual, string id) => Assert.True(
            AsOfNow(expected) == AsOfNow(actual), $"{name}, {id}: {AsOfNow(actual)}\ninstead of {AsOfNow(expected)}\n{Story()}");
    }

    // Locks end and invites expire by the clock alone.
    private string AsOfNow(JsonNode contact)
    {
        var (shown, now) = (contact.DeepClone().AsObject(), _host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (shown["until"] is { } until && until.GetValue<DateTimeOffset>() <= now)
        {
            shown.Remove("until");
        }

        if (shown["state"]!.ToString() == "pending" && shown["expiresAt"]!.GetValue<DateTimeOffset>() <= now)
        {
            shown["state"] = "expired";
            shown["answeredAt"] = shown["expiresAt"]!.DeepClone();
            shown.Remove("expiresAt");
        }

        return new JsonObject(shown.OrderBy(field => field.Key, StringComparer.Ordinal).Select(
            field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString();
    }

    private static string Text(IEnumerable<JsonNode> messages) => JsonSerializer.Serialize(messages);

    private string Story() => string.Join('\n', _story.TakeLast(400));

    private T Pick<T>(params T[] from) => from[_chance.Next(from.Length)];
}
