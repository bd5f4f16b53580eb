using Connections.Files;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>A file that a call names, for the message that it sends.</summary>
/// <param name="Id">The file, which the sender has uploaded.</param>
/// <param name="Alt">What a picture shows, for who cannot see it.</param>
public sealed record FileToSend(string? Id, string? Alt);

/// <summary>A file of a message, as calls and events show it and as the message's document has it.</summary>
/// <param name="Id">Its id. Of a deleted message nothing else is kept.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">In pixels, for a picture.</param>
/// <param name="Height">In pixels, for a picture.</param>
/// <param name="Alt">What a picture shows, in the sender's words.</param>
/// <param name="State">Whether it can be fetched: checking, ready or refused.</param>
/// <param name="Reason">Why it was refused, for its sender only.</param>
public sealed record MessageFile(
    string Id,
    string Name,
    string Type,
    long Size,
    int? Width = null,
    int? Height = null,
    string? Alt = null,
    FileState State = FileState.Checking,
    string? Reason = null)
{
    /// <summary>A file as it is, with what the sender says of it.</summary>
    public static MessageFile Of(FileDocument file, string? alt, bool isAccepted) => new(
        file.Id,
        file.Name,
        file.Type,
        file.Size,
        file.Width,
        file.Height,
        alt,
        file.State == FileState.Refused ? FileState.Refused : isAccepted ? FileState.Ready : FileState.Checking,
        file.Reason);

    /// <summary>How many files, what they are, and the name of a single one.</summary>
    public static LastFiles AtAGlance(IReadOnlyList<MessageFile> files) => new(
        files.Count,
        files.All(file => FileType.Find(file.Type)?.IsPicture == true) ? FileKind.Picture : FileKind.File,
        files is [var only] ? only.Name : null);

    /// <summary>What is left of it in a deleted message, until its bytes are gone too.</summary>
    public static MessageFile Gone(MessageFile file) => new(file.Id, "", "", 0);

    /// <summary>The files of a message as one of the two sees them: only the sender learns why one was refused.</summary>
    public static IReadOnlyList<MessageFile>? ShownTo(bool sender, IReadOnlyList<MessageFile>? files) =>
        sender || files is null || files.All(file => file.Reason is null) ? files : [.. files.Select(file => file with { Reason = null })];
}
