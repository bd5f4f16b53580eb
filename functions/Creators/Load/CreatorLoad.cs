using System.Runtime.CompilerServices;
using System.Text.Json;
using Connections.Http;
using Connections.Members;

namespace Connections.Creators.Load;

/// <summary>Loads creators in bulk: creates or replaces their profiles by the rules of a member's own change.</summary>
public sealed partial class CreatorLoad(MemberStore members, LoadSettings settings, TimeProvider time, ILogger<CreatorLoad> log)
{
    private const int MaxParallel = 8;

    private const string WholeRow = "row";

    /// <summary>Loads rows in parallel and returns the rejected ones in their order. One or two requests per row.</summary>
    public async IAsyncEnumerable<RejectedRow> RunAsync(IReadOnlyList<NdjsonLine> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        var firstLines = new Dictionary<MemberId, int>();
        var running = new Queue<Task<RejectedRow?>>();
        foreach (var line in lines)
        {
            if (running.Count == MaxParallel && await running.Dequeue() is { } rejected)
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

    private async Task<RejectedRow?> LoadAsync(NdjsonLine line, Dictionary<MemberId, int> firstLines, CancellationToken ct)
    {
        if (line.Bytes.Length > LoadSettings.MaxRow)
        {
            return Rejection(
                line,
                null,
                WholeRow,
                FieldCode.TooLong,
                $"The row has {line.Bytes.Length} bytes; at most {LoadSettings.MaxRow} are allowed.");
        }

        if (!RequestBody.Parse<CreatorRow>(line.Bytes.Span, "The row").TryGet(out var row, out var error))
        {
            return RejectedRow.Of(line, IdOf(line), Faults(error));
        }

        if (!MemberId.TryParse(row.Id, out var id))
        {
            return Rejection(line, row.Id, "id", FieldCode.BadForm, $"The id must be {MemberId.Form}.");
        }

        // Two rows for one creator would race, and either could win.
        return firstLines.TryAdd(id, line.Number)
            ? await StoreAsync(line, row, id, ct)
            : Rejection(line, row.Id, "id", FieldCode.Duplicate, $"Line {firstLines[id]} has a row with this id already.");
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
                        const string Erased = "This member erased their profile. Only they can make a new one.";
                        return (Rejection(line, row.Id, "id", FieldCode.Conflict, Erased), null);
                    }

                    return !Apply(row, id, known).TryGet(out var loaded, out var error)
                        ? (RejectedRow.Of(line, row.Id, Faults(error)), null)
                        : (null, known is not null && IsSame(loaded, known) ? null : loaded);
                },
                ct);
            return rejected;
        }
#pragma warning disable CA1031 // The answer has started, so the row's line reports the failure, and the other rows continue.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(e, line.Number);
        }

        return Rejection(
            line, row.Id, WholeRow, FieldCode.Unavailable, "The row could not be stored just now. It is safe to send it again.");
    }

    /// <summary>The loaded member, or all errors in the row.</summary>
    private Result<Member> Apply(CreatorRow row, MemberId id, Member? known)
    {
        var now = time.Now();
        var email = EmailAddress.Find(row.Email);
        var applied = ProfileRules.Apply(
            (known ?? NewMember.Loaded(id, now)) with { Email = known?.Email ?? email },
            row with { Kind = row.Kind ?? "creator" },
            now,
            PlatformSource.Import);
        List<FieldError> errors = applied.Error is { } error ? [.. Faults(error)] : [];
        if (row.Kind == "brand")
        {
            errors.RemoveAll(fault => fault.Field == "kind");
            errors.Add(new FieldError("kind", FieldCode.UnknownValue, "The kind must be creator, or left out."));
        }

        if (email is null && VisibleText.IsVisible(row.Email))
        {
            errors.Add(new FieldError(
                "email",
                FieldCode.BadForm,
                "The email must be an address that email can be sent to, such as name@example.com, with only a to z, digits, single dots "
                    + "and !#$%&'*+-/=?^_`{|}~ before the @."));
        }

        if (Uri.TryCreate(row.AvatarUrl, UriKind.Absolute, out var picture) && row.AvatarUrl != known?.AvatarUrl && !IsShown(picture)
            && !errors.Exists(fault => fault.Field == "avatarUrl"))
        {
            errors.Add(new FieldError(
                "avatarUrl",
                FieldCode.BadAddress,
                "Clients do not load pictures of this host. The setting Load__AvatarHosts names the hosts that they do."));
        }

        return errors.Count == 0 ? applied : new InvalidInput(errors);
    }

    // On another port it is another origin.
    private bool IsShown(Uri picture) => picture.IsDefaultPort && settings.AvatarHosts.Contains(picture.IdnHost);

    // Equal profiles have equal derived fields, so a repeated load writes nothing.
    private static bool IsSame(Member one, Member other) => JsonSerializer.SerializeToUtf8Bytes(one, Json.Options).AsSpan().SequenceEqual(
        JsonSerializer.SerializeToUtf8Bytes(other, Json.Options));

    private static IReadOnlyList<FieldError> Faults(Error error) => error switch
    {
        { Faults: { } faults } => faults,
        KindIsSet => [new FieldError("kind", FieldCode.Conflict, error.Detail)],
        _ => [new FieldError(WholeRow, FieldCode.BadForm, error.Detail)],
    };

    private static RejectedRow Rejection(NdjsonLine line, string? id, string field, string code, string detail) =>
        RejectedRow.Of(line, id, [new FieldError(field, code, detail)]);

    /// <summary>The id of a row with an error in another field; null if it cannot be read.</summary>
    private static string? IdOf(NdjsonLine line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.Bytes);
            return document.RootElement is { ValueKind: JsonValueKind.Object } row
                && row.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                    ? id.GetString()
                    : null;
        }
        // Malformed JSON, or a lone surrogate in the id.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The row in line {Line} of a load could not be stored")]
    private partial void LogFailed(Exception exception, int line);
}

/// <summary>A row of a load as sent: a member id and a profile.</summary>
public sealed record CreatorRow : ProfileChange
{
    /// <summary>The id with which the creator signs in.</summary>
    public string? Id { get; init; }

    /// <summary>The address for notices. It is used for a member without one, and never replaces an existing one.</summary>
    public string? Email { get; init; }
}

/// <summary>A line of the answer: a rejected row.</summary>
/// <param name="Line">The row's line number in the body, from 1.</param>
/// <param name="Id">The row's id, if it could be read.</param>
/// <param name="Errors">The sentences by field; <c>row</c> has those about the whole row.</param>
/// <param name="Fields">The same with codes.</param>
public sealed record RejectedRow(
    int Line, string? Id, IReadOnlyDictionary<string, string[]> Errors, IReadOnlyList<FieldError> Fields)
{
    /// <summary>The rejection of a line.</summary>
    public static RejectedRow Of(NdjsonLine line, string? id, IReadOnlyList<FieldError> faults) =>
        new(line.Number, id, new InvalidInput(faults).Fields!, faults);
}
