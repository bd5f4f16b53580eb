using Connections.Local.Web;

namespace Connections.Tests.Local.Web;

public sealed class WebSourcesTests : IDisposable
{
    private readonly SmallClient _client = new();

    [Theory]
    [InlineData("web/src/main.js")]
    [InlineData("web/src/new.css")]
    [InlineData("web/index.html")]
    [InlineData("web/package-lock.json")]
    [InlineData("web/.npmrc")]
    [InlineData("functions/openapi.yaml")]
    public void A_changed_or_new_source_makes_a_build_out_of_date(string source) =>
        Assert.True(Changes(() => _client.Write(source, "something else")));

    [Theory]
    [InlineData("web/src/api/schema.d.ts")]
    [InlineData("web/dist/index.html")]
    [InlineData("web/.build/lock")]
    [InlineData("web/coverage/index.html")]
    [InlineData("web/.vscode/settings.json")]
    [InlineData("web/src/main.js~")]
    [InlineData("web/src/.main.js.swp")]
    [InlineData("web/node_modules/word/index.js")]
    [InlineData("README.md")]
    public void A_file_that_is_not_a_source_does_not(string file) => Assert.False(Changes(() => _client.Write(file, "something else")));

    [Fact]
    public void File_names_count_and_timestamps_do_not()
    {
        Assert.True(Changes(() => File.Move(_client.At("web/src/main.js"), _client.At("web/src/words.js"))));
        Assert.False(Changes(() => File.SetLastWriteTimeUtc(_client.At("web/src/words.js"), DateTime.UtcNow.AddDays(1))));
        Assert.True(Changes(() => File.Delete(_client.At("web/src/words.js"))));
    }

    [Fact]
    public void The_fingerprint_separates_the_contents_of_files()
    {
        _client.Write("web/src/a.js", "one");
        _client.Write("web/src/b.js", "two");

        Assert.True(Changes(() =>
        {
            _client.Write("web/src/a.js", "onet");
            _client.Write("web/src/b.js", "wo");
        }));
    }

    public void Dispose() => _client.Dispose();

    private bool Changes(Action act)
    {
        var before = WebSources.Fingerprint(_client.Options);
        act();
        return WebSources.Fingerprint(_client.Options) != before;
    }
}
