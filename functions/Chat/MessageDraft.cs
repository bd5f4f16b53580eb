using Connections.Files;

namespace Connections.Chat;

/// <summary>A message that a member sends, before it has a number.</summary>
/// <param name="ClientId">The sender's own id for it.</param>
/// <param name="Text">The text; empty only where there are files.</param>
/// <param name="Files">The files that it names, each with an id.</param>
public sealed record MessageDraft(string ClientId, string Text, IReadOnlyList<FileToSend> Files)
{
    /// <summary>A message without files.</summary>
    public MessageDraft(string clientId, string text)
        : this(clientId, text, [])
    {
    }

    /// <summary>The number of the message that it replies to; null for none.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The files as the message will show them, once they are given to it; null for none.</summary>
    public IReadOnlyList<MessageFile>? Claimed { get; init; }

    /// <summary>Reads a message from a call. What is wrong with it is added to <paramref name="fields"/>.</summary>
    public static MessageDraft Read(SendMessageRequest? sent, ChatSettings settings, Fields fields)
    {
        var clientId = fields.RequiredText("clientId", sent?.ClientId, ChatSettings.MaxClientId);
        var text = sent?.Files is { Count: > 0 }
            ? fields.Text("text", sent.Text, settings.MaxText, lines: true) ?? ""
            : fields.RequiredText("text", sent?.Text, settings.MaxText, lines: true);
        if (sent?.ReplyTo < 1)
        {
            fields.Refuse("replyTo", "The value must be the seq of a message, from 1, or absent.", FieldCode.OutOfRange);
        }

        return new MessageDraft(clientId, text, ReadFiles(sent?.Files ?? [], fields)) { ReplyTo = sent?.ReplyTo };
    }

    /// <summary>Whether a message with this client id may have been sent as this draft.</summary>
    /// <remarks>The first text of a message that was edited or deleted is not known any more, nor what a deleted one quoted.</remarks>
    public bool IsThatOf(MessageDocument message) => message.Deleted is true
        || (message.ReplyTo == ReplyTo && (message.EditedAt is not null || HasContentOf(message)));

    private bool HasContentOf(MessageDocument message) => message.Text == Text
        && (message.Files ?? []).Select(file => (file.Id, file.Alt)).SequenceEqual(Files.Select(file => (file.Id!, file.Alt)));

    private static List<FileToSend> ReadFiles(IReadOnlyList<FileToSend?> sent, Fields fields)
    {
        if (sent.Count > FilesSettings.MaxOfMessage)
        {
            fields.Refuse("files", $"A message has at most {FilesSettings.MaxOfMessage} files.", FieldCode.TooMany);
        }

        var files = new List<FileToSend>(FilesSettings.MaxOfMessage);
        foreach (var (file, at) in sent.Take(FilesSettings.MaxOfMessage).Select((file, at) => (file, at)))
        {
            if (string.IsNullOrEmpty(file?.Id))
            {
                fields.Refuse($"files[{at}].id", "The id of a file is required, as POST /api/files answered it.", FieldCode.Required);
            }
            else if (files.Exists(other => other.Id == file.Id))
            {
                fields.Refuse($"files[{at}].id", "Another file of the message has the same id.", FieldCode.Duplicate);
            }

            files.Add(new FileToSend(file?.Id ?? "", fields.Text($"files[{at}].alt", file?.Alt, FilesSettings.MaxAlt)));
        }

        return files;
    }
}
