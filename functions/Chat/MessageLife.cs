
namespace Connections.Chat;

/// <summary>What comes of changing a message.</summary>
public abstract record MessageChange
{
    private MessageChange()
    {
    }

    /// <summary>The message as it is after it; to be written under the ETag that it was read with.</summary>
    public sealed record Changed(MessageDocument After) : MessageChange;

    /// <summary>It is so already; there is nothing to write. A repeated call gets the same answer as the first.</summary>
    public sealed record Same(MessageDocument Current) : MessageChange;

    /// <summary>It cannot be changed so.</summary>
    public sealed record Refused(Error Error) : MessageChange;
}

/// <summary>What a member may do to a message that was sent: a function from what it is to what it becomes, or to a refusal.</summary>
/// <remarks>
/// No I/O and no clock. A change gives the message a new revision and owes it to the contact rows again. It never touches the counts:
/// a row notes which of the messages that it counts were deleted. What has been done already is not refused for being too late, so a repeated call is always answered.
/// </remarks>
public static class MessageLife
{
    /// <summary>Gives the message another text.</summary>
    public static MessageChange Edit(MessageDocument message, MemberId actor, string text, DateTimeOffset now, ChatSettings settings) =>
        Change(message, actor, now, settings, current => current switch
        {
            { Deleted: true } => new MessageChange.Refused(new MessageDeleted()),
            _ when current.Text == text => new MessageChange.Same(current),
            _ => new MessageChange.Changed(Next(current, now) with { Text = text, EditedAt = now }),
        });

    /// <summary>Leaves a tombstone: the number and the sender stay, the text is gone.</summary>
    public static MessageChange Delete(MessageDocument message, MemberId actor, DateTimeOffset now, ChatSettings settings) =>
        Change(message, actor, now, settings, current => current.Deleted == true
            ? new MessageChange.Same(current)
            : new MessageChange.Changed(Next(current, now) with { Text = "", EditedAt = null, Deleted = true }));

    private static MessageChange Change(
        MessageDocument message, MemberId actor, DateTimeOffset now, ChatSettings settings, Func<MessageDocument, MessageChange> change)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(settings);
        if (message.From != actor)
        {
            return new MessageChange.Refused(new NotYourMessage());
        }

        var until = message.SentAt + settings.EditFor;
        var changed = change(message);
        return changed is MessageChange.Changed && now > until ? new MessageChange.Refused(new TooLate(until)) : changed;
    }

    private static MessageDocument Next(MessageDocument message, DateTimeOffset now) =>
        message with { Revision = message.Revision + 1, OwedSince = message.OwedSince ?? now };
}
