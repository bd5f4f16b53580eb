using Connections.Invites;
using Connections.Members;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults.Rig;

/// <summary>A message as its sender knows it.</summary>
internal sealed record SentMessage(string ClientId, int From, long Seq, string Text, bool IsDeleted = false)
{
    /// <summary>The ids of its files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The number of the message that it quotes; null for none.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The reaction of each of the two; null for none.</summary>
    public (string? First, string? Second) Reactions { get; init; }

    /// <summary>With another reaction of one of the two.</summary>
    public SentMessage With(int who, string? reaction) =>
        this with { Reactions = who == 0 ? (reaction, Reactions.Second) : (Reactions.First, reaction) };

    /// <summary>Without all that a deletion takes.</summary>
    public SentMessage Emptied() => this with { Text = "", IsDeleted = true, ReplyTo = null, Reactions = default };
}

/// <summary>How the conversation stands in a member's inbox.</summary>
/// <param name="Archived">Null where a message that they had not seen yet may have brought it back.</param>
internal sealed record InboxFlags(bool? Archived = false, bool Pinned = false, bool Muted = false, bool MarkedUnread = false);

/// <summary>Everything that the product has promised to one pair of members.</summary>
/// <remarks>
/// A call without an answer promises nothing. The rig checks whether the call took effect; if it did, the
/// product owes everything that follows from it.
/// </remarks>
internal sealed class Ledger
{
    private static readonly TimeSpan RemindAfter = TimeSpan.FromDays(7);

    /// <summary>Starts with two members who have profiles and no connection.</summary>
    public Ledger(string first, string second) => Members = [new(first), new(second)];

    /// <summary>The two members.</summary>
    public IReadOnlyList<MemberId> Members { get; }

    /// <summary>The names that others see.</summary>
    public string[] Names { get; } = ["Ada", "Bob"];

    /// <summary>The id of their connection.</summary>
    public string Id => ConnectionId.Of(Members[0], Members[1]);

    /// <summary>The model of their connection.</summary>
    public LifeModel Life { get; private set; } = new();

    /// <summary>Their messages by <c>seq</c>.</summary>
    public List<SentMessage> Messages { get; } = [];

    /// <summary>The read mark of each.</summary>
    public long[] Read { get; } = new long[2];

    /// <summary>The number of favourites of each.</summary>
    public int[] Favourites { get; } = new int[2];

    /// <summary>Whether each has put the other away.</summary>
    public bool[] HasPutAway { get; } = new bool[2];

    /// <summary>How the conversation stands in the inbox of each.</summary>
    public InboxFlags[] Inbox { get; } = [new(), new()];

    /// <summary>The texts that each has saved.</summary>
    public IReadOnlyList<string>[] Saved { get; } = [[], []];

    /// <summary>The file that is the picture of each; null for none.</summary>
    public string?[] Avatars { get; } = new string?[2];

    /// <summary>The copies of files that reports keep.</summary>
    public List<string> Evidence { get; } = [];

    /// <summary>An uploaded file of the first member's, which a preparation leaves for the act.</summary>
    public string File { get; set; } = "";

    /// <summary>Whether one of the two has created a file.</summary>
    public bool HasFiles { get; set; }

    /// <summary>The address that a member asks for.</summary>
    public string NewAddress(int who) => $"{Members[who]}@example.net";

    /// <summary>The number of reports that each made with a link.</summary>
    public int[] Reports { get; } = new int[2];

    /// <summary>The number of acts of moderators about each; every one is in the audit trail and owes an email.</summary>
    public int[] Acts { get; } = new int[2];

    /// <summary>Whether each is suspended.</summary>
    public bool[] IsSuspended { get; } = new bool[2];

    /// <summary>Whether each has erased their profile.</summary>
    public bool[] IsErased { get; } = new bool[2];

    /// <summary>Whether their messages are sealed, because one of the two has erased their profile.</summary>
    public bool IsSealed => IsErased.Contains(true);

    /// <summary>The emails owed to them.</summary>
    public EmailLedger Emails { get; private init; } = new();

    /// <summary>A copy to continue from.</summary>
    public Ledger Copy()
    {
        var copy = new Ledger(Members[0].Value, Members[1].Value) { Life = Life, Emails = Emails.Copy() };
        copy.Messages.AddRange(Messages);
        Names.CopyTo(copy.Names, 0);
        Read.CopyTo(copy.Read, 0);
        Favourites.CopyTo(copy.Favourites, 0);
        HasPutAway.CopyTo(copy.HasPutAway, 0);
        Reports.CopyTo(copy.Reports, 0);
        Acts.CopyTo(copy.Acts, 0);
        IsSuspended.CopyTo(copy.IsSuspended, 0);
        IsErased.CopyTo(copy.IsErased, 0);
        Inbox.CopyTo(copy.Inbox, 0);
        Saved.CopyTo(copy.Saved, 0);
        Avatars.CopyTo(copy.Avatars, 0);
        copy.Evidence.AddRange(Evidence);
        (copy.HasFiles, copy.File) = (HasFiles, File);
        return copy;
    }

    /// <summary>Records an action on the connection.</summary>
    public void Did(LifeAction action, int who, DateTimeOffset now)
    {
        var before = Life;
        (_, Life) = before.Do(action, who, now);
        foreach (var (invite, email) in Life.Emails.Skip(before.Emails.Count).Where(owed => owed.Email != "Reminder"))
        {
            Emails.Owe($"{Id}.{invite}.{email}");
        }

        // An email that becomes obsolete before it goes out is dropped.
        if (before.HasLinks && !Life.HasLinks)
        {
            Emails.Void($"{Id}.{before.Invites}.InviteReceived");
            if (now >= before.ExpiresAt - TimeSpan.FromDays(30) + RemindAfter)
            {
                Emails.Allow($"{Id}.{before.Invites}.Reminder");
            }
        }

        if (before.At(now) != PairState.Connected && Life.At(now) == PairState.Connected)
        {
            // What begins anew is in the inbox.
            for (var side = 0; side < 2; side++)
            {
                Inbox[side] = Inbox[side] with { Archived = false, MarkedUnread = false };
            }
        }

        if (before.At(now) == PairState.Connected && Life.At(now) != PairState.Connected)
        {
            Emails.Void($"{Id}.{before.Invites}.InviteAccepted");
        }
    }

    /// <summary>Records an act of a moderator about a member.</summary>
    public void Acted(int who, bool isSuspended)
    {
        Acts[who]++;
        IsSuspended[who] = isSuspended;
    }

    /// <summary>Whether a member has an invite that cannot be seen while the other is suspended.</summary>
    public bool IsHeldBackFrom(int who, DateTimeOffset now) =>
        IsSuspended[1 - who] && Life.Inviter == 1 - who && Life.At(now) == PairState.Pending;

    /// <summary>
    /// Records that a member erased their profile: no further email goes to them or mentions them, their connection ends, the texts of
    /// their messages are deleted, and no message of the pair is shown or counts as unread.
    /// </summary>
    public void Erased(int who, DateTimeOffset now)
    {
        IsErased[who] = true;
        Names[who] = "Former member";
        Favourites[who] = 0;
        HasPutAway[who] = false;
        Reports[who] = 0;
        Saved[who] = [];
        Avatars[who] = null;
        // Only the other reports what this member sent.
        Evidence.RemoveAll(kept => Messages.Exists(message => message.From == who && message.Files.Any(kept.EndsWith)));
        Emails.VoidAll();
        AllowedByTime().ToList().ForEach(Emails.Allow);
        Array.Fill(Read, Messages.Count);
        for (var i = 0; i < Messages.Count; i++)
        {
            Messages[i] = Messages[i].With(who, null) with { ClientId = $" {Messages[i].Seq}" };
            if (Messages[i].From == who)
            {
                Messages[i] = Messages[i].Emptied();
            }
        }

        Did(LifeAction.Leave, who, now);
    }

    /// <summary>Records that a member has a new message of the other's to read, which brings the conversation back.</summary>
    public void Arrived(int who) => Inbox[who] = Inbox[who] with { Archived = false };

    /// <summary>The state that a member sees; null where the pair is hidden from them. A blocker sees the end of what was there.</summary>
    public PairState? SeenBy(int who, DateTimeOffset now) => Life.At(now) switch
    {
        _ when Life.Invites == 0 => null,
        PairState.Blocked => Life.IsBlockedBy(who) ? PairState.Removed : null,
        var state => state,
    };

    /// <summary>Whether a member can read the messages of the pair.</summary>
    public bool IsReadableBy(int who, DateTimeOffset now) =>
        SeenBy(who, now) is PairState.Connected or PairState.Removed || (SeenBy(who, now) is not null && Life.EndedAt is not null);

    /// <summary>The number of messages that a member has not read, without deleted ones.</summary>
    public int Unread(int who) => Messages.Count(message => message.From != who && message.Seq > Read[who] && !message.IsDeleted);

    /// <summary>The emails that are due by the clock: the reminder, and the digest of unread messages.</summary>
    /// <param name="digestsAreDue">Whether the last message has waited long enough.</param>
    public IEnumerable<string> OwedByTime(DateTimeOffset now, bool digestsAreDue)
    {
        // These emails wait until both may use the product.
        if (IsSuspended.Contains(true))
        {
            yield break;
        }

        if (Life.At(now) == PairState.Pending && now >= Life.ExpiresAt - TimeSpan.FromDays(30) + RemindAfter)
        {
            yield return $"{Id}.{Life.Invites}.Reminder";
        }

        for (var who = 0; who < 2; who++)
        {
            var waits = Messages.Exists(message => message.From != who && message.Seq > Read[who] && !message.IsDeleted);
            if (digestsAreDue && waits && !IsErased[who] && !Inbox[who].Muted && Life.At(now) == PairState.Connected)
            {
                yield return DigestId(who, Read[who]);
            }
        }
    }

    /// <summary>The digests that may have gone out by now.</summary>
    public IEnumerable<string> AllowedByTime() =>
        from who in new[] { 0, 1 }
        where Messages.Exists(message => message.From != who && message.Seq > Read[who])
        select DigestId(who, Read[who]);

    /// <summary>The id of the digest for a member who has read up to a message.</summary>
    public string DigestId(int who, long read)
    {
        var side = Members[who].CompareTo(Members[1 - who]) < 0 ? "first" : "second";
        return $"{Id}.{side}.{read}.UnreadMessages";
    }
}

/// <summary>The emails owed to a pair, by the id of the notice.</summary>
internal sealed class EmailLedger
{
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _allowed = new(StringComparer.Ordinal);

    /// <summary>Emails that must go out exactly once.</summary>
    public IEnumerable<string> Owed => _sent.Concat(_pending);

    /// <summary>Emails that may have gone out once before they became obsolete.</summary>
    public IEnumerable<string> Allowed => _allowed;

    /// <summary>A copy to continue from.</summary>
    public EmailLedger Copy()
    {
        var copy = new EmailLedger();
        copy._pending.UnionWith(_pending);
        copy._sent.UnionWith(_sent);
        copy._allowed.UnionWith(_allowed);
        return copy;
    }

    /// <summary>Adds an owed email.</summary>
    public void Owe(string id) => _pending.Add(id);

    /// <summary>Marks an email as obsolete.</summary>
    public void Void(string id)
    {
        if (_pending.Remove(id))
        {
            _allowed.Add(id);
        }
    }

    /// <summary>Marks every pending email as obsolete.</summary>
    public void VoidAll() => _pending.ToList().ForEach(Void);

    /// <summary>Allows an email that need not go out.</summary>
    public void Allow(string id)
    {
        if (!_sent.Contains(id) && !_pending.Contains(id))
        {
            _allowed.Add(id);
        }
    }

    /// <summary>Requires every pending email from now on: each has had the time to go out.</summary>
    public void Settle()
    {
        _sent.UnionWith(_pending);
        _pending.Clear();
    }
}
