using Connections.Files;
using Connections.Invites;

namespace Connections.Chat;

/// <summary>The result of a change to a message.</summary>
public abstract record MessageChange
{
    private MessageChange()
    {
    }

    /// <summary>The message after the change. The caller writes it under the ETag that it was read with.</summary>
    public sealed record Changed(MessageDocument After) : MessageChange;

    /// <summary>The change was made before, so there is nothing to write. A repeated call gets the same answer as the first.</summary>
    public sealed record Same(MessageDocument Current) : MessageChange;

    /// <summary>The change is refused.</summary>
    public sealed record Refused(Error Error) : MessageChange;
}

/// <summary>What a member may do to a sent message: functions from the message as it is to what it becomes, or to a refusal.</summary>
/// <remarks>
/// No I/O and no clock. A change gives the message a new revision, which the contact rows show. It does not change the counts:
/// a row notes which of the messages that it counts were deleted. A change that was made before is never too late, so that a repeated call
/// succeeds.
/// </remarks>
public static class MessageLife
{
    /// <summary>Changes the text. The files stay; only a message that has some can go without a text.</summary>
    public static MessageChange Edit(MessageDocument message, MemberId actor, string text, DateTimeOffset now, ChatSettings settings) =>
        Change(message, actor, now, settings, current => current switch
        {
            { Deleted: true } => new MessageChange.Refused(MessageDeleted.ToEdit),
            { Files: null } when text.Length == 0 => new MessageChange.Refused(TextRequired(settings)),
            _ when current.Text == text => new MessageChange.Same(current),
            _ => new MessageChange.Changed(Edited(Next(current, now), text)),
        });

    /// <summary>Removes the text, the files, the quote and the reactions. The number and the sender stay.</summary>
    public static MessageChange Delete(MessageDocument message, MemberId actor, DateTimeOffset now, ChatSettings settings) =>
        Change(message, actor, now, settings, current => current.Deleted == true
            ? new MessageChange.Same(current)
            : new MessageChange.Changed(Next(current, now).Emptied()));

    /// <summary>
    /// Sets the actor's reaction, or removes it. Both members may react to the messages of both, however old these are.
    /// </summary>
    /// <param name="kind">One of <see cref="Reaction.Kinds"/>; null for none.</param>
    public static MessageChange React(MessageDocument message, MemberId actor, string? kind, DateTimeOffset now) => message switch
    {
        // One of the two erased their profile since the call read the row of a pair that was connected.
        { Sealed: true } => new MessageChange.Refused(new NotConnected()),
        _ when message.ReactionOf(actor) == kind => new MessageChange.Same(message),
        { Deleted: true } => new MessageChange.Refused(MessageDeleted.ToReact),
        _ => new MessageChange.Changed(Next(message, now).WithReactionOf(actor, kind)),
    };

    /// <summary>Shows what was decided about files that were being checked.</summary>
    /// <param name="decided">The files as they are shown from now on, by their ids.</param>
    public static MessageChange ShowFiles(
        MessageDocument message, IReadOnlyDictionary<string, MessageFile> decided, DateTimeOffset now)
    {
        return message.Deleted is true || message.Files?.Any(IsNew) is not true
            ? new MessageChange.Same(message)
            : new MessageChange.Changed(Next(message, now) with
            {
                Files = [.. message.Files.Select(file => IsNew(file) ? decided[file.Id] : file)],
            });

        bool IsNew(MessageFile file) => file.State == FileState.Checking && decided.ContainsKey(file.Id);
    }

    private static InvalidInput TextRequired(ChatSettings settings) =>
        new("text", $"A value of 1 to {settings.MaxText} characters is required.", FieldCode.Required);

    private static MessageChange Change(
        MessageDocument message, MemberId actor, DateTimeOffset now, ChatSettings settings, Func<MessageDocument, MessageChange> change)
    {
        if (message.From != actor)
        {
            return new MessageChange.Refused(new NotYourMessage());
        }

        var until = message.SentAt + settings.EditFor;
        var changed = change(message);
        return changed is MessageChange.Changed && now > until ? new MessageChange.Refused(new TooLate(until)) : changed;
    }

    private static MessageDocument Edited(MessageDocument next, string text) => next with { Text = text, EditedAt = next.ChangedAt };

    // The clocks of two instances can differ; a change is never before the message.
    private static MessageDocument Next(MessageDocument message, DateTimeOffset now) =>
        message with { Revision = message.Revision + 1, ChangedAt = now > message.SentAt ? now : message.SentAt };
}
