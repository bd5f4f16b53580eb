using Connections.Invites;
using Connections.Members;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults.Rig;

/// <summary>A message as its sender was promised it.</summary>
internal sealed record Said(string ClientId, int From, long Seq, string Text, bool IsDeleted = false);

/// <summary>What the callers of one pair of members were promised.</summary>
/// <remarks>
/// A call that was not answered promises nothing: the rig looks whether it was done, and if it was, then all that follows from it is
/// owed as if it had been promised.
/// </remarks>
internal sealed class Ledger
{
    private static readonly TimeSpan RemindAfter = TimeSpan.FromDays(7);

    /// <summary>Begins with two who have profiles and nothing between them.</summary>
    public Ledger(string first, string second) => Members = [new(first), new(second)];

    /// <summary>The two.</summary>
    public IReadOnlyList<MemberId> Members { get; }

    /// <summary>The names that others see.</summary>
    public string[] Names { get; } = ["Ada", "Bob"];

    /// <summary>Their connection's id.</summary>
    public string Id => ConnectionId.Of(Members[0], Members[1]);

    /// <summary>How they stand.</summary>
    public LifeModel Life { get; private set; } = new();

    /// <summary>What they said, in the order of <c>seq</c>.</summary>
    public List<Said> Messages { get; } = [];

    /// <summary>How far each has read.</summary>
    public long[] Read { get; } = new long[2];

    /// <summary>How many favourites each has.</summary>
    public int[] Favourites { get; } = new int[2];

    /// <summary>Whether each has erased their profile.</summary>
    public bool[] IsErased { get; } = new bool[2];

    /// <summary>Whether what they said is sealed: one of the two has erased their profile.</summary>
    public bool IsSealed => IsErased.Contains(true);

    /// <summary>The emails.</summary>
    public EmailLedger Emails { get; private init; } = new();

    /// <summary>The same promises, to go on from.</summary>
    public Ledger Copy()
    {
        var copy = new Ledger(Members[0].Value, Members[1].Value) { Life = Life, Emails = Emails.Copy() };
        copy.Messages.AddRange(Messages);
        Names.CopyTo(copy.Names, 0);
        Read.CopyTo(copy.Read, 0);
        Favourites.CopyTo(copy.Favourites, 0);
        IsErased.CopyTo(copy.IsErased, 0);
        return copy;
    }

    /// <summary>The pair's connection moved.</summary>
    public void Did(Deed deed, int who, DateTimeOffset now)
    {
        var before = Life;
        (_, Life) = before.Do(deed, who, now);
        foreach (var (invite, email) in Life.Emails.Skip(before.Emails.Count).Where(owed => owed.Email != "Reminder"))
        {
            Emails.Owe($"{Id}.{invite}.{email}");
        }

        // What has not gone out when it stops being true is dropped.
        if (before.HasLinks && !Life.HasLinks)
        {
            Emails.Void($"{Id}.{before.Invites}.InviteReceived");
            if (now >= before.ExpiresAt - TimeSpan.FromDays(30) + RemindAfter)
            {
                Emails.Allow($"{Id}.{before.Invites}.Reminder");
            }
        }

        if (before.At(now) == Standing.Connected && Life.At(now) != Standing.Connected)
        {
            Emails.Void($"{Id}.{before.Invites}.InviteAccepted");
        }
    }

    /// <summary>
    /// A member erased their profile: no email goes to them or tells of them any more, their pair is ended as they could have, what they said
    /// is gone, and nothing of what was said is shown or counts as unread.
    /// </summary>
    public void Erased(int who, DateTimeOffset now)
    {
        IsErased[who] = true;
        Names[who] = "Former member";
        Favourites[who] = 0;
        Emails.VoidAll();
        AllowedByTime().ToList().ForEach(Emails.Allow);
        Array.Fill(Read, Messages.Count);
        for (var i = 0; i < Messages.Count; i++)
        {
            Messages[i] = Messages[i] with { ClientId = $" {Messages[i].Seq}" };
            if (Messages[i].From == who)
            {
                Messages[i] = Messages[i] with { Text = "", IsDeleted = true };
            }
        }

        Did(Deed.Leave, who, now);
    }

    /// <summary>How many messages of the other a member has not read; deleted ones do not count.</summary>
    public int Unread(int who) => Messages.Count(message => message.From != who && message.Seq > Read[who] && !message.IsDeleted);

    /// <summary>The emails that time has come to owe by a moment when nothing is left to do: the reminder, and what waits unread.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="digestsAreDue">Whether the last message has waited long enough.</param>
    public IEnumerable<string> OwedByTime(DateTimeOffset now, bool digestsAreDue)
    {
        if (Life.At(now) == Standing.Pending && now >= Life.ExpiresAt - TimeSpan.FromDays(30) + RemindAfter)
        {
            yield return $"{Id}.{Life.Invites}.Reminder";
        }

        for (var who = 0; who < 2; who++)
        {
            var waits = Messages.Exists(message => message.From != who && message.Seq > Read[who] && !message.IsDeleted);
            if (digestsAreDue && waits && !IsErased[who] && Life.At(now) == Standing.Connected)
            {
                yield return DigestId(who, Read[who]);
            }
        }
    }

    /// <summary>The emails about what waits unread now, or did, which may have gone out by now.</summary>
    public IEnumerable<string> AllowedByTime() =>
        from who in new[] { 0, 1 }
        where Messages.Exists(message => message.From != who && message.Seq > Read[who])
        select DigestId(who, Read[who]);

    /// <summary>The id of the email about what a member has not read past a message.</summary>
    public string DigestId(int who, long read)
    {
        var side = Members[who].CompareTo(Members[1 - who]) < 0 ? "first" : "second";
        return $"{Id}.{side}.{read}.UnreadMessages";
    }
}

/// <summary>The emails that a pair is owed, by the id of the notice.</summary>
internal sealed class EmailLedger
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _may = new(StringComparer.Ordinal);

    /// <summary>Owed exactly once.</summary>
    public IEnumerable<string> Owed => _sent.Concat(_open);

    /// <summary>May have gone out, once, before they stopped being true.</summary>
    public IEnumerable<string> Allowed => _may;

    /// <summary>The same emails, to go on from.</summary>
    public EmailLedger Copy()
    {
        var copy = new EmailLedger();
        copy._open.UnionWith(_open);
        copy._sent.UnionWith(_sent);
        copy._may.UnionWith(_may);
        return copy;
    }

    /// <summary>An email is owed, unless it stops being true before it goes out.</summary>
    public void Owe(string id) => _open.Add(id);

    /// <summary>An email stops being true.</summary>
    public void Void(string id)
    {
        if (_open.Remove(id))
        {
            _may.Add(id);
        }
    }

    /// <summary>All that is still to go out stops being wanted.</summary>
    public void VoidAll() => _open.ToList().ForEach(Void);

    /// <summary>An email may have gone out, and need not.</summary>
    public void Allow(string id)
    {
        if (!_sent.Contains(id) && !_open.Contains(id))
        {
            _may.Add(id);
        }
    }

    /// <summary>All that is owed has had its time to go out: from now on it must be there.</summary>
    public void Settle()
    {
        _sent.UnionWith(_open);
        _open.Clear();
    }
}
