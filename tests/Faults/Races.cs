using System.Net;
using Connections.Emulators.Email;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Faults;

/// <summary>Accept, decline, revoke, block and expiry of one invite at the same time: one wins, and every answer says which.</summary>
internal sealed class Races : HostForRaces
{
    private const int AtOnce = 50;
    private const int MaxDelay = 40;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly StateHistory _history = new();
    private readonly SoakReport _report = new();
    private int _answersUntilExpiry;

    private Races(int seed)
        : base(seed)
    {
    }

    /// <summary>Runs rounds, fifty in parallel.</summary>
    public static async Task<SoakRow> RunAsync(int seed, int rounds, TextWriter log)
    {
        await using var races = new Races(seed);
        await races.StartAsync(change: services => services.AroundDatabase(races._history));
        for (var i = 0; i < Math.Min(AtOnce, rounds); i++)
        {
            await races.Brand(i).BecomeBrandAsync($"Brand {i}");
        }

        for (var heat = 0; races._report.Runs < rounds; heat++)
        {
            await races.RunHeatAsync(heat, (int)Math.Min(AtOnce, rounds - races._report.Runs));
            await log.WriteLineAsync($"  {races._report.Runs} of {rounds} rounds, {races._report.Violations.Count} violations");
        }

        return races._report.ToRow("accept, decline, revoke, expire and block at once", seed);
    }

    /// <summary>Every brand invites one creator; then all five happen to each invite at the same time.</summary>
    private async Task RunHeatAsync(int heat, int count)
    {
        var creator = $"creator-{heat}";
        await Host.ClientFor(creator).BecomeCreatorAsync($"Creator {heat}", $"creator{heat}");
        var invitedAt = Time.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Brand(i).SendAsync("/api/invites", new { creatorId = creator })));
        await Host.DrainAsync(TimeSpan.Zero);
        // A second before the invites expire.
        Time.Advance(invitedAt + Lifetime - Moment - Time.GetUtcNow());

        // After this many answers the clock passes the expiry and the next run of the timer.
        _answersUntilExpiry = Next(count);
        var rounds = await Task.WhenAll(Enumerable.Range(0, count).Select(i => RaceAsync(i, creator)));
        await SettleAsync();
        foreach (var round in rounds)
        {
            await CheckAsync(round);
            _report.CountRun();
        }
    }

    private async Task<Round> RaceAsync(int brand, string creator)
    {
        var id = ConnectionId.Of(new MemberId($"brand-{brand}"), new MemberId(creator));
        var (inviter, invitee) = (Brand(brand), Host.ClientFor(creator));
        var blocksInvitee = Next(2) == 0;
        var calls = new Dictionary<string, Func<Task<Answer>>>(StringComparer.Ordinal)
        {
            ["connected"] = () => invitee.SendAsync($"/api/invites/{id}/accept"),
            ["declined"] = () => invitee.SendAsync($"/api/invites/{id}/decline"),
            ["revoked"] = () => inviter.CallAsync(HttpMethod.Delete, $"/api/invites/{id}"),
            ["blocked"] = () => blocksInvitee
                ? inviter.PutAsync($"/api/blocks/{creator}", new { })
                : invitee.PutAsync($"/api/blocks/brand-{brand}", new { }),
        };
        var answers = await Task.WhenAll(calls.Keys.OrderBy(_ => Next(1_000)).Select(async name =>
        {
            await Task.Delay(Next(MaxDelay));
            var answer = await calls[name]();
            if (Interlocked.Decrement(ref _answersUntilExpiry) == -1)
            {
                Time.Advance(TimeSpan.FromMinutes(1));
            }

            return (Name: name, Answer: answer);
        }));
        return new Round(id, $"brand-{brand}", creator, answers.ToDictionary(one => one.Name, one => one.Answer, StringComparer.Ordinal));
    }

    private async Task CheckAsync(Round round)
    {
        var history = _history.Of(round.Id);
        var after = history.Skip(1).Select(one => one.State).ToArray();
        // The first change ends the invite; the block succeeds in any case, before or after it.
        var winner = after is ["blocked"] or [_, "blocked"] ? after[0] : null;
        _report.Count($"won by {winner ?? "nobody"}");
        if (winner is null || !history.Select(one => one.Version).SequenceEqual(Enumerable.Range(1, history.Count).Select(i => (long)i)))
        {
            _report.Add(Violation.Duplicated, $"{round.Id}: {string.Join(", ", history)}");
            return;
        }

        foreach (var (name, answer) in round.Answers)
        {
            var isCorrect = name == winner || name == "blocked"
                ? answer.Problem is null && answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent
                : answer.Problem == "not-found" || (answer.Problem == "invite-not-pending" && answer["state"].ToString() == winner);
            if (!isCorrect)
            {
                _report.Add(
                    Violation.Incorrect,
                    $"{round.Id}: {winner} won, {name} was answered {(int)answer.Status} {answer.Problem} {answer.Body?["state"]}");
            }
        }

        await CheckStoredAsync(round, winner);
    }

    private async Task CheckStoredAsync(Round round, string winner)
    {
        var connection = (await Host.Services.GetRequiredService<ConnectionStore>().FindAsync(round.Id, default))!.Value;
        var contacts = Host.Services.GetRequiredService<ContactStore>();
        foreach (var member in new[] { connection.Inviter, connection.Invitee })
        {
            if ((await contacts.FindAsync(member, round.Id, default))?.Pair is var row && row != PairView.Of(connection, member))
            {
                _report.Add(Violation.Lost, $"{round.Id}: the row of {member} says {row}, not {PairView.Of(connection, member)}");
            }
        }

        // If the acceptance was undone before its email went out, the email is not owed.
        var mails =
            (await Host.Services.GetRequiredService<LocalMail>().ListAsync($"{round.Brand}@example.com", LocalMail.MaxList, default))
                .Count(mail => mail.OperationId == NoticeHandover.OperationId($"{round.Id}.1.{NoticeKind.InviteAccepted}"));
        _report.Count("acceptances mailed", mails);
        if (mails > (winner == "connected" ? 1 : 0))
        {
            _report.Add(Violation.Duplicated, $"{round.Id}: {winner} won, {mails} emails say it was accepted");
        }
    }

    // The queue is polled by the host's clock.
    private async Task SettleAsync()
    {
        var draining = Host.DrainAsync(TimeSpan.Zero);
        while (!draining.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(15);
        }

        await draining;
    }

    private HttpClient Brand(int i) => Host.ClientFor($"brand-{i}");

    private sealed record Round(string Id, string Brand, string Creator, IReadOnlyDictionary<string, Answer> Answers);
}
