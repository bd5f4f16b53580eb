using Connections.Invites;

namespace Connections.Tests.Faults.Life;

/// <summary>One walk through the product's rules and the model, step by step.</summary>
internal sealed class LifeWalk
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // The limits of the specification, which are the defaults of the settings.
    private static readonly InviteSettings Settings = new(
        50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));
    private static readonly MemberId[] Members = [new("ada"), new("bob"), new("stranger")];

    private Connection? _connection;
    private LifeModel _model = new();
    private DateTimeOffset _now = Start;

    // Changes of the record without a change of state: a member left an ended pair.
    private int _marks;

    /// <summary>The number of changes on the way.</summary>
    public int Changes => _model.Changes;

    /// <summary>Walks to the end, or to the first step at which the product and the model differ.</summary>
    /// <returns>The difference; null if there is none.</returns>
    public string? Follow(IEnumerable<Step> steps) =>
        steps.Select((step, i) => Take(step) is { } mismatch ? $"step {i + 1}, {step}: {mismatch}" : null)
            .FirstOrDefault(mismatch => mismatch is not null);

    private string? Take(Step step)
    {
        _now += TimeSpan.FromHours(step.Hours);
        var (expected, after) = _model.Do(step.Action, step.Who, _now);
        var before = _connection;
        var actual = Act(step);
        _connection = (actual as Transition.Moved)?.After ?? _connection;
        _model = after;
        if (step.Action == LifeAction.Leave && actual is not null && !_connection!.HasLeft(Members[step.Who]))
        {
            return "the pair is theirs to see";
        }

        if (step.Action == LifeAction.Leave && actual is Transition.Moved { After: var left } && left.StateVersion != left.Version)
        {
            _marks++;
            actual = new Transition.Same(left);
        }

        var mismatch = Compare(expected, actual) ?? (actual is Transition.Moved ? CompareMove(before, _connection!) : null);
        if (actual is Transition.Moved { After.State: ConnectionState.Pending })
        {
            // Composing the emails stores these hashes.
            _connection = _connection! with { LinkHashes = ["hash"], ReminderHashes = ["reminder"] };
        }

        return mismatch ?? Compare();
    }

    /// <summary>The transition by the product's rules; null if there is no record to apply them to.</summary>
    private Transition? Act(Step step)
    {
        var (actor, other) = (Members[step.Who], Members[step.Who == 0 ? 1 : 0]);
        var action = ActionOf(step.Action);
        if (_connection is null)
        {
            return (action, step.Who) switch
            {
                (_, 2) => null,
                (InviteAction.Invite invite, _) => new Transition.Moved(ConnectionLife.Begin(actor, other, invite, _now, Settings)),
                (InviteAction.Block, _) => new Transition.Moved(ConnectionLife.BeginBlocked(actor, other, _now)),
                _ => null,
            };
        }

        if (action is null)
        {
            return _connection.Has(actor) ? ConnectionLife.Erase(_connection, actor, _now, Settings) : null;
        }

        return ConnectionLife.Apply(_connection, action, actor, _now, Settings);
    }

    private static string? Compare(ActionOutcome expected, Transition? actual)
    {
        var outcome = actual switch
        {
            Transition.Moved => ActionOutcome.Changed,
            Transition.Same => ActionOutcome.Unchanged,
            Transition.Refused { Why: Refusal.WrongState } => ActionOutcome.WrongState,
            Transition.Refused { Why: Refusal.Locked } => ActionOutcome.Locked,
            Transition.Refused => ActionOutcome.NotFound,
            // Without a record there is nothing to find, end or unblock.
            null => expected == ActionOutcome.Changed ? ActionOutcome.NotFound : expected,
            _ => throw new InvalidOperationException($"No outcome is {actual}."),
        };
        return outcome == expected ? null : $"{outcome}, not {expected}";
    }

    /// <summary>The invariants of every change.</summary>
    private static string? CompareMove(Connection? before, Connection after) =>
        after.Version != (before?.Version ?? 0) + 1 ? $"version {before?.Version} to {after.Version}"
        : after.StateVersion != after.Version ? "the version of the state is not the change's"
        : after.OwedSince is null ? "it owes nothing"
        : after.LinkHashes.Count + after.ReminderHashes.Count > 0 ? "the links of the invite before still open"
        : null;

    private string? Compare()
    {
        if (_connection is not { } connection)
        {
            return _model.IsRecorded ? "there is no record" : null;
        }

        var emails = _model.Emails.Select(email => $"{connection.Id}.{email.Invite}.{email.Email}");
        return Differ("state", _model.At(_now).ToString(), connection.StateAt(_now).ToString())
            ?? Differ("changes", (long)_model.Changes + _marks, connection.Version)
            ?? Differ("invites", _model.Invites, connection.InviteNumber)
            ?? (_model.Invites > 0
                ? Differ("inviter", Members[_model.Inviter], connection.Inviter) ?? Differ("end", _model.ExpiresAt, connection.ExpiresAt)
                : null)
            ?? Differ("end of the connection", _model.EndedAt, connection.EndedAt)
            ?? Differ("links", _model.HasLinks, connection.LinkHashes.Count > 0)
            ?? Differ("emails", string.Join(' ', emails), string.Join(' ', connection.Outbox.Select(notice => notice.Id)))
            ?? Enumerable.Range(0, 2).Select(Compare).FirstOrDefault(mismatch => mismatch is not null);
    }

    private string? Compare(int who) =>
        Differ($"lock of {who}", _model.IsLocked(who, _now) ? _model.LockOf(who) : null, _connection!.LockOf(Members[who], _now))
        ?? Differ($"block by {who}", _model.IsBlockedBy(who), _connection.IsBlockedBy(Members[who]));

    private static string? Differ<T>(string what, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? null : $"{what} is {actual}, not {expected}";

    private static InviteAction? ActionOf(LifeAction action) => action switch
    {
        LifeAction.Invite => new InviteAction.Invite(null),
        LifeAction.Accept => new InviteAction.Accept(),
        LifeAction.Decline => new InviteAction.Decline(),
        LifeAction.Revoke => new InviteAction.Revoke(),
        LifeAction.Remove => new InviteAction.Remove(),
        LifeAction.Block => new InviteAction.Block(),
        LifeAction.Unblock => new InviteAction.Unblock(),
        LifeAction.Expire => new InviteAction.Expire(),
        _ => null,
    };
}
