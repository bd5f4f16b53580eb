using System.Net;
using System.Text;
using Connections.Creators.Favourites;
using Connections.Tests.Functions.Members;

namespace Connections.Tests.Functions.Favourites;

/// <summary>Lists and notes of favourites, and their file for spreadsheets.</summary>
public sealed class FavouriteNotesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_mark_carries_a_note_and_lists_which_only_its_member_sees()
    {
        await host.AddCreatorAsync("noted", name: "Notedname");
        var (member, other) = (host.ClientFor("noter"), host.ClientFor("not-the-noter"));

        var written = await member.PutAsync(
            "/api/favourites/noted", new { note = "  Two lines\r\nof it ", lists = new[] { "Spring", "Autumn", "Spring", "" } });

        Assert.Equal(HttpStatusCode.NoContent, written.Status);
        foreach (var mark in new[]
        {
            (await member.ReadAsync("/api/favourites/noted")).Body!,
            (await member.ReadAsync("/api/creators/noted")).Body!["mark"]!,
            (await member.ReadAsync("/api/creators?q=notedname"))["value"].AsArray().Single()!["mark"]!,
            (await member.ReadAsync("/api/favourites"))["value"].AsArray().Single()!["mark"]!,
        })
        {
            Assert.Equal("Two lines\nof it", mark["note"]!.ToString());
            Assert.Equal(["Autumn", "Spring"], mark["lists"]!.AsArray().Select(list => list!.ToString()));
        }

        Assert.Equal("not-found", (await other.ReadAsync("/api/favourites/noted")).Problem);
        Assert.Null((await other.ReadAsync("/api/creators/noted")).Body!["mark"]);
        Assert.Empty((await other.ReadAsync("/api/favourite-lists"))["value"].AsArray());
    }

    [Fact]
    public async Task What_a_body_leaves_out_stays_and_null_takes_it_away()
    {
        await host.AddCreatorAsync("kept");
        var member = host.ClientFor("keeper");
        await member.PutAsync("/api/favourites/kept", new { note = "Keep", lists = new[] { "One" } });
        var markedAt = (await member.ReadAsync("/api/favourites/kept"))["markedAt"].ToString();

        using (var plain = await member.PutAsync("/api/favourites/kept", null))
        {
            Assert.Equal(HttpStatusCode.NoContent, plain.StatusCode);
        }

        var written = await member.PutAsync("/api/favourites/kept", new { lists = new[] { "Two" } });
        var listed = await member.ReadAsync("/api/favourites/kept");
        Assert.Equal(("Keep", "Two"), (listed["note"].ToString(), listed["lists"][0]!.ToString()));
        Assert.Equal(listed.Headers.ETag, written.Headers.ETag);
        await member.PutAsync("/api/favourites/kept", """{ "note": null, "lists": [] }""");
        var bare = await member.ReadAsync("/api/favourites/kept");
        Assert.Null(bare.Body!["note"]);
        Assert.Empty(bare["lists"].AsArray());
        Assert.Equal(markedAt, bare["markedAt"].ToString());
    }

    [Fact]
    public async Task A_stale_write_changes_nothing()
    {
        await host.AddCreatorAsync("raced");
        var member = host.ClientFor("racer");
        var first = await member.PutAsync("/api/favourites/raced", new { note = "First" });
        await member.PutAsync("/api/favourites/raced", new { note = "Second" });

        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/favourites/raced")
        {
            Content = new StringContent("""{ "note": "Third" }""", Encoding.UTF8, "application/json"),
        };
        stale.Headers.Add("If-Match", first.Headers.ETag!.ToString());
        using var answer = await member.SendAsync(stale);

        Assert.Equal("stale-write", (await answer.ProblemAsync(HttpStatusCode.PreconditionFailed)).Code);
        Assert.Equal("Second", (await member.ReadAsync("/api/favourites/raced"))["note"].ToString());
    }

    [Fact]
    public async Task Faults_are_named_by_their_fields()
    {
        await host.AddCreatorAsync("faulty");
        var member = host.ClientFor("fault-maker");
        foreach (var (body, field) in new (object, string)[]
        {
            (new { note = new string('x', FavouriteRequest.MaxNote + 1) }, "note"), (new { note = 1 }, "note"),
            (new { lists = "One" }, "lists"),
            (new { lists = new object[] { "One", 2 } }, "lists[1]"),
            (new { lists = new[] { new string('x', FavouriteRequest.MaxName + 1) } }, "lists[0]"),
            (new { lists = Enumerable.Range(0, FavouriteRequest.MaxLists + 1).Select(i => $"{i}").ToArray() }, "lists"),
        })
        {
            var answer = await member.PutAsync("/api/favourites/faulty", body);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
            Assert.Equal(field, answer["fields"].AsArray().Single()!["field"]!.ToString());
        }

        Assert.Empty((await member.ReadAsync("/api/favourites"))["value"].AsArray());
    }

    [Fact]
    public async Task A_list_filters_the_page_and_the_file_and_is_counted()
    {
        var member = host.ClientFor("lister");
        foreach (var (id, lists) in new[] { ("in-both", "Spring,Été"), ("in-one", "Spring"), ("in-none", "") })
        {
            await host.AddCreatorAsync(id);
            await member.PutAsync($"/api/favourites/{id}", new { lists = lists.Split(',') });
        }

        Assert.Equal(["in-one", "in-both"], (await member.AllAsync("/api/favourites?list=Spring&limit=1")).Items.Ids());
        Assert.Equal(["in-both"], (await member.AllAsync("/api/favourites?list=%C3%89t%C3%A9")).Items.Ids());
        Assert.Empty((await member.AllAsync("/api/favourites?list=Nothing")).Items);
        Assert.Equal(
            ["Été 1", "Spring 2"],
            (await member.ReadAsync("/api/favourite-lists"))["value"].AsArray().Select(list => $"{list!["name"]} {list["count"]}"));
        Assert.Equal(3, (await RowsAsync(member, "?list=Spring")).Length);
        Assert.Equal(4, (await RowsAsync(member, "")).Length);
    }

    [Theory]
    [InlineData("Café crème", "CAFÉ CRÈME")]
    [InlineData("Caf\u00E9", "Cafe\u0301")]
    [InlineData("Café", "cafe")]
    [InlineData("Two words", "two\u00A0 words")]
    [InlineData("Größe", "GRÖSSE")]
    [InlineData("❤\uFE0F", "❤")]
    public async Task Names_that_read_alike_are_one_list_which_keeps_its_first_spelling(string first, string second)
    {
        var unique = $"{Guid.NewGuid():N}";
        var (member, one, other) = (host.ClientFor($"speller-{unique}"), $"one-{unique}", $"other-{unique}");
        await host.AddCreatorAsync(one);
        await host.AddCreatorAsync(other);
        await member.PutAsync($"/api/favourites/{one}", new { lists = new[] { first, second } });
        var written = await member.PutAsync($"/api/favourites/{other}", new { lists = new[] { second } });

        Assert.Equal(
            [$"{first} 2"],
            (await member.ReadAsync("/api/favourite-lists"))["value"].AsArray().Select(list => $"{list!["name"]} {list["count"]}"));
        foreach (var name in new[] { first, second })
        {
            Assert.Equal(
                [other, one], (await member.AllAsync($"/api/favourites?limit=1&list={Uri.EscapeDataString(name)}")).Items.Ids());
        }

        var mark = await member.ReadAsync($"/api/favourites/{other}");
        Assert.Equal([first], mark["lists"].AsArray().Select(list => list!.ToString()));
        Assert.Equal(mark.Headers.ETag, written.Headers.ETag);
    }

    [Theory]
    [InlineData("C", "C++")]
    [InlineData("2025", "2026")]
    [InlineData("👍🏽", "👍🏿")]
    [InlineData("ـ", "ــ")]
    public async Task Names_that_read_differently_are_two_lists(string one, string other)
    {
        var creator = $"divided-{Guid.NewGuid():N}";
        var member = host.ClientFor($"divider-of-{creator}");
        await host.AddCreatorAsync(creator);
        await member.PutAsync($"/api/favourites/{creator}", new { lists = new[] { one, other } });

        Assert.Equal(2, (await member.ReadAsync("/api/favourite-lists"))["value"].AsArray().Count);
    }

    [Fact]
    public async Task A_list_of_one_favourite_can_be_spelled_anew()
    {
        var member = host.ClientFor("respeller");
        await host.AddCreatorAsync("respelled");
        await member.PutAsync("/api/favourites/respelled", new { lists = new[] { "spring" } });
        await member.PutAsync("/api/favourites/respelled", new { lists = new[] { "Spring" } });

        Assert.Equal("Spring", (await member.ReadAsync("/api/favourites/respelled"))["lists"][0]!.ToString());
    }

    [Fact]
    public async Task The_file_is_one_for_spreadsheets_and_runs_nothing_in_them()
    {
        var member = host.ClientFor("downloader");
        await host.AddCreatorAsync("formula", name: "=HYPERLINK(\"https://example.com\")");
        await member.PutAsync("/api/favourites/formula", new { note = "-1, \"quoted\"\nand more", lists = new[] { "@list" } });

        using var answer = await member.GetAsync("/api/favourites.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("connections-favourites.csv", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        Assert.Contains("\r\n\"'=HYPERLINK(\"\"https://example.com\"\")\",handle,", text, StringComparison.Ordinal);
        Assert.EndsWith(",'@list,\"'-1, \"\"quoted\"\"\nand more\",formula\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("Mira", "Mira")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("1-1", "1-1")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a; \"@x", "\"a; \"\"'@x\"")]
    [InlineData("a; b-1", "\"a; b-1\"")]
    public void A_field_is_quoted_where_it_has_to_be_and_never_a_formula(string? text, string field) =>
        Assert.Equal(field, FavouritesCsv.Field(text));

    private static async Task<string[]> RowsAsync(HttpClient member, string query) =>
        (await member.GetStringAsync($"/api/favourites.csv{query}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
