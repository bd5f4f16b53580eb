namespace Connections.Chat;

/// <summary>A message that a member sends, before it has a number.</summary>
/// <param name="ClientId">The sender's own id for it.</param>
/// <param name="Text">The text.</param>
public sealed record MessageDraft(string ClientId, string Text)
{
    /// <summary>Reads a message from a call. What is wrong with it is added to <paramref name="fields"/>.</summary>
    public static MessageDraft Read(string? clientId, string? text, ChatSettings settings, Fields fields) => new(
        fields.RequiredText("clientId", clientId, ChatSettings.MaxClientId),
        fields.RequiredText("text", text, settings.MaxText, lines: true));

    /// <summary>Whether a message with this client id may have been sent as this draft.</summary>
    /// <remarks>The first text of a message that was edited or deleted is not known any more.</remarks>
    public bool IsThatOf(MessageDocument message) => message is { EditedAt: not null } or { Deleted: true } || message.Text == Text;
}
