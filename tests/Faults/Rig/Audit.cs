using Connections.Local.Mail;
using Connections.Notices;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>Holds everything that is stored, mailed and shown of a pair against what was promised, when nothing is left to do.</summary>
internal sealed class Audit(FaultHost host, Tally tally, string run)
{
    private const int MostLooks = 3;

    private readonly List<(Wrong Wrong, string What)> _seen = [];
    private int _replayed;

    /// <summary>Looks at a pair.</summary>
    /// <remarks>
    /// What is wrong lasts. A timer may begin something when all before it was done, and a look in the middle of that is no finding: so what is
    /// seen is looked at again when that is done too, and the last look counts.
    /// </remarks>
    /// <param name="ledger">What was promised.</param>
    /// <param name="digestsAreDue">Whether what is unread has waited long enough for its email.</param>
    public async Task LookAsync(Ledger ledger, bool digestsAreDue)
    {
        var emails = await SeeAsync(ledger, digestsAreDue);
        for (var look = 2; look <= MostLooks && _seen.Count > 0 && await DrainAsync(); look++)
        {
            tally.Count("looked again");
            emails = await SeeAsync(ledger, digestsAreDue);
        }

        _seen.ForEach(one => Found(one.Wrong, one.What));
        tally.Count("emails", emails);
        ledger.Emails.Settle();
    }

    /// <summary>Whatever lies in the poison queue was told of; it is replayed, and then nothing may lie there.</summary>
    public async Task ReplayAsync()
    {
        var replayed = await host.ReplayPoisonAsync();
        _replayed += replayed;
        tally.Count("poisoned", replayed);
        if (host.ToldOfPoison < _replayed)
        {
            // More may have been told of: by a process that had stopped, and whose doings are forgotten.
            Found(Wrong.Lost, $"{_replayed} poisoned messages, {host.ToldOfPoison} told of");
        }

        if (replayed > 0)
        {
            await DrainAsync();
        }
    }

    /// <summary>Lets everything happen that is due.</summary>
    /// <returns>Whether it did; that it did not is a finding.</returns>
    public async Task<bool> DrainAsync()
    {
        var isDone = await host.DrainAsync();
        if (!isDone)
        {
            Found(Wrong.Stuck, $"after {FaultHost.Patience} something was still owed");
        }

        return isDone;
    }

    /// <returns>How many emails were handed over of those that are owed.</returns>
    private async Task<int> SeeAsync(Ledger ledger, bool digestsAreDue)
    {
        _seen.Clear();
        var now = host.Time.GetUtcNow();
        var truth = await Truth.ReadAsync(host, ledger);
        Seen(Wrong.Lost, truth.Lost(ledger, now));
        Seen(Wrong.Doubled, truth.Doubled(ledger));
        Seen(Wrong.Stuck, truth.Owing());
        var emails = await SeeMailAsync(ledger, now, digestsAreDue);
        for (var who = 0; who < 2; who++)
        {
            if (!ledger.IsErased[who])
            {
                await SeeAsMemberAsync(ledger, who, now);
            }
        }

        return emails;
    }

    private async Task<int> SeeMailAsync(Ledger ledger, DateTimeOffset now, bool digestsAreDue)
    {
        var emails = 0;
        var mail = host.Services.GetRequiredService<LocalMail>();
        var sent = new List<Guid>();
        foreach (var member in ledger.Members)
        {
            sent.AddRange((await mail.ListAsync($"{member}@example.com", LocalMail.MaxList, default)).Select(one => one.OperationId));
        }

        var owed = ledger.Emails.Owed.Concat(ledger.OwedByTime(now, digestsAreDue)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in owed)
        {
            var count = sent.RemoveAll(operation => operation == NoticeHandover.OperationId(id));
            if (count == 0)
            {
                Seen(Wrong.Lost, [$"the email {id} was not handed over"]);
            }
            else if (count > 1)
            {
                Seen(Wrong.Doubled, [$"the email {id} was handed over {count} times"]);
            }

            emails += count;
        }

        // What may have gone out before it stopped being true may be there once; whatever else is there is one too many.
        foreach (var id in ledger.Emails.Allowed.Concat(ledger.AllowedByTime()).Except(owed, StringComparer.Ordinal))
        {
            sent.Remove(NoticeHandover.OperationId(id));
        }

        Seen(Wrong.Doubled, sent.Select(operation => $"an email that nothing owes was handed over, {operation}"));
        return emails;
    }

    private async Task SeeAsMemberAsync(Ledger ledger, int who, DateTimeOffset now)
    {
        var answer = await host.CallAsync(ledger.Members[who].Value, HttpMethod.Get, $"/api/connections/{ledger.Id}");
        var standing = ledger.Life.At(now);
        if (ledger.Life.Invites == 0 || standing == Standing.Blocked)
        {
            Seen(Wrong.Untrue, answer?.Problem == "not-found" ? [] : [$"{ledger.Members[who]} sees what is hidden: {answer?.Body}"]);
            return;
        }

        if (answer?.Body is null || answer.Problem is not null)
        {
            Seen(Wrong.Lost, [$"{ledger.Members[who]} does not see the connection: {answer?.Body}"]);
            return;
        }

        // What has ended keeps the name that the member saw last.
        var name = standing is Standing.Pending or Standing.Connected || ledger.IsErased[1 - who] ? ledger.Names[1 - who] : answer["other"]["displayName"]!.ToString();
        var seen = (answer["state"].ToString(), (int)answer["unread"], (long)answer["readSeq"], (long)answer["otherReadSeq"], answer["other"]["displayName"]!.ToString(), answer.Body["lastMessage"]?["text"]?.ToString());
        var expected = (standing.ToString().ToLowerInvariant(), ledger.Unread(who), ledger.Read[who], ledger.Read[1 - who], name, ledger.IsSealed ? null : ledger.Messages.LastOrDefault()?.Text);
        Seen(Wrong.Untrue, seen == expected ? [] : [$"{ledger.Members[who]} sees {seen}, not {expected}"]);
    }

    private void Seen(Wrong wrong, IEnumerable<string> what) => _seen.AddRange(what.Select(one => (wrong, one)));

    private void Found(Wrong wrong, string what) => tally.Found(wrong, $"{run}: {what}");
}
