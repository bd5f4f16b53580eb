using Connections.Local;
using Connections.Local.Commands;
using Connections.Local.Poison;
using Connections.Local.Web;

var repository = RepositoryFolder.Find();
switch (CommandLine.Parse(args, RepositoryFolder.DefaultData(), repository is null ? null : new WebOptions(repository)))
{
    case CommandLine.Start start:
        return await CommandRunner.RunAsync(stop => HostCommand.RunAsync(start.Options, stop));
    case CommandLine.Poison poison:
        return await CommandRunner.RunAsync(stop => PoisonCommand.RunAsync(poison.Request, Console.Out, stop));
    case CommandLine.Misunderstood wrong:
        await Console.Error.WriteLineAsync($"{wrong.Message} The options are shown by: dotnet run --project local -- --help");
        return 2;
    default:
        Console.WriteLine(CommandLine.Help);
        return 0;
}
