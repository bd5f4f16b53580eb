using System.Net;
using Connections.Chat;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>How the clients call, and how the rig reads stored data.</summary>
internal sealed partial class Pair
{
    private string Path => $"/api/connections/{ledger.Id}";

    /// <summary>The stored record of the pair.</summary>
    private Task<Connection?> RecordAsync() =>
        host.LookAsync(async services => (await services.GetRequiredService<ConnectionStore>().FindAsync(ledger.Id, default))?.Value);

    /// <summary>How far a member has read, by their row.</summary>
    private Task<long> ReadMarkAsync(int who) => host.LookAsync(async services =>
        (await services.GetRequiredService<ContactStore>().FindAsync(ledger.Members[who], ledger.Id, default))?.ReadMark.Seq ?? 0);

    private Task<Member?> MemberAsync(int who) =>
        host.LookAsync(async services => (await services.GetRequiredService<MemberStore>().FindAsync(ledger.Members[who], default))?.Value);

    private Task<MessageDocument?> StoredAsync(Func<MessageStore, Task<MessageDocument?>> find) =>
        host.LookAsync(services => find(services.GetRequiredService<MessageStore>()));

    /// <summary>Calls until the answer is not 503, which promises that the caller may repeat the call.</summary>
    /// <returns>The answer; null if the caller gave up first.</returns>
    private Task<Answer?> TryAsync(int? who, HttpMethod method, string path, object? body = null) =>
        TryAsync(who is { } caller ? ledger.Members[caller].Value : null, method, path, body);

    private async Task<Answer?> TryAsync(string? caller, HttpMethod method, string path, object? body, params string[] roles)
    {
        report.Count("calls");
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var answer = await host.CallAsync(caller, method, path, body, roles);
            if (answer is null)
            {
                report.Count("calls without an answer");
                await host.BackAsync();
            }
            else if (answer.Status == HttpStatusCode.InternalServerError)
            {
                report.Add(Violation.Incorrect, $"{ledger.Id}: {method} {path} was answered 500: {host.LastFailure}");
                return null;
            }
            else if (answer.Status != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }
            else
            {
                report.Count("answers 503");
                Check(
                    answer is { Problem: "unavailable", Headers.RetryAfter: not null } ? null : "503 without saying when to try again",
                    $"{method} {path}");
            }

            if (random.NextDouble() < GivesUp)
            {
                report.Count("calls given up");
                return null;
            }
        }

        report.Add(Violation.Stuck, $"{ledger.Id}: {method} {path} was not answered in {MaxTries} tries");
        return null;
    }

    /// <summary>Checks that a caller reads their own write right after the answer.</summary>
    private async Task CheckOwnViewAsync(int who, string what, Func<Answer, bool> isThere)
    {
        // Not always, because this call too can meet a fault.
        if (random.Next(3) == 0 && await TryAsync(who, HttpMethod.Get, Path) is { } seen)
        {
            Check(isThere(seen) ? null : $"without their own write: {seen.Body?.ToJsonString()}", $"{who} look after {what}");
        }
    }

    private bool ShowsState(int who, Answer seen) => ledger.SeenBy(who, Now) is { } state
        ? string.Equals(seen.Body?["state"]?.ToString(), state.ToString(), StringComparison.OrdinalIgnoreCase)
        : seen.Problem == "not-found";

    private static bool Shows(SentMessage sent, Answer seen) => seen.Body?["lastMessage"] is { } last
        && ((long)last["seq"]! > sent.Seq || ((long)last["seq"]! == sent.Seq && last["text"]!.ToString() == sent.Text));

    /// <summary>Whether a change without an answer took effect.</summary>
    private async Task<bool> WasDoneAsync(LifeModel after)
    {
        var record = await RecordAsync();
        var isDone = StoredPair.Mismatch(after, ledger, record, Now) is null;
        if (!isDone && StoredPair.Mismatch(ledger.Life, ledger, record, Now) is { } neither)
        {
            report.Add(
                Violation.Incorrect, $"{ledger.Id}: a call without an answer left neither what was nor what was asked for: {neither}");
        }

        return isDone;
    }

    /// <summary>Whether a call to the conversation was accepted; checks that a refusal is correct.</summary>
    private bool IsAccepted(Answer? answer, int who, string what)
    {
        if (answer is null || answer.Problem is null)
        {
            Check(
                answer is null || ledger.Life.At(Now) == PairState.Connected ? null : "answered though the two are not connected",
                $"{who} {what}");
            return true;
        }

        var expected = ledger.Life.At(Now) switch
        {
            PairState.Connected => "no problem",
            PairState.Blocked or PairState.Nothing => "not-found",
            _ => ledger.Life.Invites == 0 ? "not-found" : "not-connected",
        };
        Check(answer.Problem == expected ? null : $"{(int)answer.Status} {answer.Problem}, not {expected}", $"{who} {what}");
        return false;
    }

    private void Check(string? mismatch, string what)
    {
        if (mismatch is not null)
        {
            report.Add(Violation.Incorrect, $"{ledger.Id}: {what} was answered {mismatch}");
        }
    }
}
