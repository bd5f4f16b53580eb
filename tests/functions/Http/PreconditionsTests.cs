using System.Net;
using System.Text;
using Connections.Tests.Functions.Members;

namespace Connections.Tests.Functions.Http;

/// <summary>If-Match and If-None-Match on the calls that write a resource with an ETag.</summary>
public sealed class PreconditionsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "\"any\"")]
    [InlineData("If-Match", "")]
    [InlineData("If-None-Match", "any")]
    [InlineData("If-None-Match", "")]
    public async Task A_write_on_a_condition_that_nothing_meets_makes_nothing(string header, string value)
    {
        foreach (var (path, body) in new[]
        {
            ("/api/me", """{"displayName":"Made"}"""), ("/api/me/email-preferences", """{"notices":{}}"""),
            ("/api/me/privacy", """{"online":true}"""),
        })
        {
            var id = $"unmade-{Guid.NewGuid():n}";
            using var answer = await PutIfAsync(host.ClientFor(id), path, body, (header, value));
            Assert.Equal("stale-write", (await answer.ProblemAsync(HttpStatusCode.PreconditionFailed)).Code);
            Assert.Null(await host.Members().FindAsync(new MemberId(id), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_write_that_is_refused_makes_nothing()
    {
        foreach (var (path, body)
            in new[] { ("/api/me", """{"displayName":" "}"""), ("/api/me/email-preferences", """{"notices":{"reminder":5}}""") })
        {
            using var answer = await PutIfAsync(host.ClientFor("unmade"), path, body);
            Assert.Equal("invalid-input", (await answer.ProblemAsync(HttpStatusCode.BadRequest)).Code);
            Assert.Null(await host.Members().FindAsync(new MemberId("unmade"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Of_writes_of_a_new_profile_only_exactly_one_wins()
    {
        foreach (var (path, body)
            in new[] { ("/api/me", """{"displayName":"New"}"""), ("/api/me/email-preferences", """{"notices":{"reminder":false}}""") })
        {
            var client = host.ClientFor($"only-new-{Guid.NewGuid():n}");
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PutIfAsync(client, path, body, ("If-None-Match", "*"))));

            var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.All(
                answers.Where(answer => answer != winner), answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
            using var read = await client.GetAsync(path);
            Assert.Equal(winner.Headers.ETag, read.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_condition_is_read_as_HTTP_has_it()
    {
        var client = host.ClientFor("conditions");
        using var made = await client.PutProfileAsync(new { displayName = "Same" });
        var tag = made.Headers.ETag!.Tag;

        Assert.Equal(
            [
                ("If-Match", $"\"other\", {tag}", 200), ("If-Match", "*", 200), ("If-Match", $"{tag}, *", 412),
                ("If-Match", $"{tag}, garbage", 412), ("If-Match", "*, *", 412),
                ("If-Match", $"W/{tag}", 412), ("If-None-Match", "\"other\"", 200), ("If-None-Match", $"\"other\", W/{tag}", 412),
                ("If-None-Match", "*", 412),
                ("If-None-Match", "\"other\", *", 412), ("If-None-Match", "garbage", 412),
            ],
            await Task.WhenAll(new[]
            {
                ("If-Match", $"\"other\", {tag}"), ("If-Match", "*"), ("If-Match", $"{tag}, *"), ("If-Match", $"{tag}, garbage"),
                ("If-Match", "*, *"), ("If-Match", $"W/{tag}"),
                ("If-None-Match", "\"other\""), ("If-None-Match", $"\"other\", W/{tag}"), ("If-None-Match", "*"),
                ("If-None-Match", "\"other\", *"), ("If-None-Match", "garbage"),
            }.Select(async condition =>
            {
                using var answer = await PutIfAsync(client, "/api/me", """{"displayName":"Same"}""", condition);
                return (condition.Item1, condition.Item2, (int)answer.StatusCode);
            })));
    }

    [Fact]
    public async Task What_was_erased_meets_no_condition_but_that_there_is_nothing()
    {
        var client = host.ClientFor("erased-conditions");
        await client.PutProfileOkAsync(new { displayName = "Before" });
        using var erased = await client.DeleteAsync("/api/me");
        await Calls.EventuallyAsync(
            async () => (await host.Members().FindAsync(new MemberId("erased-conditions"), CancellationToken.None))!.Value.OwedSince,
            owed => owed is null);

        using var stale = await PutIfAsync(client, "/api/me", """{"displayName":"After"}""", ("If-Match", "*"));
        using var anew = await PutIfAsync(client, "/api/me", """{"displayName":"After"}""", ("If-None-Match", "*"));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.OK), (stale.StatusCode, anew.StatusCode));
    }

    private static Task<HttpResponseMessage> PutIfAsync(
        HttpClient client, string path, string body, params (string Name, string Value)[] conditions)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        Assert.All(conditions, condition => Assert.True(request.Headers.TryAddWithoutValidation(condition.Name, condition.Value)));
        return client.SendAsync(request);
    }
}
