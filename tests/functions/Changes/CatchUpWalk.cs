using System.Net;
using Connections.Chat;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Changes;

/// <summary>
/// A random history of four members, each with a phone that sleeps at random. Some calls die between two writes, and the work of the change
/// feed and the sweeps is done at random times, some of it long after, as when a batch was lost.
/// </summary>
public sealed partial class CatchUpWalk : IAsyncDisposable
{
    private static readonly string[] Names = ["ada-b", "ben-b", "cleo", "dora"];

    private readonly Random _chance;
    private readonly LocalHostFixture _host;
    private readonly List<string> _steps = [];
    private readonly Dictionary<string, Phone> _phones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);
    private readonly FaultyDatabase _database;
    private readonly Random _faults;
    private int _count;

    private CatchUpWalk(LocalHostFixture host, FaultyDatabase database, int seed)
    {
        (_host, _database) = (host, database);
        (_chance, _faults) = (new Random(seed), new Random(seed));
    }

    /// <summary>Starts a host with the members and their phones.</summary>
    public static async Task<CatchUpWalk> StartAsync(int seed)
    {
        var database = new FaultyDatabase();
        var host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
        {
            Services = database.Watch,
            Settings = new Dictionary<string, string?>
            {
                ["Invites:LockFor"] = "00:00:01",
                ["Invites:PerDay"] = "1000",
                ["Invites:NewPerDay"] = "1000",
                ["Invites:ReportedPerDay"] = "1000",
                ["Chat:PerMinute"] = "10000",
            },
        });
        var walk = new CatchUpWalk(host, database, seed);
        foreach (var name in Names)
        {
            await walk.JoinAsync(name);
        }

        return walk;
    }

    /// <summary>How often members did what, by the verb.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

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
        var name = Pick(Names);
        switch (_chance.Next(100))
        {
            case < 70:
                await ActAsync(name, Pick([.. Names.Where(other => other != name && (IsCreator(name) || IsCreator(other)))]));
                break;
            case < 75:
                await DoAsync($"{name} changes their card", () => BecomeAsync(name, $"Name {_count++}"));
                break;
            case < 76 when _count > 60:
                await DoAsync($"{name} erases themselves", () => ClientFor(name).CallAsync(HttpMethod.Delete, "/api/me"));
                await FollowUpAsync(1);
                await JoinAsync(name);
                break;
            case < 83:
                var time = TimeSpan.FromSeconds(Pick(0.3, 0.3, 2, 2, 15, 15, 70, 240, 86_400));
                _steps.Add($"{time} pass");
                _host.Pass(time);
                _clients.Clear();
                break;
            case < 91:
                await FollowUpAsync(_chance.NextDouble());
                break;
            default:
                var pages = _chance.Next(3) == 0 ? 1 : int.MaxValue;
                _steps.Add($"{name} looks");
                await _phones[name].CatchUpAsync(_chance.Next(1, 4), pages);
                break;
        }
    }

    /// <summary>A member does what the state between the two allows, most often.</summary>
    private async Task ActAsync(string name, string other)
    {
        var (me, id) = (new MemberId(name), ConnectionId.Of(new MemberId(name), new MemberId(other)));
        var connection = (await _host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))?.Value;
        var state = connection?.StateAt(_host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var (client, invite) = (ClientFor(name), $"/api/invites/{id}");
        switch (state, _chance.Next(100))
        {
            case (_, < 3):
                await DoAsync($"{name} blocks {other}", () => client.PutAsync($"/api/blocks/{other}", new { }));
                break;
            case (ConnectionState.Blocked, < 60):
                var blocker = connection!.IsBlockedBy(me) ? name : other;
                await DoAsync(
                    $"{blocker} unblocks the other",
                    () => ClientFor(blocker).CallAsync(HttpMethod.Delete, $"/api/blocks/{(blocker == name ? other : name)}"));
                break;
            case (ConnectionState.Pending, < 80):
                await DoAsync("the invitee accepts", () => ClientFor(connection!.Invitee.Value).SendAsync($"{invite}/accept"));
                break;
            case (ConnectionState.Pending, < 88):
                await DoAsync("the invitee declines", () => ClientFor(connection!.Invitee.Value).SendAsync($"{invite}/decline"));
                break;
            case (ConnectionState.Pending, < 96):
                await DoAsync("the inviter revokes", () => ClientFor(connection!.Inviter.Value).CallAsync(HttpMethod.Delete, invite));
                break;
            case (ConnectionState.Connected, _):
                await TalkAsync(name, other, id);
                break;
            default:
                var (inviter, invitee) = IsCreator(other) ? (name, other) : (other, name);
                await DoAsync(
                    $"{inviter} invites {invitee}",
                    () => ClientFor(inviter).SendAsync("/api/invites", new { creatorId = invitee, note = "Hello" }));
                break;
        }
    }

    private async Task TalkAsync(string name, string other, string id)
    {
        var store = _host.Services.GetRequiredService<MessageStore>();
        var (client, talk) = (ClientFor(name), $"/api/connections/{id}");
        var last = (await store.LastAsync(id, default))?.Seq ?? 0;
        var seq = Math.Max(1, last - _chance.Next(6));
        // Most often by who wrote it.
        var author = (await store.FindAsync(id, seq, default))?.From.Value ?? name;
        var writer = ClientFor(_chance.Next(10) == 0 ? name : author);
        switch (_chance.Next(100))
        {
            case < 25 when last > 0:
                await DoAsync(
                    $"{author} edits {seq} between {name} and {other}",
                    () => writer.CallAsync(HttpMethod.Patch, $"{talk}/messages/{seq}", new { text = $"Edit {_count++}" }));
                break;
            case < 33 when last > 0:
                await DoAsync(
                    $"{author} deletes {seq} between {name} and {other}",
                    () => writer.CallAsync(HttpMethod.Delete, $"{talk}/messages/{seq}"));
                break;
            case < 50 when last > 0:
                await DoAsync($"{name} reads {seq} of {other}", () => client.PutAsync($"{talk}/read", new { seq }));
                break;
            case < 60 when last > 0:
                var (kind, path) = (Pick("heart", "laugh", ""), $"{talk}/messages/{seq}/reaction");
                await DoAsync(
                    $"{name} reacts {kind} to {seq} of the talk with {other}",
                    () => kind is "" ? client.CallAsync(HttpMethod.Delete, path) : client.PutAsync(path, new { kind }));
                break;
            case < 63:
                await DoAsync($"{name} removes {other}", () => client.CallAsync(HttpMethod.Delete, talk));
                break;
            default:
                long? replyTo = last > 0 && _chance.Next(3) == 0 ? seq : null;
                await DoAsync(
                    $"{name} writes {other}, quoting {replyTo}",
                    () => client.SendAsync($"{talk}/messages", new { clientId = $"{_count++}", text = $"Text {_count}", replyTo }));
                break;
        }
    }

    private static bool IsCreator(string name) => !name.EndsWith("-b", StringComparison.Ordinal);

    private async Task JoinAsync(string name)
    {
        Assert.Null((await BecomeAsync(name, $"Name of {name}")).Problem);
        _phones[name] = new Phone(() => ClientFor(name));
        await _phones[name].StartAsync();
    }

    private Task<Answer> BecomeAsync(string name, string display) => IsCreator(name)
        ? ClientFor(name).BecomeCreatorAsync(display, name)
        : ClientFor(name).BecomeBrandAsync(display);

    // Tokens expire as the clock moves.
    private HttpClient ClientFor(string name) =>
        _clients.TryGetValue(name, out var client) ? client : _clients[name] = _host.ClientFor(name);

    /// <summary>Makes a call. One in twenty of its writes to a row fails.</summary>
    private async Task DoAsync(string what, Func<Task<Answer>> call)
    {
        _database.Fails = (method, path) =>
        {
            lock (_faults)
            {
                return method == HttpMethod.Patch && path.Contains("/contacts/", StringComparison.Ordinal) && _faults.Next(20) == 0;
            }
        };
        var answer = await call();
        _database.Fails = (_, _) => false;
        _steps.Add($"{what}: {(int)answer.Status} {answer.Problem}");
        Assert.True(answer.Status is < HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable, History());
        var verb = what.Split(' ').First(word => word.EndsWith('s'));
        _done[verb] = _done.GetValueOrDefault(verb) + (answer.Problem is null ? 1 : 0);
    }

    /// <summary>Does the work of the change feed and the sweeps, each piece with a probability; with 1 until nothing is owed.</summary>
    private async Task FollowUpAsync(double probability)
    {
        _steps.Add($"the change feed runs ({probability:0.0})");
        var (services, never) = (_host.Services, DateTimeOffset.UtcNow.AddYears(10));
        var wasOwed = true;
        for (var round = 0; wasOwed && round < (probability < 1 ? 1 : 20); round++)
        {
            wasOwed = false;
            await foreach (var owed in services.GetRequiredService<ConnectionStore>().UndispatchedAsync(never, default))
            {
                wasOwed |= await MaybeAsync(() => services.GetRequiredService<ConnectionFollowUp>().RunAsync(owed, default));
            }

            var sweep = services.GetRequiredService<MessageSweep>();
            if (await sweep.IsBehindAsync(default))
            {
                wasOwed |= await MaybeAsync(() => sweep.RunAsync(DateTimeOffset.MaxValue, default));
            }

            var readMarks = services.GetRequiredService<ReadMarkSweep>();
            if (await readMarks.IsBehindAsync(default))
            {
                wasOwed |= await MaybeAsync(() => readMarks.RunAsync(default));
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
            catch (Exception e) when (e is InvalidOperationException or AggregateException && probability < 1)
            {
                // The row of a connection that is not dispatched yet. The sweep tries again.
            }

            return true;
        }
    }

    private string History() => string.Join('\n', _steps.TakeLast(400));

    private T Pick<T>(params T[] from) => from[_chance.Next(from.Length)];
}
