using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Tests.Functions.Members;

namespace Connections.Tests.Functions.Chat;

/// <summary>A member's own texts for notes and messages.</summary>
public sealed class SavedTextsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Path = "/api/me/saved-texts";

    [Fact]
    public async Task They_are_kept_in_the_order_and_with_the_lines_that_their_member_gave_them()
    {
        var member = await MemberAsync("order");
        Assert.Empty((await member.ReadAsync(Path))["value"].AsArray());
        var texts = new object[]
        {
            new { name = " Rates ", text = "  One\r\ntwo " }, new { text = "Second" }, new { name = "", text = "Third" },
        };
        var saved = await member.PutAsync(Path, new { value = texts });
        Assert.Equal(
            """[{"name":"Rates","text":"One\ntwo"},{"text":"Second"},{"text":"Third"}]""", saved["value"].ToJsonString(Json.Options));
        var read = await member.ReadAsync(Path);
        Assert.Equal((saved["value"].ToJsonString(), saved.Headers.ETag), (read["value"].ToJsonString(), read.Headers.ETag));
        Assert.Empty((await (await MemberAsync("order-other")).ReadAsync(Path))["value"].AsArray());

        Assert.Empty((await member.PutAsync(Path, new { value = Array.Empty<object>() }))["value"].AsArray());
        Assert.Empty((await member.ReadAsync(Path))["value"].AsArray());
    }

    [Fact]
    public async Task Of_two_devices_that_change_what_both_read_one_is_told()
    {
        var member = await MemberAsync("devices");
        var etag = (await member.ReadAsync(Path)).Headers.ETag!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, Path)
            {
                Content = JsonContent.Create(new { value = new[] { new { text = $"Text {i}" } } }),
            };
            request.Headers.IfMatch.Add(etag);
            using var answer = await member.SendAsync(request);
            return answer.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(status => status == HttpStatusCode.PreconditionFailed));
        Assert.Single((await member.ReadAsync(Path))["value"].AsArray());
    }

    [Theory]
    [InlineData("{}", "value", "required")]
    [InlineData("""{ "value": [{ "text": " " }] }""", "value[0].text", "required")]
    [InlineData("""{ "value": [null] }""", "value[0].text", "required")]
    [InlineData("""{ "value": [{ "text": "One" }, { "name": "two\nlines", "text": "Two" }] }""", "value[1].name", "bad-character")]
    public async Task What_is_wrong_is_named(string body, string field, string code)
    {
        using var content = new StringContent(body, null, "application/json");
        var refused = await (await MemberAsync("wrong")).CallAsync(HttpMethod.Put, Path, content);
        Assert.Equal("invalid-input", refused.Problem);
        Assert.Equal((field, code), ($"{refused["fields"][0]!["field"]}", $"{refused["fields"][0]!["code"]}"));
    }

    [Fact]
    public async Task There_are_twenty_at_most_and_each_may_be_as_long_as_a_message()
    {
        var member = await MemberAsync("most");
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 4000));
        Assert.Equal(HttpStatusCode.OK, (await member.PutAsync(Path, Texts(20, text))).Status);
        var refused = await member.PutAsync(Path, Texts(21, "Short"));
        Assert.Equal(("value", "too-many"), ($"{refused["fields"][0]!["field"]}", $"{refused["fields"][0]!["code"]}"));
        Assert.Equal(20, (await member.ReadAsync(Path))["value"].AsArray().Count);

        static object Texts(int count, string text) => new { value = Enumerable.Repeat(new { text }, count) };
    }

    private async Task<HttpClient> MemberAsync(string name)
    {
        var member = host.ClientFor($"saved-{name}");
        await member.BecomeBrandAsync();
        return member;
    }
}
