using Connections.Local;
using Connections.Local.Commands;
using Connections.Local.Web;

namespace Connections.Tests.Local;

public sealed class CommandLineTests
{
    private const string Folder = "/somewhere/.local";

    [Fact]
    public void By_default_it_listens_on_this_machine_at_the_Functions_port()
    {
        var options = Started();

        Assert.Equal(new Uri("http://localhost:7071"), options.Url);
        Assert.Equal(Folder, options.Folder);
        Assert.Equal(200, options.Creators);
        Assert.False(options.Expose);
        Assert.False(options.Reset);
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:9000", "--creators", "5", "--reset", "--data", "/tmp/x")]
    [InlineData("--urls=http://127.0.0.1:9000", "--creators=5", "--reset", "--data=/tmp/x")]
    public void Options_are_read_in_both_spellings(params string[] words)
    {
        var options = Started(words);

        Assert.Equal(
            (new Uri("http://127.0.0.1:9000"), 5, true, Path.GetFullPath("/tmp/x")),
            (options.Url, options.Creators, options.Reset, options.Folder));
    }

    [Theory]
    [InlineData("--port", "9000")]
    [InlineData("reset")]
    [InlineData("--creators", "many")]
    [InlineData("--creators", "-1")]
    [InlineData("--creators")]
    [InlineData("--data")]
    [InlineData("--data", "--reset")]
    [InlineData("--reset=yes")]
    [InlineData("--no-web=yes")]
    [InlineData("--urls", "localhost:9000")]
    [InlineData("--urls", "https://localhost:9000")]
    [InlineData("--urls", "http://localhost:9000/path")]
    [InlineData("--urls", "http://a@localhost:9000")]
    public void An_invalid_option_is_refused(params string[] words) =>
        Assert.IsType<CommandLine.Misunderstood>(CommandLine.Parse(words, Folder));

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://192.168.1.5:7071")]
    [InlineData("http://my-machine:7071")]
    [InlineData("http://[::]:7071")]
    public void Other_machines_can_connect_only_with_expose(string url)
    {
        Assert.IsType<CommandLine.Misunderstood>(CommandLine.Parse(["--urls", url], Folder));
        Assert.True(Started("--urls", url, "--expose").Expose);
    }

    [Fact]
    public void The_web_client_is_served_unless_switched_off()
    {
        var web = new WebOptions("/somewhere");

        Assert.Equal(web, Assert.IsType<CommandLine.Start>(CommandLine.Parse([], Folder, web)).Options.Web);
        Assert.Null(Assert.IsType<CommandLine.Start>(CommandLine.Parse(["--no-web"], Folder, web)).Options.Web);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void A_request_for_help_takes_precedence(string word)
    {
        Assert.IsType<CommandLine.ShowHelp>(CommandLine.Parse(["--reset", word], Folder));
        Assert.IsType<CommandLine.ShowHelp>(CommandLine.Parse(["poison", word], Folder));
    }

    [Theory]
    [InlineData("emulators")]
    [InlineData("poison list")]
    [InlineData("poison show")]
    [InlineData("poison replay")]
    public void Help_and_documentation_name_each_command(string words)
    {
        Assert.Contains(words, CommandLine.Help, StringComparison.Ordinal);
        Assert.Contains($"`{words}", File.ReadAllText(Path.Combine(Repository.Root, "docs", "local-host.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_emulators_have_their_own_address_and_folder()
    {
        var options = Started("emulators");

        Assert.True(options.EmulatorsAlone);
        Assert.Equal((new Uri("http://localhost:7072"), $"{Folder}/emulators", 200), (options.Url, options.Folder, options.Creators));
        Assert.Null(options.Web);
        Assert.Equal(new Uri("http://localhost:9000"), Started("emulators", "--urls", "http://localhost:9000").Url);
    }

    [Theory]
    [InlineData("emulators", "--expose")]
    [InlineData("emulators", "--no-web")]
    [InlineData("emulators", "--urls", "http://0.0.0.0:7072")]
    [InlineData("--reset", "emulators")]
    [InlineData("emulators", "poison")]
    [InlineData("poison")]
    [InlineData("poison", "purge")]
    [InlineData("poison", "1")]
    [InlineData("poison", "list", "--data")]
    [InlineData("poison", "list", "--queue", "mail")]
    [InlineData("poison", "list", "--data", "/x", "--connection-string", "UseDevelopmentStorage=true")]
    [InlineData("poison", "list", "--account")]
    [InlineData("poison", "list", "--account", "http://name.queue.core.windows.net")]
    [InlineData("poison", "list", "--account", "https://name.blob.core.windows.net")]
    [InlineData("poison", "list", "--account", "https://name.queue.core.windows.net?sig=secret")]
    [InlineData("poison", "list", "--connection-string", "AccountName=name")]
    [InlineData("poison", "list", "--connection-string", "UseDevelopmentStorage=true", "--id", "1")]
    [InlineData("poison", "show", "--connection-string", "UseDevelopmentStorage=true")]
    [InlineData("poison", "replay", "--connection-string", "UseDevelopmentStorage=true", "--id")]
    [InlineData("poison", "list", "--connection-string", "UseDevelopmentStorage=true", "--reset")]
    public void An_invalid_command_is_refused(params string[] words) =>
        Assert.NotEmpty(Assert.IsType<CommandLine.Misunderstood>(CommandLine.Parse(words, Folder)).Message);

    [Theory]
    [InlineData("https://name.queue.core.windows.net/", "poison", "list", "--account", "https://name.queue.core.windows.net")]
    [InlineData("http://127.0.0.1:10001/devstoreaccount1/", "poison", "replay", "--connection-string", "UseDevelopmentStorage=true")]
    [InlineData(
        "https://name.queue.core.windows.net/", "poison", "replay", "--connection-string",
        "AccountName=name;AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    [InlineData(
        "http://localhost:1/a/", "poison", "show", "--id=1",
        "--connection-string=AccountName=a;AccountKey=a2V5;QueueEndpoint=http://localhost:1/a;")]
    public void The_poison_queue_can_be_that_of_an_account(string endpoint, params string[] words) =>
        Assert.Equal(new Uri(endpoint), Assert.IsType<CommandLine.Poison>(CommandLine.Parse(words, Folder)).Request.Account!.Endpoint);

    [Fact]
    public void Without_an_account_the_poison_queue_is_the_local_hosts()
    {
        var request = Assert.IsType<CommandLine.Poison>(CommandLine.Parse(["poison", "list"], Folder)).Request;
        var other = Assert.IsType<CommandLine.Poison>(CommandLine.Parse(["poison", "list", "--data", "/elsewhere"], Folder)).Request;

        Assert.Equal((null, Path.GetFullPath(Folder)), (request.Account, request.Folder));
        Assert.Equal((null, Path.GetFullPath("/elsewhere")), (other.Account, other.Folder));
    }

    private static LocalOptions Started(params string[] words) =>
        Assert.IsType<CommandLine.Start>(CommandLine.Parse(words, Folder)).Options;
}
