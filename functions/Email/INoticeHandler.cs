using Connections.Cosmos;
using Connections.Notices;

namespace Connections.Email;

/// <summary>Handles some kinds of notice: whether the email is still owed, what it says, and where it is marked as sent.</summary>
public interface INoticeHandler
{
    /// <summary>The kinds that it handles. Every kind has exactly one handler.</summary>
    IReadOnlyList<NoticeKind> Kinds { get; }

    /// <summary>Decides what happens to a notice that is due, and composes its email.</summary>
    /// <exception cref="StaleReadException">A record was read as it was before the notice was made.</exception>
    Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct);
}

/// <summary>What happens to a notice that is due.</summary>
public abstract record NoticeDecision
{
    private NoticeDecision()
    {
    }

    /// <summary>The email is handed to the email service.</summary>
    /// <param name="Mail">The email.</param>
    /// <param name="MarkSentAsync">Marks the email as sent. Called when the service has accepted it, or has refused it permanently.</param>
    public sealed record Send(Mail Mail, Func<Task> MarkSentAsync) : NoticeDecision;

    /// <summary>The notice goes back to the queue until <paramref name="Until"/>.</summary>
    public sealed record Wait(DateTimeOffset Until) : NoticeDecision;

    /// <summary>No email is sent.</summary>
    /// <param name="Reason">The reason, for the log; never personal data.</param>
    public sealed record Drop(string Reason) : NoticeDecision;
}
