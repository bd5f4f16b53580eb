using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connections.Chat;
using Connections.Chat.SavedTexts;
using Connections.Cosmos;
using Connections.Creators.Dismissed;
using Connections.Creators.Favourites;
using Connections.Email.Address;
using Connections.Email.Preferences;
using Connections.Files;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Moderation;
using Connections.Safety;

namespace Connections.Account;

/// <summary>Writes everything stored about a member, except the secret keys of links.</summary>
/// <remarks>
/// It has only what the member may know: the cards of others, and the member's own blocks. Of a pair where one blocks the other it has the
/// messages, and as in every other call nothing about the other member.
/// </remarks>
public sealed class ExportWriter(
    Containers containers,
    FavouriteStore favourites,
    DismissedStore dismissed,
    SavedTextStore saved,
    ContactStore contacts,
    MessageStore messages,
    Quotes quotes,
    FileRecords files,
    BlockStore blocks,
    ReportStore reports,
    AuditStore audit,
    TimeProvider time)
{
    private const int PageSize = PageRequest.MaxLimit;

    /// <summary>Writes the document, a page of each list at a time.</summary>
    public async Task WriteAsync(Member member, PipeWriter to, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        Write(json, "exportedAt", time.Now());
        Write(json, "profile", Profile.Of(member));
        Write(json, "account", new
        {
            member.Email,
            member.EmailConfirmed,
            PendingEmail = PendingEmail.Of(member, time.Now()),
            member.CreatedAt,
            member.ListedAt,
            Answers = member.Answers?.Last.Select(answer => new { answer.At, answer.Within }),
        });
        Write(json, "emailPreferences", EmailPreferences.Of(member));
        Write(json, "privacy", member.Privacy);
        await WriteArrayAsync(
            json,
            to,
            "favourites",
            favourites.AllAsync(member.Id, ct).Select(
                favourite => new { creatorId = favourite.Id, favourite.MarkedAt, favourite.Note, favourite.Lists }),
            ct);
        await WriteArrayAsync(
            json, to, "dismissed", dismissed.AllAsync(member.Id, ct).Select(away => new { away.CreatorId, away.DismissedAt }), ct);
        Write(json, "savedTexts", await saved.FindAsync(member.Id, ct));
        await WriteArrayAsync(
            json, to, "blocks", blocks.AllAsync(member.Id, ct).Select(block => new { memberId = block.Id, block.BlockedAt }), ct);
        await WriteArrayAsync(json, to, "files", files.AllAsync(FilePath.FolderOf(member.Id), ct).Select(ExportedFile.Of), ct);
        await WriteArrayAsync(json, to, "reports", ReportsAsync(member.Id, ct), ct);
        await WriteArrayAsync(json, to, "decisions", DecisionsAsync(member, ct), ct);
        await WriteArrayAsync(json, to, "limits", LimitsAsync(member.Id, ct), ct);
        json.WriteStartArray("connections");
        await foreach (var row in contacts.RowsAsync(member.Id, ct)
            .Where(row => row.Pair.Former is not true && (row.Pair.Hidden is not true || row.Chat is not null)))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            if (row.Pair is { Hidden: null, Blocked: null })
            {
                Write(json, "contact", Contact.Of(row, time.Now()));
            }

            await WriteArrayAsync(json, to, "messages", MessagesAsync(row, ct), ct);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await FlushAsync(json, to, ct);
    }

    /// <summary>The reports that the member made, and none about the member.</summary>
    private IAsyncEnumerable<SentReport> ReportsAsync(MemberId member, CancellationToken ct) =>
        reports.ByAsync(member, ct).Select(SentReport.Of);

    /// <summary>What moderators decided about the member, as the member was told: neither who decided nor what was dismissed.</summary>
    private IAsyncEnumerable<ExportedDecision> DecisionsAsync(Member member, CancellationToken ct) => audit.AllAsync(member.Id, ct)
        .Where(entry => entry is not ({ What: AuditedKind.MessageSeen } or { Decision: DecisionKind.Dismiss })
            && !member.HasErased(entry.At))
        .OrderBy(entry => entry.At)
        .Select(entry => new ExportedDecision(entry.What, entry.Decision, entry.Reason, entry.Statement, entry.Until, entry.At));

    /// <summary>
    /// The member's counters of limits, which are in the same container as the contact rows. Without what became of the invites: it would
    /// tell who blocked or reported the member.
    /// </summary>
    private IAsyncEnumerable<Dictionary<string, JsonElement>> LimitsAsync(MemberId member, CancellationToken ct) => containers.Contacts
        .ReadPartitionAsync<Dictionary<string, JsonElement>>("SELECT * FROM c WHERE NOT IS_DEFINED(c.pair.state)", member.Value, ct)
        // Properties that the database adds begin with an underscore.
        .Select(counters => counters
            .Where(property => property.Key is not ("memberId" or "conduct") && property.Key[0] != '_').ToDictionary());

    private async IAsyncEnumerable<Message> MessagesAsync(ContactRow row, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<MessageDocument> page;
        for (long after = 0; (page = await messages.ForwardFromAsync(row.Id, after, PageSize, ct)).Count > 0; after = page[^1].Seq)
        {
            // After the other member has erased their profile, the export keeps only the messages that this member wrote.
            var kept = page.Where(
                message => message.Seq > (row.Pair.SealedSeq ?? 0) || (message.From == row.MemberId && message.Deleted is not true));
            foreach (var message in await quotes.ShowAsync(row.Id, [.. kept], row.MemberId, ct))
            {
                yield return message;
            }
        }
    }

    private static async Task WriteArrayAsync<T>(
        Utf8JsonWriter json, PipeWriter to, string name, IAsyncEnumerable<T> items, CancellationToken ct)
    {
        json.WriteStartArray(name);
        var written = 0;
        await foreach (var item in items)
        {
            JsonSerializer.Serialize(json, item, Json.Options);
            if (++written % PageSize == 0)
            {
                await FlushAsync(json, to, ct);
            }
        }

        json.WriteEndArray();
        await FlushAsync(json, to, ct);
    }

    private static async Task FlushAsync(Utf8JsonWriter json, PipeWriter to, CancellationToken ct)
    {
        await json.FlushAsync(ct);
        await to.FlushAsync(ct);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Json.Options);
    }

    /// <summary>A file of the member's. GET /api/files/{id} gives a link to its bytes.</summary>
    private sealed record ExportedFile(OwnFile File, string? ConnectionId, DateTimeOffset? SentAt)
    {
        public static ExportedFile Of(FileDocument file) => new(OwnFile.Of(file), file.Sent?.ConnectionId, file.Sent?.At);
    }

    private sealed record ExportedDecision(
        AuditedKind What, DecisionKind? Decision, string? Reason, string? Statement, DateTimeOffset? Until, DateTimeOffset At);
}
