using Connections.Tests.Faults.Life;
using Connections.Tests.Faults.Rig;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Faults;

/// <summary>
/// Many pairs at once do whatever comes to them while one in twenty requests to the database, the queue, Web PubSub and the email service
/// fails, or is done without the caller hearing, and the process stops now and then.
/// </summary>
internal sealed class Storm
{
    private const double Rate = 0.05;

    // The end of a function is the host's business, and each end that is lost means all of it again.
    private const double RateOfEnds = 0.01;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);
    // Longer than a notice is tried for, so that some end up in the poison queue.
    private static readonly TimeSpan MailIsAwayFrom = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MailIsAwayUntil = TimeSpan.FromSeconds(110);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly Tally _tally;
    private readonly Random _chance;
    private readonly Lock _gate = new();
    private readonly int _seed;
    private int _stopsLeft;

    private Storm(int seed, int stops, Tally tally) => (_seed, _stopsLeft, _tally, _chance) = (seed, stops, tally, new Random(seed));

    /// <summary>Raises storms one after the other.</summary>
    /// <param name="seed">What all chance comes from. What meets what is not: calls run side by side.</param>
    /// <param name="storms">How many.</param>
    /// <param name="pairs">How many pairs in each.</param>
    /// <param name="steps">How many things each pair does.</param>
    /// <param name="log">Is told how far it is.</param>
    public static async Task<SoakRow> RunAsync(int seed, int storms, int pairs, int steps, TextWriter log)
    {
        var tally = new Tally(log);
        for (var storm = 0; storm < storms; storm++)
        {
            await new Storm(unchecked((seed * 7919) + storm), stops: 3, tally).BlowAsync(pairs, steps);
            await log.WriteLineAsync($"  {storm + 1} of {storms} storms, {tally.Counted("calls")} calls, {tally.Findings.Count} findings");
        }

        return tally.Row("5% of requests fail", seed);
    }

    private async Task BlowAsync(int count, int steps)
    {
        var settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = "10000" };
        await using var host = await FaultHost.StartAsync(new ManualTime(Start), _seed, settings: settings);
        var pairs = Enumerable.Range(0, count)
            .Select(i => new Pair(host, new Ledger($"ada-{i}", $"bob-{i}"), _tally, new Random(unchecked((_seed * 31) + i))))
            .ToList();
        await Task.WhenAll(pairs.Select(pair => pair.BeginAsync()));

        using var over = new CancellationTokenSource();
        var ticking = TickAsync(host.Time, over.Token);
        var begun = host.Time.GetUtcNow();
        host.Calls.Plan = call => call.To == "mail" && IsMailAway(host.Time.GetUtcNow() - begun) ? Fault.FailBefore : Decide(call);
        await Task.WhenAll(pairs.Select((pair, i) => new Wanderer(pair, new Random(unchecked((_seed * 37) + i))).WalkAsync(steps, _tally)));
        while (host.Time.GetUtcNow() - begun < MailIsAwayUntil)
        {
            await Task.Delay(10);
        }

        await host.BackAsync();
        host.Calls.Plan = null;
        await over.CancelAsync();
        await ticking;
        await AuditAsync(host, pairs);
    }

    private async Task AuditAsync(FaultHost host, IReadOnlyList<Pair> pairs)
    {
        var audit = new Audit(host, _tally, $"storm {_seed}");
        await host.RestartAsync();
        await audit.DrainAsync();
        await audit.ReplayAsync();
        foreach (var pair in pairs)
        {
            await audit.LookAsync(pair.Ledger, digestsAreDue: false);
        }

        foreach (var time in new[] { TimeSpan.FromMinutes(16), TimeSpan.FromDays(7) })
        {
            if (!await host.PassAsync(time))
            {
                _tally.Found(Wrong.Stuck, $"storm {_seed}: something was still owed {time} later");
            }

            await audit.ReplayAsync();
            foreach (var pair in pairs)
            {
                await audit.LookAsync(pair.Ledger, digestsAreDue: true);
            }
        }
    }

    private Fault Decide(OutsideCall call)
    {
        // The database is harmed below the SDK only: above it, a call would meet two faults.
        var rate = call.To switch { FaultyWire.Name or "queue send" or "live send" or "live presence" or "mail" => Rate, OutsideCalls.End => RateOfEnds, _ => 0 };
        lock (_gate)
        {
            if (_chance.NextDouble() >= rate)
            {
                return Fault.None;
            }

            _tally.Count($"faults: {call.To}");
            if (_stopsLeft > 0 && _chance.Next(150) == 0)
            {
                _stopsLeft--;
                _tally.Count("stops");
                return _chance.Next(2) == 0 ? Fault.StopBefore : Fault.StopAfter;
            }

            return _chance.Next(2) == 0 ? Fault.FailBefore : Fault.FailAfter;
        }
    }

    private static bool IsMailAway(TimeSpan since) => since > MailIsAwayFrom && since < MailIsAwayUntil;

    private static async Task TickAsync(ManualTime time, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            time.Advance(Tick);
            await Task.Delay(10, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A pair that does what comes to it.</summary>
    private sealed class Wanderer(Pair pair, Random chance)
    {
        private Ledger Ledger => pair.Ledger;

        public async Task WalkAsync(int steps, Tally tally)
        {
            for (var step = 0; step < steps; step++)
            {
                await TakeAsync();
                tally.Ran();
            }

            if (chance.Next(8) == 0)
            {
                await pair.EraseAsync(chance.Next(2));
            }
        }

        private Task TakeAsync()
        {
            var who = chance.Next(2);
            var standing = Ledger.Life.At(DateTimeOffset.MinValue);
            // Now and then what makes no sense, and must be refused.
            return chance.Next(12) == 0 ? TakeAnyAsync(who) : standing switch
            {
                Standing.Connected => TalkAsync(who),
                Standing.Pending => AnswerAsync(Ledger.Life.Inviter),
                Standing.Blocked => pair.DoAsync(Deed.Unblock, who),
                _ => pair.DoAsync(Deed.Invite, who),
            };
        }

        private Task TakeAnyAsync(int who) => chance.Next(9) switch
        {
            0 => pair.DoAsync(Deed.Invite, who),
            1 => pair.DoAsync(Deed.Accept, who),
            2 => pair.DoAsync(Deed.Decline, who),
            3 => pair.DoAsync(Deed.Revoke, who),
            4 => pair.DoAsync(Deed.Remove, who),
            5 => pair.DoAsync(Deed.Block, who),
            6 => pair.DoAsync(Deed.Unblock, who),
            7 => pair.FavourAsync(who),
            _ => pair.SayAsync(who, "Can you hear me?"),
        };

        private Task AnswerAsync(int inviter) => chance.Next(10) switch
        {
            0 => pair.DoAsync(Deed.Revoke, inviter),
            1 => pair.DoAsync(Deed.Decline, 1 - inviter),
            2 => pair.DoAsync(Deed.Invite, 1 - inviter),
            3 => pair.DoAsync(Deed.Invite, inviter),
            _ => pair.DoAsync(Deed.Accept, 1 - inviter),
        };

        private Task TalkAsync(int who)
        {
            var own = Ledger.Messages.Where(said => said.From == who && !said.IsDeleted).ToList();
            return chance.Next(12) switch
            {
                0 or 1 when own.Count > 0 => pair.ChangeAsync(own[^1], $"Changed {chance.Next()}"),
                2 when own.Count > 0 => pair.ChangeAsync(own[^1], null),
                3 or 4 when Ledger.Messages.Count > 0 => pair.ReadAsync(who, chance.Next(Ledger.Messages.Count) + 1),
                5 => pair.RenameAsync(who, $"Ada {chance.Next()}"),
                6 when chance.Next(3) == 0 => pair.DoAsync(chance.Next(2) == 0 ? Deed.Remove : Deed.Block, who),
                _ => pair.SayAsync(who, $"Message {chance.Next()}"),
            };
        }
    }
}
