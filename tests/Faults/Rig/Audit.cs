using Connections.Emulators.Email;
using Connections.Notices;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>Compares everything that is stored, mailed and shown of a pair with what was promised, once all work is done.</summary>
internal sealed class Audit(FaultHost host, SoakReport report, string run)
{
    private const int MaxChecks = 3;

    private readonly List<(Violation Violation, string What)> _seen = [];
    private int _replayed;

    /// <summary>Checks a pair.</summary>
    /// <remarks>
    /// A real violation lasts. A timer may start new work after the rest was done, and a check in the middle of it proves nothing. So a
    /// pair with violations is checked again after that work, and the last check counts.
    /// </remarks>
    /// <param name="ledger">What was promised.</param>
    /// <param name="digestsAreDue">Whether unread messages have waited long enough for their email.</param>
    /// <param name="isDayOver">Whether a day has passed since the last call, after which no file is left that nothing uses.</param>
    public async Task CheckAsync(Ledger ledger, bool digestsAreDue, bool isDayOver = false)
    {
        var emails = await CheckOnceAsync(ledger, digestsAreDue, isDayOver);
        for (var check = 2; check <= MaxChecks && _seen.Count > 0 && await DrainAsync(); check++)
        {
            report.Count("checked again");
            emails = await CheckOnceAsync(ledger, digestsAreDue, isDayOver);
        }

        _seen.ForEach(one => Found(one.Violation, one.What));
        report.Count("emails", emails);
        ledger.Emails.Settle();
    }

    /// <summary>Checks that every message in the poison queue was logged, and replays the queue until it is empty.</summary>
    public async Task ReplayAsync()
    {
        var replayed = await host.ReplayPoisonAsync();
        _replayed += replayed;
        report.Count("poisoned", replayed);
        if (host.PoisonedLogged < _replayed)
        {
            // The log may hold more: a stopped process may have logged messages whose poisoning was rolled back.
            Found(Violation.Lost, $"{_replayed} poisoned messages, {host.PoisonedLogged} logged");
        }

        if (replayed > 0)
        {
            await DrainAsync();
        }
    }

    /// <summary>Waits until all due work is done.</summary>
    /// <returns>Whether it was done in time; if not, that is a violation.</returns>
    public async Task<bool> DrainAsync()
    {
        var isDone = await host.DrainAsync();
        if (!isDone)
        {
            Found(Violation.Stuck, $"after {FaultHost.MaxWait} something was still owed");
        }

        return isDone;
    }

    /// <returns>How many of the owed emails were handed over.</returns>
    private async Task<int> CheckOnceAsync(Ledger ledger, bool digestsAreDue, bool isDayOver)
    {
        _seen.Clear();
        var now = host.Time.GetUtcNow();
        var stored = await StoredPair.ReadAsync(host, ledger);
        See(Violation.Lost, stored.Lost(ledger, now));
        See(Violation.Duplicated, stored.Duplicated(ledger).Concat(stored.Repeated(ledger)));
        See(Violation.Stuck, stored.Owing());
        var files = await StoredFiles.ReadAsync(host, ledger);
        See(Violation.Lost, files.Lost(ledger, stored));
        See(Violation.Stuck, files.LeftOver(ledger, stored, isDayOver));
        var emails = await CheckMailAsync(ledger, stored, now, digestsAreDue);
        for (var who = 0; who < 2; who++)
        {
            if (!ledger.IsErased[who])
            {
                await CheckAsMemberAsync(ledger, who, now);
            }
        }

        return emails;
    }

    private async Task<int> CheckMailAsync(Ledger ledger, StoredPair stored, DateTimeOffset now, bool digestsAreDue)
    {
        var emails = 0;
        var mail = host.Services.GetRequiredService<LocalMail>();
        var sent = new List<Guid>();
        foreach (var member in ledger.Members)
        {
            foreach (var address in new[] { $"{member}@example.com", $"{member}@example.net" })
            {
                sent.AddRange((await mail.ListAsync(address, LocalMail.MaxList, default)).Select(one => one.OperationId));
            }
        }

        // Nobody who has erased their profile gets an email that was not sent by then.
        var statements = ledger.Members.Index().ToLookup(member => ledger.IsErased[member.Index], member => stored.Statements(member.Item));
        var owed = ledger.Emails.Owed.Concat(ledger.OwedByTime(now, digestsAreDue)).Concat(statements[false].SelectMany(ids => ids))
            .Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in owed)
        {
            var count = sent.RemoveAll(operation => operation == NoticeHandover.OperationId(id));
            if (count == 0)
            {
                See(Violation.Lost, [$"the email {id} was not handed over"]);
            }
            else if (count > 1)
            {
                See(Violation.Duplicated, [$"the email {id} was handed over {count} times"]);
            }

            emails += count;
        }

        // An email that became obsolete may have gone out once before that. Every other email is one too many.
        var allowed = ledger.Emails.Allowed.Concat(ledger.AllowedByTime()).Concat(statements[true].SelectMany(ids => ids));
        foreach (var id in allowed.Except(owed, StringComparer.Ordinal))
        {
            sent.Remove(NoticeHandover.OperationId(id));
        }

        See(Violation.Duplicated, sent.Select(operation => $"an email that nothing owes was handed over, {operation}"));
        return emails;
    }

    private async Task CheckHistoryAsync(Ledger ledger, int who, DateTimeOffset now)
    {
        const int Limit = 100;
        var answer = await host.CallAsync(
            ledger.Members[who].Value, HttpMethod.Get, $"/api/connections/{ledger.Id}/messages?after=0&limit={Limit}");
        if (!ledger.IsReadableBy(who, now))
        {
            var expected = ledger.SeenBy(who, now) is null ? "not-found" : "not-connected";
            See(Violation.Incorrect, answer?.Problem == expected ? [] : [$"{ledger.Members[who]} reads what is hidden: {answer?.Body}"]);
            return;
        }

        var read = answer?.Body?["value"]?.AsArray().Select(message => message!["text"]!.ToString()).ToList();
        var sent = ledger.IsSealed ? [] : ledger.Messages.Take(Limit).Select(message => message.Text).ToList();
        See(
            Violation.Lost,
            read?.SequenceEqual(sent) == true ? [] : [$"{ledger.Members[who]} reads {answer?.Body}, not {sent.Count} messages"]);
    }

    private async Task CheckAsMemberAsync(Ledger ledger, int who, DateTimeOffset now)
    {
        var answer = await host.CallAsync(ledger.Members[who].Value, HttpMethod.Get, $"/api/connections/{ledger.Id}");
        if (ledger.IsSuspended[who] || ledger.IsHeldBackFrom(who, now))
        {
            var expected = ledger.IsSuspended[who] ? "suspended" : "not-found";
            See(Violation.Incorrect, answer?.Problem == expected ? [] : [$"{ledger.Members[who]} sees {answer?.Body}, not {expected}"]);
            return;
        }

        await CheckHistoryAsync(ledger, who, now);
        if (ledger.SeenBy(who, now) is not { } state)
        {
            See(Violation.Incorrect, answer?.Problem == "not-found" ? [] : [$"{ledger.Members[who]} sees what is hidden: {answer?.Body}"]);
            return;
        }

        if (answer?.Body is null || answer.Problem is not null)
        {
            See(Violation.Lost, [$"{ledger.Members[who]} does not see the connection: {answer?.Body}"]);
            return;
        }

        // An ended connection keeps the name that the member saw last.
        var name = state is PairState.Pending or PairState.Connected || ledger.IsErased[1 - who]
            ? ledger.Names[1 - who]
            : answer["other"]["displayName"]!.ToString();
        var seen = (
            answer["state"].ToString(), (int)answer["unread"], (long)answer["readSeq"], (long)answer["otherReadSeq"],
            answer["other"]["displayName"]!.ToString(), answer.Body["lastMessage"]?["text"]?.ToString());
        var promised = (
            state.ToString().ToLowerInvariant(), ledger.Unread(who), ledger.Read[who], ledger.Read[1 - who], name,
            ledger.IsSealed ? null : ledger.Messages.LastOrDefault()?.Text);
        See(Violation.Incorrect, seen == promised ? [] : [$"{ledger.Members[who]} sees {seen}, not {promised}"]);
    }

    private void See(Violation violation, IEnumerable<string> what) => _seen.AddRange(what.Select(one => (violation, one)));

    private void Found(Violation violation, string what) => report.Add(violation, $"{run}: {what}");
}
