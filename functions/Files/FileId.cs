using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Files;

/// <summary>What a file is for.</summary>
public enum FilePurpose
{
    /// <summary>A message to one member.</summary>
    Message,

    /// <summary>The picture of the member's profile, which everybody may see.</summary>
    Avatar,
}

/// <summary>The ids of files: a letter for the purpose, and 128 random bits in base32.</summary>
/// <remarks>
/// The service alone makes ids. So the letter is enough for the open call that serves avatars never to serve a file of a message.
/// </remarks>
public static class FileId
{
    /// <summary>The number of characters of an id.</summary>
    public const int Length = 27;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A new id.</summary>
    public static string New(FilePurpose purpose) => LetterOf(purpose) + RandomNumberGenerator.GetString(Alphabet, Length - 1);

    /// <summary>Whether a text can be the id of a file for this purpose.</summary>
    public static bool IsOf(FilePurpose purpose, string? text) =>
        text is { Length: Length } && text[0] == LetterOf(purpose)[0] && text.AsSpan().IndexOfAnyExcept(Letters) < 0;

    /// <summary>Whether a text can be the id of a file.</summary>
    public static bool IsValid(string? text) => IsOf(FilePurpose.Message, text) || IsOf(FilePurpose.Avatar, text);

    private static string LetterOf(FilePurpose purpose) => purpose == FilePurpose.Avatar ? "a" : "m";
}

/// <summary>Where the store has a file: <c>folder/id</c>.</summary>
/// <param name="Folder">The folder of its member.</param>
/// <param name="Id">Its id.</param>
public sealed record FilePath(string Folder, string Id)
{
    private const int FolderBytes = 16;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The folder of a member's files: a hash, because addresses of files stand in logs, and members' ids do not.</summary>
    public static string FolderOf(MemberId member) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(member.Value)).AsSpan(0, FolderBytes));

    /// <summary>Whether a text can be a folder.</summary>
    public static bool IsFolder(string? text) => text is { Length: FolderBytes * 2 } && text.AsSpan().IndexOfAnyExcept(Hex) < 0;

    /// <summary>Reads a path; null for any other text.</summary>
    public static FilePath? Parse(string text) =>
        text.Split('/') is [var folder, var id] && IsFolder(folder) && FileId.IsValid(id) ? new FilePath(folder, id) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Id}";
}
