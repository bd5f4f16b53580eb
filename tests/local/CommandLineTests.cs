using Connections.Local;
using Connections.Local.Web;

namespace Connections.Tests.Local;

public sealed class CommandLineTests
{
    private const string Folder = "/somewhere/.local";

    [Fact]
    public void Without_options_it_is_this_machine_at_the_functions_port()
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

        Assert.Equal((new Uri("http://127.0.0.1:9000"), 5, true, Path.GetFullPath("/tmp/x")), (options.Url, options.Creators, options.Reset, options.Folder));
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
    public void What_cannot_be_understood_is_refused(params string[] words) =>
        Assert.IsType<CommandLine.Misunderstood>(CommandLine.Parse(words, Folder));

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://192.168.1.5:7071")]
    [InlineData("http://my-machine:7071")]
    [InlineData("http://[::]:7071")]
    public void Other_machines_reach_it_only_when_asked(string url)
    {
        Assert.IsType<CommandLine.Misunderstood>(CommandLine.Parse(["--urls", url], Folder));
        Assert.True(Started("--urls", url, "--expose").Expose);
    }

    [Fact]
    public void The_web_client_is_served_unless_told()
    {
        var web = new WebOptions("/somewhere");

        Assert.Equal(web, Assert.IsType<CommandLine.Start>(CommandLine.Parse([], Folder, web)).Options.Web);
        Assert.Null(Assert.IsType<CommandLine.Start>(CommandLine.Parse(["--no-web"], Folder, web)).Options.Web);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_help(string word) => Assert.IsType<CommandLine.ShowHelp>(CommandLine.Parse(["--reset", word], Folder));

    private static LocalOptions Started(params string[] words) => Assert.IsType<CommandLine.Start>(CommandLine.Parse(words, Folder)).Options;
}
