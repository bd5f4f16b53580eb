using System.Text.Json;
using Connections.Chat;
using Connections.Chat.SavedTexts;
using Connections.Creators.Dismissed;
using Connections.Creators.Favourites;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Moderation;
using Connections.Safety;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>The stored data of a pair.</summary>
internal sealed record StoredPair(
    Connection? Connection,
    IReadOnlyList<MessageDocument> Messages,
    IReadOnlyDictionary<MemberId, ContactRow> Rows,
    IReadOnlyDictionary<MemberId, Member> Members,
    IReadOnlyDictionary<MemberId, int> Favourites,
    IReadOnlyDictionary<MemberId, int> Dismissed,
    IReadOnlyDictionary<MemberId, IReadOnlyList<string>> Saved,
    IReadOnlyDictionary<MemberId, IReadOnlyList<Report>> Reports,
    IReadOnlyDictionary<MemberId, IReadOnlyList<AuditEntry>> Acts)
{
    /// <summary>Reads it without faults.</summary>
    public static Task<StoredPair> ReadAsync(FaultHost host, Ledger ledger) => host.LookAsync(services => ReadAsync(services, ledger));

    private static async Task<StoredPair> ReadAsync(IServiceProvider services, Ledger ledger)
    {
        var rows = new Dictionary<MemberId, ContactRow>();
        var favourites = new Dictionary<MemberId, int>();
        var dismissed = new Dictionary<MemberId, int>();
        var saved = new Dictionary<MemberId, IReadOnlyList<string>>();
        var reports = new Dictionary<MemberId, IReadOnlyList<Report>>();
        var acts = new Dictionary<MemberId, IReadOnlyList<AuditEntry>>();
        foreach (var member in ledger.Members)
        {
            if (await services.GetRequiredService<ContactStore>().FindAsync(member, ledger.Id, default) is { } row)
            {
                rows[member] = row;
            }

            favourites[member] = await services.GetRequiredService<FavouriteStore>().AllAsync(member, default).CountAsync();
            dismissed[member] = await services.GetRequiredService<DismissedStore>().AllAsync(member, default).CountAsync();
            saved[member] = [.. (await services.GetRequiredService<SavedTextStore>().FindAsync(member, default)).Select(one => one.Text)];
            reports[member] = await services.GetRequiredService<ReportStore>().ByAsync(member, default).ToListAsync();
            acts[member] = await services.GetRequiredService<AuditStore>().AllAsync(member, default).ToListAsync();
        }

        var messages = services.GetRequiredService<MessageStore>();
        var all = new List<MessageDocument>();
        while (await messages.ForwardFromAsync(ledger.Id, all.Count == 0 ? 0 : all[^1].Seq, 100, default) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return new StoredPair(
            (await services.GetRequiredService<ConnectionStore>().FindAsync(ledger.Id, default))?.Value,
            all,
            rows,
            await services.GetRequiredService<MemberStore>().FindManyAsync(ledger.Members, default),
            favourites,
            dismissed,
            saved,
            reports,
            acts);
    }

    /// <summary>How a connection differs from the model; null if it does not.</summary>
    public static string? Mismatch(LifeModel life, Ledger ledger, Connection? connection, DateTimeOffset now)
    {
        if (connection is null)
        {
            return life.IsRecorded ? "there is no connection" : null;
        }

        var told = (
            connection.StateAt(now).ToString(), connection.InviteNumber, connection.IsBlockedBy(ledger.Members[0]),
            connection.IsBlockedBy(ledger.Members[1]), connection.EndedAt is not null);
        var expected = (life.At(now).ToString(), life.Invites, life.Blocks.First, life.Blocks.Second, life.EndedAt is not null);
        return told == expected ? null : $"the connection is {told}, not {expected}";
    }

    /// <summary>Everything that was promised and is not stored, or is not where members see it.</summary>
    public IEnumerable<string> Lost(Ledger ledger, DateTimeOffset now)
    {
        if (Mismatch(ledger.Life, ledger, Connection, now) is { } mismatch)
        {
            yield return mismatch;
        }

        for (var who = 0; who < 2; who++)
        {
            var (member, other) = (ledger.Members[who], ledger.Members[1 - who]);
            if (Members.GetValueOrDefault(member)?.DisplayName is var name && name != (ledger.IsErased[who] ? "" : ledger.Names[who]))
            {
                yield return $"{member} is called {name}, not {ledger.Names[who]}";
            }

            if (Favourites[member] != ledger.Favourites[who])
            {
                yield return $"{member} has {Favourites[member]} favourites, not {ledger.Favourites[who]}";
            }

            if (Dismissed[member] != (ledger.HasPutAway[who] ? 1 : 0))
            {
                yield return $"{member} has put away {Dismissed[member]} creators, not {ledger.HasPutAway[who]}";
            }

            if (!Saved[member].SequenceEqual(ledger.Saved[who]))
            {
                yield return $"{member} has saved {string.Join(", ", Saved[member])}, not {string.Join(", ", ledger.Saved[who])}";
            }

            if (ledger.Life.At(now) == PairState.Connected && FlagsOf(member) is var flags && ledger.Inbox[who] is var inbox
                && flags != (inbox with { Archived = inbox.Archived ?? flags.Archived }))
            {
                yield return $"the inbox of {member} has {flags}, not {inbox}";
            }

            if (Reports[member].Count < ledger.Reports[who] || Reports[member].Any(report => report.MailedAt is null))
            {
                yield return $"{member} made {ledger.Reports[who]} reports, not {string.Join(", ", Reports[member])}";
            }

            if (Acts[member].Count < ledger.Acts[who])
            {
                yield return $"there were {ledger.Acts[who]} acts about {member}, and the trail has {string.Join(", ", Acts[member])}";
            }

            var standing = Members.GetValueOrDefault(member)?.Standing;
            if (standing?.SuspensionAt(now) is not null != ledger.IsSuspended[who])
            {
                yield return $"{member} is {(ledger.IsSuspended[who] ? "not " : "")}suspended: {standing}";
            }

            if (Connection is { } connection)
            {
                if (Rows.GetValueOrDefault(member) is { } row && row.ReadMark.Seq != ledger.Read[who])
                {
                    yield return $"{member} has read to {row.ReadMark.Seq}, not {ledger.Read[who]}";
                }

                foreach (var wrong in RowOf(connection, member, other))
                {
                    yield return wrong;
                }
            }
        }

        foreach (var sent in ledger.Messages)
        {
            var found = Messages.Where(message => message.ClientId == sent.ClientId).ToList();
            if (found is not [var one, ..] || one.Seq != sent.Seq || one.Text != sent.Text || (one.Deleted ?? false) != sent.IsDeleted
                || (!sent.IsDeleted && !(one.Files ?? []).Select(file => file.Id).SequenceEqual(sent.Files))
                || one.ReplyTo != sent.ReplyTo
                || (one.ReactionOf(ledger.Members[0]), one.ReactionOf(ledger.Members[1])) != sent.Reactions)
            {
                yield return $"the message {sent} is {found.FirstOrDefault()}";
            }
        }
    }

    /// <summary>Everything that is stored more often than a caller asked for.</summary>
    public IEnumerable<string> Duplicated(Ledger ledger) =>
        from message in Messages
        where !ledger.Messages.Exists(sent => sent.ClientId == message.ClientId && sent.Seq == message.Seq)
        select $"message {message.Seq}, '{message.Text}', is stored once too often";

    /// <summary>Every report, and every act of a moderator, that is stored more often than it was made.</summary>
    public IEnumerable<string> Repeated(Ledger ledger) =>
        from who in Enumerable.Range(0, 2)
        let member = ledger.Members[who]
        let standing = Members.GetValueOrDefault(member)?.Standing
        let stored = (Reports: Reports[member].Count, Trail: Acts[member].Count, Acts: standing?.Count ?? 0)
        where stored.Reports > ledger.Reports[who] || stored.Trail > ledger.Acts[who] || stored.Acts > ledger.Acts[who]
        select $"{member} made {ledger.Reports[who]} reports, {ledger.Acts[who]} acts were about them, and {stored} are stored";

    /// <summary>The emails about the acts of moderators.</summary>
    public IEnumerable<string> Statements(MemberId member) => Acts[member].Select(act => $"statement.{act.Id}");

    /// <summary>Every document that still owes a notice or an update.</summary>
    public IEnumerable<string> Owing() =>
        from owed in new[] { Connection?.OwedSince }
            .Concat(Members.Values.SelectMany(member => new[] { member.OwedSince, member.EmailOwedSince, member.Standing?.OwedSince }))
            .Concat(Members.Values.SelectMany(member => member.Standing?.Acts ?? []).Select(act => (DateTimeOffset?)act.At))
            .Concat(Reports.Values.SelectMany(reports => reports).Select(report =>
                report.OwedSince ?? (report.ToldAt is null ? report.Decision?.At : null)))
        where owed is not null
        select $"something is owed since {owed}";

    private InboxFlags FlagsOf(MemberId member)
    {
        var row = Rows.GetValueOrDefault(member);
        return new InboxFlags(row?.Archived ?? false, row?.Pinned ?? false, row?.Muted ?? false, row?.MarkedUnread ?? false);
    }

    private IEnumerable<string> RowOf(Connection connection, MemberId member, MemberId other)
    {
        if (!Rows.TryGetValue(member, out var row))
        {
            yield return $"{member} has no contact row";
            yield break;
        }

        if (row.Pair != PairView.Of(connection, member))
        {
            yield return $"the contact row of {member} says {row.Pair}, the connection {PairView.Of(connection, member)}";
        }

        var chat = Messages is [.., var last] ? last.ViewFor(member) : null;
        if (chat is not null && connection.SealedSeq > 0)
        {
            // Sealing hides the text of either author in the row, and changes nothing else of it.
            chat = chat with
            {
                Last = chat.Last with { Text = "", Deleted = true, Files = null },
                Revision = row.Chat?.Revision ?? 0,
                ClientId = row.Chat?.ClientId,
                EditedAt = row.Chat?.EditedAt,
                ChangedAt = row.Chat?.ChangedAt,
                ReplyTo = row.Chat?.ReplyTo,
            };
        }

        // A row may miss the last messages before they were sealed: neither side sees any of them.
        var isSealedBehind = connection.SealedSeq > 0 && row.Chat is { Last: { Text: "", Deleted: true } sealedLast }
            && sealedLast.Seq < chat?.Last.Seq;
        if (row.Chat != chat && !isSealedBehind)
        {
            yield return $"the contact row of {member} shows {row.Chat}, not {chat}";
        }

        var (shown, card) = (
            Text(row.Other),
            Text(connection.HasLeft(member) ? Card.Unseen(other) : Card.OfOrFormer(Members.GetValueOrDefault(other), other)));
        // An ended connection keeps the card that the member saw last.
        var keepsCard =
            Members.GetValueOrDefault(other)?.ErasedAt is null ? !row.Pair.IsTied : row.Pair.Hidden == true && row.OtherVersion < 0;
        if (shown != card && !keepsCard)
        {
            yield return $"the contact row of {member} shows the card {shown}, not {card}";
        }
    }

    private static string Text(Card card) => JsonSerializer.Serialize(card, Json.Options);
}
