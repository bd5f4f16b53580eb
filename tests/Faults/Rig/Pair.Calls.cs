using System.Net;
using Connections.Chat;
using Connections.Invites;
using Connections.Members;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>How the two call, and what the rig sees that they do not.</summary>
internal sealed partial class Pair
{
    private string Path => $"/api/connections/{ledger.Id}";

    /// <summary>The pair's record, as it is stored.</summary>
    private Task<Connection?> RecordAsync() =>
        host.LookAsync(async services => (await services.GetRequiredService<ConnectionStore>().FindAsync(ledger.Id, default))?.Value);

    private Task<Member?> MemberAsync(int who) =>
        host.LookAsync(async services => (await services.GetRequiredService<MemberStore>().FindAsync(ledger.Members[who], default))?.Value);

    private Task<MessageDocument?> StoredAsync(Func<MessageStore, Task<MessageDocument?>> find) =>
        host.LookAsync(services => find(services.GetRequiredService<MessageStore>()));

    /// <summary>Calls until there is an answer that is not 503, which promises that the same call can be sent again.</summary>
    /// <returns>The answer; null where the caller gave up without one.</returns>
    private async Task<Answer?> TryAsync(int? who, HttpMethod method, string path, object? body = null)
    {
        tally.Count("calls");
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var answer = await host.CallAsync(who is { } caller ? ledger.Members[caller].Value : null, method, path, body);
            if (answer is null)
            {
                tally.Count("calls without an answer");
                await host.BackAsync();
            }
            else if (answer.Status == HttpStatusCode.InternalServerError)
            {
                tally.Found(Wrong.Untrue, $"{ledger.Id}: {method} {path} was answered 500: {host.LastFailure}");
                return null;
            }
            else if (answer.Status != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }
            else
            {
                tally.Count("answers 503");
                Check(answer is { Problem: "unavailable", Headers.RetryAfter: not null } ? null : "503 without saying when to try again", $"{method} {path}");
            }

            if (chance.NextDouble() < GivesUp)
            {
                tally.Count("calls given up");
                return null;
            }
        }

        tally.Found(Wrong.Stuck, $"{ledger.Id}: {method} {path} was not answered in {MaxTries} tries");
        return null;
    }

    /// <summary>Whoever was just answered reads their own write, whatever has not reached anybody else yet.</summary>
    private async Task SeeOwnAsync(int who, string what, Func<Answer, bool> isThere)
    {
        // Not every time: it is a call like any other, with faults of its own.
        if (chance.Next(3) == 0 && await TryAsync(who, HttpMethod.Get, Path) is { } seen)
        {
            Check(isThere(seen) ? null : $"without their own write: {seen.Body?.ToJsonString()}", $"{who} look after {what}");
        }
    }

    private bool ShowsStanding(Answer seen)
    {
        var standing = ledger.Life.At(Now);
        return ledger.Life.Invites == 0 || standing == Standing.Blocked
            ? seen.Problem == "not-found"
            : string.Equals(seen.Body?["state"]?.ToString(), standing.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static bool Shows(Said said, Answer seen) => seen.Body?["lastMessage"] is { } last
        && ((long)last["seq"]! > said.Seq || ((long)last["seq"]! == said.Seq && last["text"]!.ToString() == said.Text));

    /// <summary>Whether a change that nobody answered was made after all.</summary>
    private async Task<bool> WasDoneAsync(LifeModel after)
    {
        var record = await RecordAsync();
        var isDone = Truth.Mismatch(after, ledger, record, Now) is null;
        if (!isDone && Truth.Mismatch(ledger.Life, ledger, record, Now) is { } neither)
        {
            tally.Found(Wrong.Untrue, $"{ledger.Id}: a call without an answer left neither what was nor what was asked for: {neither}");
        }

        return isDone;
    }

    /// <summary>Whether an answer to a call of the conversation goes on; refusals are checked here: they must be so.</summary>
    private bool IsTalk(Answer? answer, int who, string what)
    {
        if (answer is null || answer.Problem is null)
        {
            Check(answer is null || ledger.Life.At(Now) == Standing.Connected ? null : "answered though the two are not connected", $"{who} {what}");
            return true;
        }

        var expected = ledger.Life.At(Now) switch
        {
            Standing.Connected => "no problem",
            Standing.Blocked or Standing.Nothing => "not-found",
            _ => ledger.Life.Invites == 0 ? "not-found" : "not-connected",
        };
        Check(answer.Problem == expected ? null : $"{(int)answer.Status} {answer.Problem}, not {expected}", $"{who} {what}");
        return false;
    }

    private void Check(string? mismatch, string what)
    {
        if (mismatch is not null)
        {
            tally.Found(Wrong.Untrue, $"{ledger.Id}: {what} was answered {mismatch}");
        }
    }
}
