using System.Globalization;
using System.Net;

namespace Connections.Local.Commands;

/// <summary>The options of the commands that start a host.</summary>
internal static class HostArguments
{
    private const int MostCreators = 10_000_000;

    /// <summary>Reads them; of one that is given twice, the later counts.</summary>
    /// <param name="words">The words.</param>
    /// <param name="options">What holds where nothing is said.</param>
    /// <returns>The options; or what a person is told of a word that cannot be understood.</returns>
    public static (LocalOptions Options, string? Error) Read(IReadOnlyList<string> words, LocalOptions options)
    {
        var reader = new OptionWords(words);
        string? error = null;
        while (error is null && reader.Read())
        {
            (options, error) = reader switch
            {
                { Name: "--reset", IsBare: true } => (options with { Reset = true }, null),
                { Name: "--expose", IsBare: true } when !options.EmulatorsAlone => (options with { Expose = true }, null),
                { Name: "--no-web", IsBare: true } when !options.EmulatorsAlone => (options with { Web = null }, null),
                { Name: "--urls" } => IsRoot(reader.Value(), out var url) ? (options with { Url = url }, null) : (options, "--urls takes one address, such as http://localhost:7071."),
                { Name: "--data" } => reader.Value() is { Length: > 0 } folder ? (options with { Folder = Path.GetFullPath(folder) }, null) : (options, "--data takes a folder."),
                { Name: "--creators" } => int.TryParse(reader.Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostCreators
                    ? (options with { Creators = count }, null)
                    : (options, $"--creators takes a whole number from 0 to {MostCreators}."),
                _ => (options, reader.Unknown),
            };
        }

        return (options, error ?? Exposed(options));
    }

    private static string? Exposed(LocalOptions options) =>
        options.Expose || IsThisMachine(options.Url.Host) ? null
        : options.EmulatorsAlone ? $"{options.Url.Host} can be reached from other machines. The emulators serve this machine alone: everybody has their keys."
        : $"{options.Url.Host} can be reached from other machines. Add --expose if you mean that: anybody who reaches it can sign in as any member.";

    private static bool IsRoot(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && url.Scheme == Uri.UriSchemeHttp
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
