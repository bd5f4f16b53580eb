using System.Globalization;
using System.Net;
using Connections.Local.Web;

namespace Connections.Local;

/// <summary>What the words after <c>dotnet run --project local --</c> ask for.</summary>
public abstract record CommandLine
{
    /// <summary>The options, as <c>--help</c> tells them.</summary>
    public const string Help =
        """
        Connections on this machine: the same functions as in Azure, with nothing to install.

        usage: dotnet run --project local [-- OPTIONS]

          --urls URL      where to listen (http://localhost:7071)
          --expose        let other machines call: listen on every network interface
          --data DIR      where to keep everything (.local in the repository)
          --reset         start empty
          --creators N    how many demo creators there are (200); the same ones for the same N
          --no-web        neither build nor serve the web client
          --help          this text
        """;

    private const int MostCreators = 10_000_000;

    private CommandLine()
    {
    }

    /// <summary>Start the host.</summary>
    public sealed record Start(LocalOptions Options) : CommandLine;

    /// <summary>Show <see cref="Help"/>.</summary>
    public sealed record ShowHelp : CommandLine;

    /// <summary>It cannot be understood; <paramref name="Message"/> says which word and why.</summary>
    public sealed record Misunderstood(string Message) : CommandLine;

    /// <summary>Reads the words. An option can be written <c>--urls URL</c> or <c>--urls=URL</c>; of two, the later counts.</summary>
    /// <param name="words">What follows <c>--</c>.</param>
    /// <param name="defaultFolder">The data folder where <c>--data</c> is not given.</param>
    /// <param name="web">The web client that is served where <c>--no-web</c> is not given; null where there is none.</param>
    public static CommandLine Parse(IReadOnlyList<string> words, string defaultFolder, WebOptions? web = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        var options = new LocalOptions { Folder = defaultFolder, Web = web };
        for (var at = 0; at < words.Count; at++)
        {
            var (name, value) = Split(words[at]);
            string? error = null;
            switch (name)
            {
                case "--help" or "-h" or "-?" when value is null:
                    return new ShowHelp();
                case "--expose" when value is null:
                    options = options with { Expose = true };
                    break;
                case "--reset" when value is null:
                    options = options with { Reset = true };
                    break;
                case "--no-web" when value is null:
                    options = options with { Web = null };
                    break;
                case "--urls" or "--data" or "--creators":
                    value ??= at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal) ? words[++at] : "";
                    (options, error) = With(options, name, value);
                    break;
                default:
                    error = $"There is no option {words[at]}.";
                    break;
            }

            if (error is not null)
            {
                return new Misunderstood(error);
            }
        }

        return !options.Expose && !IsThisMachine(options.Url.Host)
            ? new Misunderstood($"{options.Url.Host} can be reached from other machines. Add --expose if you mean that: anybody who reaches it can sign in as any member.")
            : new Start(options);
    }

    private static (string Name, string? Value) Split(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }

    private static (LocalOptions Options, string? Error) With(LocalOptions options, string name, string value) => name switch
    {
        "--urls" => IsRoot(value, out var url) ? (options with { Url = url }, null) : (options, "--urls takes one address, such as http://localhost:7071."),
        "--data" => value.Length > 0 ? (options with { Folder = Path.GetFullPath(value) }, null) : (options, "--data takes a folder."),
        _ => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostCreators
            ? (options with { Creators = count }, null)
            : (options, $"--creators takes a whole number from 0 to {MostCreators}."),
    };

    private static bool IsRoot(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && url.Scheme == Uri.UriSchemeHttp
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
