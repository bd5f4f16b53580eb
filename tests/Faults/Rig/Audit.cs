using Connections.Email;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>Holds everything that is stored, mailed and shown of a pair against what was promised, when nothing is left to do.</summary>
internal sealed class Audit(FaultHost host, Tally tally, string run)
{
    private int _replayed;

    /// <summary>Looks at a pair.</summary>
    /// <param name="ledger">What was promised.</param>
    /// <param name="digestsAreDue">Whether what is unread has waited long enough for its email.</param>
    public async Task LookAsync(Ledger ledger, bool digestsAreDue)
    {
        var now = host.Time.GetUtcNow();
        var truth = await Truth.ReadAsync(host, ledger);
        Found(Wrong.Lost, truth.Lost(ledger, now));
        Found(Wrong.Doubled, truth.Doubled(ledger));
        Found(Wrong.Stuck, truth.Owing());
        await LookAtMailAsync(ledger, now, digestsAreDue);
        for (var who = 0; who < 2; who++)
        {
            if (!ledger.IsErased[who])
            {
                await LookAsMemberAsync(ledger, who, now);
            }
        }
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
            Found(Wrong.Lost, [$"{_replayed} poisoned messages, {host.ToldOfPoison} told of"]);
        }

        if (replayed > 0)
        {
            await DrainAsync();
        }
    }

    /// <summary>Lets everything happen that is due.</summary>
    public async Task DrainAsync()
    {
        if (!await host.DrainAsync())
        {
            Found(Wrong.Stuck, [$"after {FaultHost.Patience} something was still owed"]);
        }
    }

    private async Task LookAtMailAsync(Ledger ledger, DateTimeOffset now, bool digestsAreDue)
    {
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
                Found(Wrong.Lost, [$"the email {id} was not handed over"]);
            }
            else if (count > 1)
            {
                Found(Wrong.Doubled, [$"the email {id} was handed over {count} times"]);
            }

            tally.Count("emails", count);
        }

        // What may have gone out before it stopped being true may be there once; whatever else is there is one too many.
        foreach (var id in ledger.Emails.Allowed.Concat(ledger.AllowedByTime()).Except(owed, StringComparer.Ordinal))
        {
            sent.Remove(NoticeHandover.OperationId(id));
        }

        Found(Wrong.Doubled, sent.Select(operation => $"an email that nothing owes was handed over, {operation}"));
        ledger.Emails.Settle();
    }

    private async Task LookAsMemberAsync(Ledger ledger, int who, DateTimeOffset now)
    {
        var answer = await host.CallAsync(ledger.Members[who].Value, HttpMethod.Get, $"/api/connections/{ledger.Id}");
        var standing = ledger.Life.At(now);
        if (ledger.Life.Invites == 0 || standing == Standing.Blocked)
        {
            Found(Wrong.Untrue, answer?.Problem == "not-found" ? [] : [$"{ledger.Members[who]} sees what is hidden: {answer?.Body}"]);
            return;
        }

        if (answer?.Body is null || answer.Problem is not null)
        {
            Found(Wrong.Lost, [$"{ledger.Members[who]} does not see the connection: {answer?.Body}"]);
            return;
        }

        var seen = (answer["state"].ToString(), (int)answer["unread"], (long)answer["readSeq"], (long)answer["otherReadSeq"], answer["other"]["displayName"]!.ToString(), answer.Body["lastMessage"]?["text"]?.ToString());
        var expected = (standing.ToString().ToLowerInvariant(), ledger.Unread(who), ledger.Read[who], ledger.Read[1 - who], ledger.Names[1 - who], ledger.Messages.LastOrDefault()?.Text);
        Found(Wrong.Untrue, seen == expected ? [] : [$"{ledger.Members[who]} sees {seen}, not {expected}"]);
    }

    private void Found(Wrong wrong, IEnumerable<string> what)
    {
        foreach (var one in what)
        {
            tally.Found(wrong, $"{run}: {one}");
        }
    }
}
