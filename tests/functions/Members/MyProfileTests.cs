using System.Net;
using System.Text;
using Connections.Notices;
using Connections.Tests.Functions.Files;

namespace Connections.Tests.Functions.Members;

public sealed class MyProfileTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_first_read_makes_the_profile_from_the_token()
    {
        var profile = await host.ClientFor("first", name: "Zoë\u0007 Quinn", email: "zoe@mail.test").GetJsonAsync("/api/me");
        var stored = (await host.Members().FindAsync(new MemberId("first"), CancellationToken.None))!.Value;

        Assert.Equal(("first", "Zoë Quinn"), (profile.GetProperty("id").GetString(), profile.GetProperty("displayName").GetString()));
        Assert.Equal("zoe@mail.test", stored.Email);
    }

    [Fact]
    public async Task A_later_token_with_another_name_changes_nothing()
    {
        await host.ClientFor("later", name: "Before").GetJsonAsync("/api/me");
        var profile = await host.ClientFor("later", name: "After").GetJsonAsync("/api/me");

        Assert.Equal("Before", profile.GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Parallel_first_calls_make_one_profile()
    {
        var clients = Enumerable.Range(0, 20).Select(i => host.ClientFor("parallel", name: $"Name {i}")).ToArray();

        var profiles = await Task.WhenAll(clients.Select(c => c.GetJsonAsync("/api/me")));

        Assert.Single(profiles.Select(p => p.GetProperty("displayName").GetString()).Distinct());
    }

    [Fact]
    public async Task A_first_write_needs_no_read_before()
    {
        var profile = await host.ClientFor("writer").PutProfileOkAsync(MemberCalls.ListedCreator("Writer"));
        var stored = (await host.Members().FindAsync(new MemberId("writer"), CancellationToken.None))!.Value;

        Assert.True(profile.GetProperty("listed").GetBoolean());
        Assert.Equal("writer@example.com", stored.Email);
    }

    [Fact]
    public async Task A_profile_tells_nothing_but_what_its_shape_says()
    {
        var everything = MemberCalls.ListedCreator("Shape");
        everything["bio"] = everything["organisation"] = "text";
        everything["avatar"] = await host.CheckedFileAsync("shape", Pictures.Jpeg(40, 40), @for: "avatar");
        everything["website"] = "https://example.test/";
        everything["country"] = everything["language"] = "DE";
        everything["tags"] = everything["languages"] = new[] { "de" };
        everything["openTo"] = everything["offers"] = new[] { "paid" };
        everything["formats"] = new[] { "story" };
        everything["rateFrom"] = new { amount = 250, currency = "EUR" };
        everything["leadTime"] = 14;
        everything["availableFrom"] = "2026-12-01";
        everything["expects"] = everything["about"] = "text";

        var profile = await host.ClientFor("shape").PutProfileOkAsync(everything);

        Assert.Equal(
            [
                "about", "availableFrom", "avatarUrl", "bio", "categories", "country", "displayName", "expects", "formats", "handle",
                "headline", "id", "kind", "language", "languages", "leadTime", "listed", "offers", "openTo", "organisation", "platforms",
                "rateFrom", "tags", "website",
            ],
            profile.Names());
        Assert.Equal(["engagement", "followers", "handle", "name", "source"], profile.GetProperty("platforms")[0].Names());
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var profile = await host.ClientFor("unknown").PutProfileOkAsync(new
        {
            displayName = "Known", id = "somebody-else", email = "x@mail.test", unsubscribeKey = "k", followers = 9, createdAt = "never",
        });
        var stored = (await host.Members().FindAsync(new MemberId("unknown"), CancellationToken.None))!.Value;

        Assert.Equal("unknown", profile.GetProperty("id").GetString());
        Assert.Equal(("unknown@example.com", 0), (stored.Email, stored.Followers));
        Assert.NotEqual("k", stored.UnsubscribeKey);
    }

    [Fact]
    public async Task An_unchanged_profile_is_not_sent_again()
    {
        var client = host.ClientFor("etag");
        using var first = await client.GetAsync("/api/me");
        var tag = first.Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync(client, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync(client, $"\"other\", W/{tag}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetIfNoneMatchAsync(client, "\"other\"")).StatusCode);
        await client.PutProfileOkAsync(new { displayName = "Changed" });
        Assert.Equal(HttpStatusCode.OK, (await GetIfNoneMatchAsync(client, tag)).StatusCode);
    }

    [Fact]
    public async Task A_write_answers_the_tag_that_the_next_read_has()
    {
        var client = host.ClientFor("tags");
        using var written = await client.PutProfileAsync(new { displayName = "Written" });
        using var read = await client.GetAsync("/api/me");

        Assert.Equal(read.Headers.ETag, written.Headers.ETag);
        Assert.Equal(await read.Content.ReadAsStringAsync(), await written.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("demo-brand")]
    [InlineData("demo-creator")]
    public async Task A_profile_can_be_sent_back_as_it_was_read(string id)
    {
        var client = host.ClientFor(id);
        var read = await client.GetJsonAsync("/api/me");

        Assert.Equal(read.ToString(), (await client.PutProfileOkAsync(read)).ToString());
    }

    [Fact]
    public async Task A_stale_write_is_refused_and_changes_nothing()
    {
        var client = host.ClientFor("stale");
        using var read = await client.GetAsync("/api/me");
        var tag = read.Headers.ETag!.ToString();

        using var fresh = await client.PutProfileAsync(new { displayName = "Fresh" }, tag);
        using var stale = await client.PutProfileAsync(new { displayName = "Stale" }, tag);
        using var weak = await client.PutProfileAsync(new { displayName = "Weak" }, "W/" + fresh.Headers.ETag);
        using var unreadable = await client.PutProfileAsync(new { displayName = "Unreadable" }, "Fresh");
        using var any = await client.PutProfileAsync(new { displayName = "Any" }, "*");

        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        Assert.Equal("stale-write", (await stale.ProblemAsync(HttpStatusCode.PreconditionFailed)).Code);
        Assert.Equal(HttpStatusCode.PreconditionFailed, weak.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, unreadable.StatusCode);
        Assert.Equal("Any", (await any.JsonAsync(HttpStatusCode.OK)).GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Of_parallel_writes_of_one_tag_exactly_one_wins()
    {
        var client = host.ClientFor("race");
        for (var round = 0; round < 10; round++)
        {
            using var read = await client.GetAsync("/api/me");
            var tag = read.Headers.ETag!.ToString();

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(i => client.PutProfileAsync(new { displayName = $"{round} {i}" }, tag)));

            var winner = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.All(answers.Where(a => a != winner), a => Assert.Equal(HttpStatusCode.PreconditionFailed, a.StatusCode));
            Assert.Equal(await winner.Content.ReadAsStringAsync(), await client.GetStringAsync("/api/me"));
        }
    }

    [Fact]
    public async Task Parallel_writes_without_a_tag_all_succeed_and_the_last_one_stands()
    {
        var client = host.ClientFor("last");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => client.PutProfileAsync(new { displayName = $"Writer {i}" })));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.StartsWith(
            "Writer ", (await client.GetJsonAsync("/api/me")).GetProperty("displayName").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_part_of_the_profile_neither_makes_it_stale_nor_is_lost()
    {
        var client = host.ClientFor("prefs");
        using var read = await client.GetAsync("/api/me");
        var before = await host.ChangeMemberAsync("prefs", member => member with { MutedNotices = [NoticeKind.InviteReceived] });

        using var write = await client.PutProfileAsync(new { displayName = "Still fresh" }, read.Headers.ETag!.ToString());
        var after = (await host.Members().FindAsync(new MemberId("prefs"), CancellationToken.None))!.Value;

        Assert.Equal(HttpStatusCode.OK, write.StatusCode);
        Assert.Equal([NoticeKind.InviteReceived], after.MutedNotices);
        Assert.Equal(
            (before.UnsubscribeKey, before.Email, before.CreatedAt),
            (after.UnsubscribeKey, after.Email, after.CreatedAt));
    }

    [Fact]
    public async Task Kind_is_set_once()
    {
        var client = host.ClientFor("kind");
        await client.PutProfileOkAsync(new { displayName = "Kind", kind = "brand" });

        using var other = await client.PutProfileAsync(new { displayName = "Kind", kind = "creator" });
        var again = await client.PutProfileOkAsync(new { displayName = "Kind" });

        Assert.Equal("kind-is-set", (await other.ProblemAsync(HttpStatusCode.Conflict)).Code);
        Assert.Equal("brand", again.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Everything_wrong_with_a_profile_is_named_and_nothing_changes()
    {
        var client = host.ClientFor("wrong");
        var before = await client.GetStringAsync("/api/me");

        using var answer = await client.PutProfileAsync(
            new { displayName = "", kind = "agency", platforms = new[] { new { name = "x", url = "http://x.test" } } });

        var (code, fields) = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("invalid-input", code);
        Assert.Equal(["displayName", "kind", "platforms[0].handle", "platforms[0].url"], fields.Order(StringComparer.Ordinal));
        Assert.Equal(before, await client.GetStringAsync("/api/me"));
    }

    [Theory]
    [InlineData("""{"displayName":5}""", "displayName")]
    [InlineData("""{"displayName":"a","tags":"vegan"}""", "tags")]
    [InlineData("""{"displayName":"a","tags":[1]}""", "tags[0]")]
    [InlineData("""{"displayName":"a","listed":"yes"}""", "listed")]
    [InlineData("""{"displayName":"a","platforms":[{"name":"x","handle":"a","followers":"9"}]}""", "platforms[0].followers")]
    [InlineData("""{"displayName":"a","platforms":[{"name":"x","handle":"a","followers":1.5}]}""", "platforms[0].followers")]
    [InlineData("""{"displayName":"a","platforms":[{"name":"x","handle":"a","engagement":"NaN"}]}""", "platforms[0].engagement")]
    public async Task A_wrong_type_is_named(string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.ClientFor("types").PutAsync("/api/me", content);

        var (code, fields) = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(("invalid-input", field), (code, Assert.Single(fields)));
    }

    private static Task<HttpResponseMessage> GetIfNoneMatchAsync(HttpClient client, string tags)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        Assert.True(request.Headers.TryAddWithoutValidation("If-None-Match", tags));
        return client.SendAsync(request);
    }
}
