using Connections.Local.Commands;
using Connections.Local.Emulators;
using Connections.Local.Poison;
using Connections.Local.Web;

namespace Connections.Local;

/// <summary>What the words after <c>dotnet run --project local --</c> ask for.</summary>
public abstract record CommandLine
{
    /// <summary>The commands and options, as <c>--help</c> tells them.</summary>
    public const string Help =
        """
        Connections on this machine: the same functions as in Azure, with nothing to install.

        usage: dotnet run --project local [-- OPTIONS]              the whole product
               dotnet run --project local -- emulators [OPTIONS]    what stands in for Azure alone, for func start
               dotnet run --project local -- poison COMMAND         the notices that failed five times

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

          --data DIR                  of the local host that keeps its data there (.local), also while it runs
          --account URL               instead: of a deployment, by your sign-in: https://NAME.queue.core.windows.net
          --connection-string TEXT    instead: of an emulator, such as UseDevelopmentStorage=true
        """;

    private CommandLine()
    {
    }

    /// <summary>Start a host: the product, or the emulators alone.</summary>
    public sealed record Start(LocalOptions Options) : CommandLine;

    /// <summary>See to the poison queue.</summary>
    internal sealed record Poison(PoisonRequest Request) : CommandLine;

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
