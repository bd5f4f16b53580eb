using Connections.Chat;
using Connections.Files;
using Connections.Members.Standing;
using Connections.Tests.Faults.Life;
using Connections.Tests.Faults.Rig;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Faults;

/// <summary>
/// Many pairs act at random at the same time. Meanwhile one in twenty requests to the database, the queue, Web PubSub and the email service
/// fails or loses its answer, and the process stops now and then.
/// </summary>
internal sealed class Storm
{
    private const double Rate = 0.05;

    // Each lost end of a function makes the host run all of it again.
    private const double RateOfEnds = 0.01;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);
    // Longer than the queue retries a notice, so that some notices reach the poison queue.
    private static readonly TimeSpan MailIsAwayFrom = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MailIsAwayUntil = TimeSpan.FromSeconds(110);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly SoakReport _report;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly int _seed;
    private int _stopsLeft;

    private Storm(int seed, int stops, SoakReport report) =>
        (_seed, _stopsLeft, _report, _random) = (seed, stops, report, new Random(seed));

    /// <summary>Runs storms one after the other.</summary>
    /// <param name="seed">The seed of all random choices. It does not fix the timing: calls run in parallel.</param>
    /// <param name="storms">The number of storms.</param>
    /// <param name="pairs">The number of pairs in each storm.</param>
    /// <param name="steps">The number of actions of each pair.</param>
    /// <param name="log">Receives the progress.</param>
    public static async Task<SoakRow> RunAsync(int seed, int storms, int pairs, int steps, TextWriter log)
    {
        var report = new SoakReport(log);
        for (var storm = 0; storm < storms; storm++)
        {
            await new Storm(unchecked((seed * 7919) + storm), stops: 3, report).RunOneAsync(pairs, steps);
            await log.WriteLineAsync(
                $"  {storm + 1} of {storms} storms, {report.CountOf("calls")} calls, {report.Violations.Count} violations");
        }

        return report.ToRow("5% of requests fail", seed);
    }

    private async Task RunOneAsync(int count, int steps)
    {
        var settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = "10000" };
        await using var host = await FaultHost.StartAsync(new ManualTime(Start), _seed, settings: settings);
        var pairs = Enumerable.Range(0, count)
            .Select(i => new Pair(host, new Ledger($"ada-{i}", $"bob-{i}"), _report, new Random(unchecked((_seed * 31) + i))))
            .ToList();
        await Task.WhenAll(pairs.Select(pair => pair.BeginAsync()));

        using var over = new CancellationTokenSource();
        var ticking = TickAsync(host.Time, over.Token);
        var begun = host.Time.GetUtcNow();
        host.Calls.Plan = call => call.To == "mail" && IsMailAway(host.Time.GetUtcNow() - begun) ? Fault.FailBefore : Decide(call);
        await Task.WhenAll(
            pairs.Select((pair, i) => new RandomWalk(pair, new Random(unchecked((_seed * 37) + i))).WalkAsync(steps, _report)));
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
        var audit = new Audit(host, _report, $"storm {_seed}");
        await host.RestartAsync();
        // An email that met a suspension looks again after some time.
        Check(await host.PassAsync(Suspensions.LookAgainAfter), Suspensions.LookAgainAfter);
        await audit.DrainAsync();
        await audit.ReplayAsync();
        foreach (var pair in pairs)
        {
            await audit.CheckAsync(pair.Ledger, digestsAreDue: false);
        }

        var day = TimeSpan.FromDays(1);
        foreach (var time in new[] { TimeSpan.FromMinutes(16), day, TimeSpan.FromDays(6) })
        {
            Check(time == day ? await host.PassDayAsync() : await host.PassAsync(time), time);
            await audit.ReplayAsync();
            foreach (var pair in pairs)
            {
                await audit.CheckAsync(pair.Ledger, digestsAreDue: true, isDayOver: time >= day);
            }
        }
    }

    private void Check(bool isSettled, TimeSpan time)
    {
        if (!isSettled)
        {
            _report.Add(Violation.Stuck, $"storm {_seed}: something was still owed {time} later");
        }
    }

    private Fault Decide(OutboundCall call)
    {
        // Database faults are injected below the SDK only: above it as well, one call could meet two faults.
        var rate = call.To switch
        {
            FaultyWire.Name or "queue send" or "live send" or "live presence" or "mail" => Rate,
            OutboundCalls.End => RateOfEnds,
            var to when to.StartsWith(FaultyBlobs.Prefix, StringComparison.Ordinal) => Rate,
            _ => 0,
        };
        lock (_gate)
        {
            if (_random.NextDouble() >= rate)
            {
                return Fault.None;
            }

            _report.Count($"faults: {call.To}");
            if (_stopsLeft > 0 && _random.Next(150) == 0)
            {
                _stopsLeft--;
                _report.Count("stops");
                return _random.Next(2) == 0 ? Fault.StopBefore : Fault.StopAfter;
            }

            return _random.Next(2) == 0 ? Fault.FailBefore : Fault.FailAfter;
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

    /// <summary>A pair that acts at random.</summary>
    /// <remarks>A file that is sent twice is refused the second time, so each is sent once.</remarks>
    private sealed class RandomWalk(Pair pair, Random random)
    {
        private Ledger Ledger => pair.Ledger;

        public async Task WalkAsync(int steps, SoakReport report)
        {
            for (var step = 0; step < steps; step++)
            {
                await ActAsync();
                report.CountRun();
            }

            if (random.Next(8) == 0)
            {
                await pair.EraseAsync(random.Next(2));
            }
        }

        private Task ActAsync()
        {
            var who = random.Next(2);
            var state = Ledger.Life.At(DateTimeOffset.MinValue);
            // Now and then an action that makes no sense and must be refused.
            return random.Next(12) == 0 ? AnyActionAsync(who) : state switch
            {
                _ when random.Next(12) == 0 => SuspendForAMomentAsync(who),
                PairState.Connected => TalkAsync(who),
                PairState.Pending => AnswerAsync(Ledger.Life.Inviter),
                PairState.Blocked => pair.DoAsync(LifeAction.Unblock, who),
                _ => pair.DoAsync(LifeAction.Invite, who),
            };
        }

        // The two do nothing meanwhile. What follows from their last acts, and emails about them, meet the suspension.
        private async Task SuspendForAMomentAsync(int who)
        {
            await pair.SuspendAsync(who);
            while (Ledger.IsSuspended[who])
            {
                await pair.LiftSuspensionAsync(who);
            }

            await pair.ActsAreKnownAsync(who);
        }

        private Task AnyActionAsync(int who) => random.Next(11) switch
        {
            0 => pair.DoAsync(LifeAction.Invite, who),
            1 => pair.DoAsync(LifeAction.Accept, who),
            2 => pair.DoAsync(LifeAction.Decline, who),
            3 => pair.DoAsync(LifeAction.Revoke, who),
            4 => pair.DoAsync(LifeAction.Remove, who),
            5 => pair.DoAsync(LifeAction.Block, who),
            6 => pair.DoAsync(LifeAction.Unblock, who),
            7 => pair.MarkFavouriteAsync(who),
            8 => pair.PutAwayAsync(who),
            9 => pair.TakeBackAsync(who),
            _ => pair.SendAsync(who, "Can you hear me?"),
        };

        private Task AnswerAsync(int inviter) => random.Next(10) switch
        {
            0 => pair.DoAsync(LifeAction.Revoke, inviter),
            1 => pair.DoAsync(LifeAction.Decline, 1 - inviter),
            2 => pair.DoAsync(LifeAction.Invite, 1 - inviter),
            3 => pair.DoAsync(LifeAction.Invite, inviter),
            _ => pair.DoAsync(LifeAction.Accept, 1 - inviter),
        };

        private Task TalkAsync(int who)
        {
            var own = Ledger.Messages.Where(sent => sent.From == who && !sent.IsDeleted).ToList();
            return random.Next(18) switch
            {
                12 or 13 => SendFilesAsync(who),
                14 or 15 => KeepInboxAsync(who),
                16 or 17 => ReactAsync(who),
                0 or 1 when own.Count > 0 => pair.ChangeAsync(own[^1], $"Changed {random.Next()}"),
                2 when own.Count > 0 => pair.ChangeAsync(own[^1], null),
                3 or 4 when Ledger.Messages.Count > 0 => pair.ReadAsync(who, random.Next(Ledger.Messages.Count) + 1),
                5 => pair.RenameAsync(who, $"Ada {random.Next()}"),
                6 when random.Next(3) == 0 => pair.DoAsync(random.Next(2) == 0 ? LifeAction.Remove : LifeAction.Block, who),
                7 => pair.SendAllAsync(who, $"Message {random.Next()}", $"Message {random.Next()}"),
                _ => pair.SendAsync(who, $"Message {random.Next()}"),
            };
        }

        private async Task SendFilesAsync(int who)
        {
            var text = random.Next(2) == 0 ? "" : $"Message {random.Next()}";
            if (random.Next(3) == 0 && await pair.UploadAsync(who) is { } other)
            {
                // Most often the first file is checked by now, and the second is not.
                await pair.SendFileAsync(who, text, other);
            }
            else if (random.Next(4) == 0)
            {
                await ShowPictureAsync(who);
            }
            else
            {
                await pair.SendFileAsync(who, text);
            }
        }

        private async Task ShowPictureAsync(int who)
        {
            if (await pair.UploadAsync(who, FilePurpose.Avatar) is { } id && await pair.IsCheckedAsync(who, id))
            {
                await pair.ShowPictureAsync(who, id);
            }
        }

        private Task KeepInboxAsync(int who) => random.Next(8) switch
        {
            0 or 1 => pair.ArchiveAsync(who),
            2 => pair.BringBackAsync(who),
            3 => pair.PinAsync(who, pinned: !Ledger.Inbox[who].Pinned),
            4 => pair.MuteAsync(who, muted: true),
            5 => pair.MuteAsync(who, muted: false),
            6 => pair.MarkUnreadAsync(who),
            _ => pair.SaveTextsAsync(who, [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"Text {random.Next()}")]),
        };

        private Task ReactAsync(int who)
        {
            var there = Ledger.Messages.Where(sent => !sent.IsDeleted).TakeLast(4).ToArray();
            if (there.Length == 0)
            {
                return Task.CompletedTask;
            }

            var message = there[random.Next(there.Length)];
            return random.Next(6) switch
            {
                0 => pair.SendAsync(who, $"Reply {random.Next()}", replyTo: message.Seq),
                1 => pair.ReactAsync(who, message, null),
                2 when message.Files.Count > 0 && message.From != who => pair.ReportAsync(who, message),
                _ => pair.ReactAsync(who, message, Reaction.Kinds[random.Next(Reaction.Kinds.Count)]),
            };
        }
    }
}
