using System.Runtime.CompilerServices;
using System.Text.Json;
using Connections.Http;
using Connections.Members;
using Microsoft.Extensions.Logging;

namespace Connections.Creators.Load;

/// <summary>
/// Loads creators: makes those who are new, replaces the profiles of those who are there, by the rules of a member's own change.
/// </summary>
public sealed partial class CreatorLoad(MemberStore members, TimeProvider time, ILogger<CreatorLoad> log)
{
    private const int AtOnce = 8;

    private const string WholeRow = "row";

    /// <summary>Loads the rows, some at once, and tells which were not loaded, in their order. One or two requests a row.</summary>
    public async IAsyncEnumerable<RejectedRow> RunAsync(IReadOnlyList<NdjsonLine> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var firstLines = new Dictionary<MemberId, int>();
        var running = new Queue<Task<RejectedRow?>>();
        foreach (var line in lines)
        {
            if (running.Count == AtOnce && await running.Dequeue() is { } rejected)
            {
                yield return rejected;
            }

            running.Enqueue(LoadAsync(line, firstLines, ct));
        }

        while (running.TryDequeue(out var last))
        {
            if (await last is { } rejected)
            {
                yield return rejected;
            }
        }
    }

    private Task<RejectedRow?> LoadAsync(NdjsonLine line, Dictionary<MemberId, int> firstLines, CancellationToken ct)
    {
        if (line.Bytes.Length > LoadSettings.MaxRow)
        {
            return Rejected(line, null, WholeRow, $"Has {line.Bytes.Length} bytes; at most {LoadSettings.MaxRow} are allowed.");
        }

        if (!RequestBody.Parse<CreatorRow>(line.Bytes.Span, "The row").TryGet(out var row, out var error))
        {
            return Task.FromResult<RejectedRow?>(new RejectedRow(line.Number, IdOf(line), Errors(error)));
        }

        if (!MemberId.TryParse(row.Id, out var id))
        {
            return Rejected(line, row.Id, "id", $"Must be {MemberId.Form}.");
        }

        // Two rows of one creator would race, and nobody could say which of them stays.
        return firstLines.TryAdd(id, line.Number)
            ? StoreAsync(line, row, id, ct)
            : Rejected(line, row.Id, "id", $"Is in line {firstLines[id]} already.");
    }

    private async Task<RejectedRow?> StoreAsync(NdjsonLine line, CreatorRow row, MemberId id, CancellationToken ct)
    {
        try
        {
            var (rejected, _) = await members.ChangeAsync<RejectedRow?>(
                id,
                known =>
                {
                    if (known?.ErasedAt is not null)
                    {
                        return (Rejection(line, row.Id, "id", "Is a member's who erased their profile. Only they can make a new one."), null);
                    }

                    return !Apply(row, id, known).TryGet(out var loaded, out var error)
                        ? (new RejectedRow(line.Number, row.Id, Errors(error)), null)
                        : (null, known is not null && IsSame(loaded, known) ? null : loaded);
                },
                ct);
            return rejected;
        }
#pragma warning disable CA1031 // The answer has begun, so the row's own line is where this is told; the other rows go on.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(e, line.Number);
        }

        return Rejection(line, row.Id, WholeRow, "Could not be stored just now. Send it again: that is safe.");
    }

    /// <summary>The member as loaded, or all that is wrong with the row.</summary>
    private Result<Member> Apply(CreatorRow row, MemberId id, Member? known)
    {
        var now = time.Now();
        var email = EmailAddress.Find(row.Email);
        var applied = ProfileRules.Apply((known ?? NewMember.Loaded(id, now)) with { Email = known?.Email ?? email }, row with { Kind = row.Kind ?? "creator" }, now);
        var errors = applied.Error is { } error ? new Dictionary<string, string[]>(Errors(error), StringComparer.Ordinal) : [];
        if (row.Kind == "brand")
        {
            errors["kind"] = ["Must be creator, or left out."];
        }

        if (email is null && VisibleText.IsVisible(row.Email))
        {
            errors["email"] = ["Must be an address that email can be sent to, such as name@example.com, with only a to z, digits, single dots and !#$%&'*+-/=?^_`{|}~ before the @."];
        }

        return errors.Count == 0 ? applied : new InvalidInput(errors);
    }

    // What is derived from the profile is the same when the profile is, so a repeated load writes nothing.
    private static bool IsSame(Member one, Member other) => JsonSerializer.SerializeToUtf8Bytes(one, Json.Options).AsSpan().SequenceEqual(
        JsonSerializer.SerializeToUtf8Bytes(other, Json.Options));

    private static IReadOnlyDictionary<string, string[]> Errors(Error error) => error.Fields
        ?? new Dictionary<string, string[]>(StringComparer.Ordinal) { [error is KindIsSet ? "kind" : WholeRow] = [error.Detail] };

    private static Task<RejectedRow?> Rejected(NdjsonLine line, string? id, string field, string error) =>
        Task.FromResult<RejectedRow?>(Rejection(line, id, field, error));

    private static RejectedRow Rejection(NdjsonLine line, string? id, string field, string error) =>
        new(line.Number, id, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });

    /// <summary>The id of a row of which another field is wrong; null where there is none to be read.</summary>
    private static string? IdOf(NdjsonLine line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.Bytes);
            return document.RootElement is { ValueKind: JsonValueKind.Object } row && row.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        // Half a character, which cannot be told back.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The row in line {Line} of a load could not be stored")]
    private partial void LogFailed(Exception exception, int line);
}
