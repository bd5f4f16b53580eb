using Connections.Chat;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members.Standing;

namespace Connections.Changes;

/// <summary>A page of what changed.</summary>
/// <param name="Value">The connections that changed.</param>
/// <param name="Next">The token for next time.</param>
/// <param name="HasMore">Whether more has changed by now.</param>
public sealed record FoundChanges(IReadOnlyList<ContactChange> Value, ChangesToken Next, bool HasMore);

/// <summary>Reads what changed for a member: from their own rows, and from the messages of those whose row does not say enough.</summary>
/// <remarks>
/// A row is written whenever its member sees something change: the state, the card, the last message, a read mark; and when a message that
/// is not the last one is edited or deleted. So the rows written since the token are all there is to look at, and a call with nothing new
/// is one request.
/// <para>
/// A pending invite of a suspended member is left out, as in the lists. The token holds it back and delivers it when the suspension has
/// ended.
/// </para>
/// </remarks>
public sealed class ChangeReader(
    ContactStore contacts, MessageStore messages, Quotes quotes, Suspensions suspensions, TimeProvider time)
{
    /// <summary>The most messages of one connection. Where more changed, an app reads the conversation.</summary>
    public const int MaxMessages = 100;

    // A page ends early when it has so many, because messages are long.
    private const int EnoughMessages = 200;

    private const int Parallelism = 8;

    private const int MaxInvites = 100;

    // A token with nothing new stays the same for so long, so that an answer's ETag does.
    private static readonly TimeSpan SameFor = TimeSpan.FromDays(1);

    // Pages are followed at once. Later, their token only says what is known.
    private static readonly TimeSpan PagesFor = TimeSpan.FromMinutes(10);

    // A row shows a message after the message was stored: at once, or it says that it was late. With differing clocks.
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A token for now. One request; while some member is suspended another one, for the caller's invites that the lists leave out.
    /// </summary>
    public async Task<ChangesToken> BeginAsync(MemberId member, CancellationToken ct)
    {
        var suspended = await suspensions.NowAsync(ct);
        var reading = suspended.Count == 0 ? Task.FromResult<IReadOnlyList<ContactRow>>([])
            : contacts.InvitesAsync(member, Direction.Received, ConnectionState.Pending, after: null, MaxInvites, ct);
        var token = ChangesToken.Of(time.Now(), await contacts.UnreadAsync(member, ct));
        return token.Holding((await reading).Where(row => !row.IsOpenTo(suspended)).Select(row => row.Id));
    }

    /// <summary>
    /// The next page of what changed since a token. One request; where something changed one more for the unread total, and one for each
    /// conversation of which more than the last message changed; one more where the token holds invites back.
    /// </summary>
    public async Task<FoundChanges> ReadAsync(MemberId member, ChangesToken since, int limit, CancellationToken ct)
    {
        var now = time.Now();
        var (after, asked) = since.Page is { } page && now - since.IssuedAt < PagesFor ? (page, since.IssuedAt) : (since.After, now);
        var known = since.Known.ToHashSet();
        var count = limit + 1 + known.Count;
        var suspended = await suspensions.NowAsync(ct);
        var holding = contacts.FindAllAsync(member, since.Held, ct);
        var rows = await contacts.WrittenAsync(member, after, count, ct);
        var held = (await holding).Where(row => row.Pair.State == ConnectionState.Pending).ToLookup(row => row.IsOpenTo(suspended));
        var isNew = rows.Select(row => !known.Contains(ChangesToken.HashOf(row))).ToList();
        if (!isNew.Contains(true) && held[false].Count() == since.Held.Count && rows.Count < count
            && now - since.IssuedAt < SameFor && since.Page is null
            && Remember(since, rows, asked, isWhole: true) is var same
            && same.After == since.After && same.Known.SequenceEqual(since.Known))
        {
            return new FoundChanges([], since, HasMore: false);
        }

        var isOpen = rows.Select(row => row.Row.IsOpenTo(suspended)).ToList();
        var (value, read) = await ReadAsync(rows, [.. isNew.Zip(isOpen, (one, other) => one && other)], since.From, limit, ct);
        // A page of rows that are left out ends before the rows do.
        var hasMore = read < rows.Count || rows.Count == count;
        // What is open again comes on the last page, as far as there is room; the rest the next time.
        var shown = value.Select(change => change.Contact.Id).ToHashSet(StringComparer.Ordinal);
        var opened = hasMore ? [] : held[true].Where(row => !shown.Contains(row.Id)).Take(limit - value.Count).ToList();
        value.AddRange(await Task.WhenAll(opened.Select(row => ReadAsync(row, since.From, ct))));
        shown.UnionWith(opened.Select(row => row.Id));
        var stillHeld = rows.Zip(isOpen).Take(read).Where(row => !row.Second).Select(row => row.First.Row.Id)
            .Concat(held.SelectMany(rows => rows).Select(row => row.Id)).Distinct(StringComparer.Ordinal).Where(id => !shown.Contains(id));
        var unread = value.Count > 0 ? await contacts.UnreadAsync(member, ct) : since.Unread;
        var next = (Remember(since, [.. rows.Take(read)], asked, isWhole: !hasMore && after == since.After) with
        {
            IssuedAt = asked,
            Unread = unread,
        }).Holding(stillHeld);
        return hasMore
            ? new FoundChanges(value, next with { Page = rows[read - 1].Position }, HasMore: true)
            : new FoundChanges(value, next with { From = (asked - ChangesToken.Overlap).ToUnixTimeSeconds() }, HasMore: false);
    }

    /// <summary>The connections of the next rows, and how many rows that are, known ones included.</summary>
    private async Task<(List<ContactChange> Value, int Read)> ReadAsync(
        IReadOnlyList<WrittenRow> rows, List<bool> isNew, long from, int limit, CancellationToken ct)
    {
        var (value, read, found) = (new List<ContactChange>(), 0, 0);
        while (read < rows.Count && value.Count < limit && found < EnoughMessages)
        {
            var chunk = rows.Skip(read).Zip(isNew.Skip(read)).Take(Math.Min(Parallelism, limit - value.Count)).ToList();
            var changes = await Task.WhenAll(chunk.Where(row => row.Second).Select(row => ReadAsync(row.First.Row, from, ct)));
            value.AddRange(changes);
            read += chunk.Count;
            found += changes.Sum(change => change.Messages.Count);
        }

        // Known rows at the end belong to this page, so that it is the last one if they are.
        while (read < rows.Count && !isNew[read])
        {
            read++;
        }

        return (value, read);
    }

    private async Task<ContactChange> ReadAsync(ContactRow row, long from, CancellationToken ct)
    {
        var (shown, hasMore) = await MessagesAsync(row, DateTimeOffset.FromUnixTimeSeconds(from) - Behind, ct);
        return new ContactChange
        {
            Contact = Contact.Of(row, time.Now()),
            Messages = hasMore ? [] : shown,
            HasMore = hasMore ? true : null,
            ErasedSeq = row.Pair.SealedSeq,
        };
    }

    private async Task<(IReadOnlyList<Message> Messages, bool HasMore)> MessagesAsync(
        ContactRow row, DateTimeOffset from, CancellationToken ct)
    {
        var sealedSeq = row.Pair.SealedSeq ?? 0;
        if (row.Pair.Hidden == true || row.Chat is not { } chat || chat.Last.Seq <= sealedSeq)
        {
            return ([], false);
        }

        // What changed before the block was not shown, and how long ago that was nobody knows.
        if (row.Pair.SeenAgainAt >= from)
        {
            return ([], true);
        }

        var late = row.Late.Where(mark => mark.At >= from).Select(mark => (DateTimeOffset?)(mark.From - Behind)).Min();
        if (late is null && !(row.ChangedAt >= from))
        {
            if (chat.Last.SentAt < from)
            {
                return ([], false);
            }

            // A row has no more of files than their number, and of a quote than its number.
            if (chat is { ClientId: not null, Last.Files: null, ReplyTo: null }
                && (chat.Last.Seq == sealedSeq + 1 || chat.PreviousAt < from))
            {
                var last = chat.Last;
                // The viewer has sent all that they have not received.
                var fromCount = last.From == row.MemberId ? last.Seq - chat.Received : chat.Received;
                var shown = new Message(
                    row.Id,
                    last.Seq,
                    chat.ClientId,
                    last.From,
                    last.Text,
                    last.SentAt,
                    chat.EditedAt,
                    last.Deleted,
                    Revision: chat.Revision > 0 ? chat.Revision : null,
                    Early: Message.IsEarly(fromCount));
                return ([shown], false);
            }
        }

        var changed = await messages.WrittenSinceAsync(row.Id, late < from ? late.Value : from, sealedSeq, MaxMessages + 1, ct);
        return changed.Count > MaxMessages
            ? ([], true)
            : (await quotes.ShowAsync(row.Id, [.. changed.OrderBy(message => message.Seq)], row.MemberId, ct), false);
    }

    /// <summary>The token after these rows: those that are older than the overlap move the position, the others are remembered.</summary>
    /// <param name="isWhole">
    /// Whether the rows are all there are after the position, so that remembered rows that are not among them have changed.
    /// </param>
    private static ChangesToken Remember(ChangesToken since, IReadOnlyList<WrittenRow> rows, DateTimeOffset asked, bool isWhole)
    {
        var horizon = (asked - ChangesToken.Overlap).ToUnixTimeSeconds();
        var recent = rows.Where(row => row.At > horizon).Select(ChangesToken.HashOf);
        var hashes = rows.Select(ChangesToken.HashOf).ToHashSet();
        var elsewhere = isWhole ? [] : since.Known.Where(hash => !hashes.Contains(hash));
        return since with
        {
            After = rows.LastOrDefault(row => row.At <= horizon)?.Position ?? since.After,
            Page = null,
            Known = [.. elsewhere.Concat(recent).TakeLast(ChangesToken.MaxKnown)],
        };
    }
}
