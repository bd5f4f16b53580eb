using System.Globalization;
using System.Net;
using Connections.Local.Poison;
using Connections.Local.Web;

namespace Connections.Local.Commands;

/// <summary>The command line after <c>dotnet run --project local --</c>.</summary>
public abstract record CommandLine
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Help =
        """
        Connections on this machine: the same functions as in Azure, with nothing to install.

        usage: dotnet run --project local [-- OPTIONS]              the whole product
               dotnet run --project local -- emulators [OPTIONS]    what stands in for Azure alone, for func start
               dotnet run --project local -- poison COMMAND         the messages that failed five times

          --urls URL      where to listen (http://localhost:7071; emulators: http://localhost:7072)
          --data DIR      where to keep everything (.local in the repository; emulators: .local/emulators)
          --reset         start empty
          --creators N    how many demo creators there are (200); the same ones for the same N
          --expose        let other machines call: listen on every network interface; not the emulators
          --no-web        neither build nor serve the web client; the emulators never do
          --help          this text

        poison list                  lists the notices in the poison queue
        poison show --id ID          shows one
        poison replay [--id ID]      puts all that are there now, or one, back to be sent

          --queue NAME                notices (the default), delivery-reports or file-scans
          --data DIR                  of the local host that keeps its data there (.local), also while it runs
          --account URL               instead: of a deployment, by your sign-in: https://NAME.queue.core.windows.net
          --connection-string TEXT    instead: of an emulator, such as UseDevelopmentStorage=true
        """;

    private CommandLine()
    {
    }

    /// <summary>Start a host: the product, or the emulators alone.</summary>
    public sealed record Start(LocalOptions Options) : CommandLine;

    /// <summary>Handle the poison queue.</summary>
    internal sealed record Poison(PoisonRequest Request) : CommandLine;

    /// <summary>Show <see cref="Help"/>.</summary>
    public sealed record ShowHelp : CommandLine;

    /// <summary>Not understood; <paramref name="Message"/> names the word and the reason.</summary>
    public sealed record Misunderstood(string Message) : CommandLine;

    /// <summary>Parses the words. An option can be written <c>--urls URL</c> or <c>--urls=URL</c>; the last of several counts.</summary>
    /// <param name="words">The words after <c>--</c>.</param>
    /// <param name="defaultFolder">The data folder without <c>--data</c>.</param>
    /// <param name="web">The web client without <c>--no-web</c>; null if there is none.</param>
    public static CommandLine Parse(IReadOnlyList<string> words, string defaultFolder, WebOptions? web = null)
    {
        string[] all = [.. words];
        return all switch
        {
            _ when all.Any(word => word is "--help" or "-h" or "-?") => new ShowHelp(),
            ["poison", .. var rest] => OfPoison(rest, defaultFolder),
            ["emulators", .. var rest] => OfHost(rest, EmulatorSettings.Options(defaultFolder)),
            _ => OfHost(all, new LocalOptions { Folder = defaultFolder, Web = web }),
        };
    }

    private static CommandLine OfHost(string[] words, LocalOptions options)
    {
        (options, var error) = HostArguments.Read(words, options);
        return error is null ? new Start(options) : new Misunderstood(error);
    }

    private static CommandLine OfPoison(string[] words, string defaultFolder)
    {
        var (request, error) = PoisonArguments.Read(words, defaultFolder);
        return request is null ? new Misunderstood(error) : new Poison(request);
    }
}

/// <summary>The options of the commands that start a host.</summary>
internal static class HostArguments
{
    private const int MaxCreators = 10_000_000;

    /// <summary>Parses the words; <paramref name="options"/> has the defaults.</summary>
    /// <returns>The options; or a message about a word that was not understood.</returns>
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
                { Name: "--urls" } =>
                    IsRoot(reader.Value(), out var url)
                    ? (options with { Url = url }, null)
                    : (options, "--urls takes one address, such as http://localhost:7071."),
                { Name: "--data" } =>
                    reader.Value() is { Length: > 0 } folder
                    ? (options with { Folder = Path.GetFullPath(folder) }, null)
                    : (options, "--data takes a folder."),
                { Name: "--creators" } =>
                    int.TryParse(reader.Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxCreators
                    ? (options with { Creators = count }, null)
                    : (options, $"--creators takes a whole number from 0 to {MaxCreators}."),
                _ => (options, reader.Unknown),
            };
        }

        return (options, error ?? Exposed(options));
    }

    private static string? Exposed(LocalOptions options) =>
        options.Expose || IsThisMachine(options.Url.Host) ? null
        : options.EmulatorsAlone
            ? $"{options.Url.Host} can be reached from other machines. The emulators serve this machine alone: everybody has their keys."
        : $"{options.Url.Host} can be reached from other machines. Add --expose if you mean that: anybody who reaches it can sign in as "
            + "any member.";

    private static bool IsRoot(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && url.Scheme == Uri.UriSchemeHttp
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
