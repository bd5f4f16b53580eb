using Connections.Limits;

namespace Connections.Chat;

/// <summary>The member has sent and edited as many messages as a minute takes.</summary>
public sealed record MessageLimit : Error
{
    /// <summary>By the allowance that is used up.</summary>
    public MessageLimit(Permit permit)
        : base("message-limit", ErrorKind.TooMany, "You are sending too fast", Say(permit)) =>
        (RetryAfter, Until) = (permit.RetryAfter, permit.Until);

    private static string Say(Permit permit) =>
        $"You can send and edit {permit.Of.Limit} messages a minute. Try again when the minute is over.";
}

/// <summary>The member has pinned as many conversations as they may. Only giving one up makes room.</summary>
public sealed record PinLimit : Error
{
    /// <summary>The limit on pins is <paramref name="atMost"/>.</summary>
    public PinLimit(int atMost)
        : base(
            "pin-limit",
            ErrorKind.TooMany,
            "You have pinned too many conversations",
            $"You can pin {atMost} conversations. Unpin one, then pin this one.") =>
        RetryAfter = Cap.RetryAfter;
}

/// <summary>The other side wrote the message.</summary>
public sealed record NotYourMessage() : Error(
    "not-your-message", ErrorKind.Forbidden, "This is not your message", "You can edit and delete only the messages that you sent.");

/// <summary>The time for editing and deleting a message is over.</summary>
public sealed record TooLate : Error
{
    /// <summary>Since when.</summary>
    public TooLate(DateTimeOffset until)
        : base(
            "too-late",
            ErrorKind.Conflict,
            "This message can no longer be changed",
            $"It could be edited and deleted until {until:d MMMM yyyy, HH:mm} UTC.") =>
        Until = until;
}

/// <summary>A deleted message takes no change.</summary>
public sealed record MessageDeleted : Error
{
    private MessageDeleted(string detail)
        : base("message-deleted", ErrorKind.Conflict, "This message was deleted", detail)
    {
    }

    /// <summary>It cannot be edited.</summary>
    public static MessageDeleted ToEdit { get; } = new("A deleted message cannot be edited. Send a new one.");

    /// <summary>Nobody can react to it.</summary>
    public static MessageDeleted ToReact { get; } = new("Nobody can react to a deleted message.");
}

/// <summary>A new message would quote one that is deleted, hidden or not there.</summary>
public sealed record NotQuotable() : Error(
    "not-quotable",
    ErrorKind.Conflict,
    "The message that you reply to is gone",
    "It was deleted, or you cannot see it. Send your message without replyTo.");

/// <summary>The URL opens no socket, for whatever reason, so that the answer tells nothing about anybody.</summary>
public sealed record SocketRefused() : Error(
    "socket-refused",
    ErrorKind.Forbidden,
    "This URL opens no socket",
    "Ask for a new one, POST /api/realtime/access, and open it as it is.");
