using System.Text.Json.Serialization;

namespace Connections.Files;

/// <summary>How far a file has come.</summary>
public enum FileState
{
    /// <summary>The client has an address to upload it to.</summary>
    Uploading,

    /// <summary>It is uploaded, and the malware scan has not answered yet.</summary>
    Checking,

    /// <summary>It was scanned and inspected.</summary>
    Ready,

    /// <summary>It cannot be sent, or was sent and will never be shown.</summary>
    Refused,
}

/// <summary>Why a file was refused: a published list. Values may be added but never removed.</summary>
public static class RefusedBecause
{
    /// <summary>The malware scan found something.</summary>
    public const string Malware = "malware";

    /// <summary>The bytes are of another type than was said.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>It has more bytes than a file of its type may have.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A picture with more pixels than a picture may have.</summary>
    public const string TooManyPixels = "too-many-pixels";

    /// <summary>A picture for a profile that is not square.</summary>
    public const string NotSquare = "not-square";

    /// <summary>It is incomplete, or not built as a file of its type is.</summary>
    public const string Damaged = "damaged";

    /// <summary>A picture with data beside the picture, which can tell where and by whom it was taken.</summary>
    public const string Metadata = "metadata";

    /// <summary>It could not be checked within a day.</summary>
    public const string NotChecked = "not-checked";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Malware, WrongType, TooLarge, TooManyPixels, NotSquare, Damaged, Metadata, NotChecked];
}

/// <summary>The message that a file was sent in. It may not be stored yet.</summary>
/// <param name="ConnectionId">The conversation.</param>
/// <param name="ClientId">The sender's own id for the message.</param>
/// <param name="At">When the message took the file.</param>
public sealed record SentIn(string ConnectionId, string ClientId, DateTimeOffset At)
{
    /// <summary>Whether it is this message.</summary>
    public bool Is(string connectionId, string clientId) => ConnectionId == connectionId && ClientId == clientId;
}

/// <summary>A document in <c>files</c>: a member's file, without its bytes. Personal: never logged.</summary>
/// <remarks>
/// A file that is not sent goes after a day, by <see cref="Ttl"/>, and its upload by the rule of the storage account. From the claim of a
/// message on, it stays with the message.
/// </remarks>
public sealed record FileDocument
{
    /// <summary>See <see cref="FileId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="FilePath.FolderOf"/> the member; the partition key, because the scan's results name no member.</summary>
    public required string Folder { get; init; }

    /// <summary>Whose file it is.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>What it is for.</summary>
    public required FilePurpose For { get; init; }

    /// <summary>A <see cref="FileName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The media type: what the client said until it is inspected, and what the bytes are from then on.</summary>
    public required string Type { get; init; }

    /// <summary>In bytes; as the client said until it is inspected.</summary>
    public required long Size { get; init; }

    /// <summary>In pixels, for a picture; as the client said until it is inspected.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels, for a picture; as the client said until it is inspected.</summary>
    public int? Height { get; init; }

    /// <summary>How far it has come.</summary>
    public required FileState State { get; init; }

    /// <summary>One of <see cref="RefusedBecause"/>; absent in any other state.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version of the upload that was decided about; absent before.</summary>
    public string? Version { get; init; }

    /// <summary>The message that has it; absent for one that is not sent.</summary>
    public SentIn? Sent { get; init; }

    /// <summary>When it became the picture of the profile; absent for any other.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>
    /// Since when it waits for its message or profile to be stored and to show the decision; absent once that is so, and before it is used.
    /// </summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>After how many seconds without a change the database deletes it; -1 for never.</summary>
    public required int Ttl { get; init; }

    /// <summary>Where the store has it.</summary>
    [JsonIgnore]
    public FilePath Path => new(Folder, Id);

    /// <summary>Whether it belongs to a message or a profile.</summary>
    [JsonIgnore]
    public bool IsUsed => Sent is not null || ShownAt is not null;

    /// <summary>Whether it was decided whether it can be shown.</summary>
    [JsonIgnore]
    public bool IsDecided => State is FileState.Ready or FileState.Refused;
}

/// <summary>A file as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="For">What it is for.</param>
/// <param name="Name">Its cleaned name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">In pixels, for a picture.</param>
/// <param name="Height">In pixels, for a picture.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Reason">Why it was refused; absent otherwise.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record OwnFile(
    string Id,
    FilePurpose For,
    string Name,
    string Type,
    long Size,
    int? Width,
    int? Height,
    FileState State,
    string? Reason,
    DateTimeOffset CreatedAt)
{
    /// <summary>A file.</summary>
    public static OwnFile Of(FileDocument file) => new(
        file.Id, file.For, file.Name, file.Type, file.Size, file.Width, file.Height, file.State, file.Reason, file.CreatedAt);
}
