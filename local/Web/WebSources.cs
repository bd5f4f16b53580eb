using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Local.Web;

/// <summary>What a build of the web client is made from.</summary>
internal static class WebSources
{
    // What npm, the build, tests and editors write; a name with a dot in front is theirs too, when it is a folder.
    private static readonly HashSet<string> OthersFolders = new(["node_modules", "dist", "coverage", "test-results", "TestResults"], StringComparer.Ordinal);
    private static readonly string[] OthersEndings = ["~", ".swp", ".log", ".tsbuildinfo"];

    // The build writes it from the contract.
    private static readonly string Generated = Path.Combine("src", "api", "schema.d.ts");

    /// <summary>A hash over the path and the content of every source: the same for the same sources, wherever and whenever they were written.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Fingerprint(WebOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in Files(options.Folder).Append(("", options.Contract)))
        {
            Add(hash, Encoding.UTF8.GetBytes(name));
            Add(hash, File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, string File)> Files(string folder) =>
        Below(new DirectoryInfo(folder))
            .Select(file => (Name: Path.GetRelativePath(folder, file.FullName), file.FullName))
            .Where(file => file.Name != Generated)
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => !OthersEndings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Concat(folder.EnumerateDirectories().Where(below => below.Name[0] != '.' && !OthersFolders.Contains(below.Name)).SelectMany(Below));

    // With its length in front, so that what ends one file cannot begin the next.
    private static void Add(IncrementalHash hash, byte[] content)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        hash.AppendData(length);
        hash.AppendData(content);
    }
}
