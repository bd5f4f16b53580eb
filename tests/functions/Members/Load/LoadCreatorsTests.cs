using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Creators.Load;
using Connections.Members;

namespace Connections.Tests.Functions.Members.Load;

/// <summary>POST /api/admin/creators.</summary>
public sealed class LoadCreatorsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Path = "/api/admin/creators";

    private HttpClient Admin => host.ClientFor("the-admin", roles: "admin");

    [Fact]
    public async Task A_loaded_creator_is_found_and_has_the_email_of_the_row()
    {
        Assert.Empty(await LoadAsync(Row("load-one", "Wilhelmina Quist", email: "one@mail.test")));

        var found = await host.ClientFor("load-looker").GetJsonAsync("/api/creators?q=wilhelmina%20quist");
        Assert.Equal(["load-one"], found.GetProperty("value").EnumerateArray().Ids());
        Assert.Equal("one@mail.test", (await StoredAsync("load-one")).Email);
        Assert.NotEmpty((await StoredAsync("load-one")).UnsubscribeKey);
    }

    [Fact]
    public async Task Only_an_admin_loads()
    {
        foreach (var client in new[] { host.ClientFor("load-nobody"), host.ClientFor("load-editor", roles: ["editor", "Admin"]) })
        {
            using var answer = await PostAsync(client, Row("load-refused", "Refused"));
            Assert.Equal("forbidden", (await answer.ProblemAsync(HttpStatusCode.Forbidden)).Code);
        }

        using var anonymous = await PostAsync(host.AnonymousClient(), Row("load-refused", "Refused"));
        Assert.Equal("unauthenticated", (await anonymous.ProblemAsync(HttpStatusCode.Unauthorized)).Code);
        Assert.Null(await host.Members().FindAsync(new MemberId("load-refused"), default));
    }

    [Fact]
    public async Task A_bad_row_among_good_ones_is_told_and_the_others_are_loaded()
    {
        var rejected = await LoadAsync(
            Row("load-good-1", "Good"),
            "{ \"id\": \"load-cut\", ",
            "",
            """{ "id": "load-wrong-type", "displayName": 5 }""",
            """{ "id": "not an id", "displayName": "Somebody" }""",
            """{ "id": "load-incomplete", "displayName": "Somebody", "categories": ["nonsense"], "listed": true, "email": "nowhere" }""",
            """{ "id": "load-brand", "displayName": "Somebody", "kind": "brand" }""",
            "[]",
            Row("load-good-1", "Twice"),
            Row("load-good-2", "Good"));

        Assert.Equal([2, 4, 5, 6, 7, 8, 9], rejected.Select(row => (int)row["line"]!));
        Assert.Equal(
            ["row", "displayName", "id", "categories[0],email", "kind", "row", "id"],
            rejected.Select(row => string.Join(',', row["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal))));
        Assert.Equal(
            ["bad-form", "wrong-type", "bad-form", "unknown-value,bad-form", "unknown-value", "bad-form", "duplicate"],
            rejected.Select(row => string.Join(',', row["fields"]!.AsArray().Select(fault => fault!["code"]))));
        Assert.All(rejected, row => Assert.Equal(
            row["errors"]!.AsObject().SelectMany(error => error.Value!.AsArray().Select(detail => (error.Key, $"{detail}"))),
            row["fields"]!.AsArray().Select(fault => ($"{fault!["field"]}", $"{fault["detail"]}"))));
        Assert.Equal([null, "load-wrong-type", "not an id", "load-incomplete", "load-brand", null, "load-good-1"], rejected.Select(
            row => row["id"]?.ToString()));
        Assert.Equal("Good", (await StoredAsync("load-good-1")).DisplayName);
        Assert.Equal("Good", (await StoredAsync("load-good-2")).DisplayName);
        foreach (var id in new[] { "load-wrong-type", "load-incomplete", "load-brand" })
        {
            Assert.Null(await host.Members().FindAsync(new MemberId(id), default));
        }
    }

    [Fact]
    public async Task The_same_load_again_changes_nothing()
    {
        string[] rows = [Row("load-again-1", "First"), Row("load-again-2", "Second", email: "second@mail.test")];
        await LoadAsync(rows);
        await host.DrainAsync();
        var before = await ETagsAsync();
        Assert.Empty(await LoadAsync(rows));

        Assert.Equal(before, await ETagsAsync());

        async Task<string[]> ETagsAsync() => [.. await Task.WhenAll(new[] { "load-again-1", "load-again-2" }.Select(
            async id => (await host.Members().FindAsync(new MemberId(id), default))!.ETag))];
    }

    [Fact]
    public async Task Loaded_numbers_say_when_they_were_checked()
    {
        string Checked(string id, string more) =>
            $$"""{"id":"{{id}}","displayName":"Checked","platforms":[{"name":"x","handle":"a","followers":5{{more}}}]}""";
        async Task<Platform> PlatformAsync(string id) => Assert.Single((await StoredAsync(id)).Platforms);

        var before = DateTimeOffset.UtcNow.InMilliseconds();
        Assert.Empty(await LoadAsync(
            Checked("load-now", ""), Checked("load-then", ""","checkedAt":"2026-01-02T03:04:05+01:00" """)));
        var (now, then) = (await PlatformAsync("load-now"), await PlatformAsync("load-then"));
        Assert.All(new[] { now, then }, platform => Assert.Equal(PlatformSource.Import, platform.Source));
        Assert.InRange(now.CheckedAt!.Value, before, DateTimeOffset.UtcNow);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), then.CheckedAt);

        Assert.Empty(await LoadAsync(Checked("load-then", ""","checkedAt":"2026-02-02T00:00:00Z" """)));
        Assert.Equal(new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero), (await PlatformAsync("load-then")).CheckedAt);
        var rejected = Assert.Single(await LoadAsync(Checked("load-then", ""","checkedAt":"2999-01-01T00:00:00Z" """)));
        Assert.Equal("platforms[0].checkedAt", Assert.Single(rejected["fields"]!.AsArray())!["field"]!.ToString());
    }

    [Fact]
    public async Task A_member_who_is_there_gets_the_profile_and_keeps_the_rest()
    {
        var creator = host.ClientFor("load-known", email: "own@mail.test");
        await creator.BecomeCreatorAsync("Before");
        await creator.PutAsync("/api/me/email-preferences", new { notices = new { inviteReceived = false } });
        var before = await StoredAsync("load-known");
        Assert.Empty(await LoadAsync(Row("load-known", "After", email: "other@mail.test")));

        var after = await StoredAsync("load-known");
        Assert.Equal(
            ("After", "own@mail.test", before.UnsubscribeKey, before.ListedAt),
            (after.DisplayName, after.Email, after.UnsubscribeKey, after.ListedAt));
        Assert.Equal(before.MutedNotices, after.MutedNotices);
        Assert.Null(after.Country);
    }

    [Fact]
    public async Task A_member_without_an_address_gets_that_of_the_row()
    {
        await host.AddCreatorAsync("load-reach");
        Assert.Empty(await LoadAsync(Row("load-reach", "Reachable", email: "reach@mail.test")));
        Assert.Empty(await LoadAsync(Row("load-reach", "Reachable", email: "other@mail.test")));

        Assert.Equal("reach@mail.test", (await StoredAsync("load-reach")).Email);
    }

    [Fact]
    public async Task A_brand_stays_a_brand()
    {
        await host.ClientFor("load-a-brand").BecomeBrandAsync();

        var rejected = Assert.Single(await LoadAsync(Row("load-a-brand", "Creator now")));
        Assert.NotNull(rejected["errors"]!["kind"]);
        Assert.Equal("conflict", $"{rejected["fields"]!.AsArray().Single()!["code"]}");
        Assert.Equal(
            (MemberKind.Brand, "Aurora Outdoor"),
            ((await StoredAsync("load-a-brand")).Kind, (await StoredAsync("load-a-brand")).DisplayName));
    }

    [Fact]
    public async Task A_thousand_rows_are_loaded_in_one_call_and_one_more_loads_none()
    {
        var rows = Enumerable.Range(1, 1000).Select(i => Row($"load-many-{i}", $"Many {i}")).ToArray();

        using var refused = await PostAsync(Admin, [.. rows, Row("load-too-many", "Too many")]);
        Assert.Equal("too-many-rows", (await refused.ProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Code);
        Assert.Null(await host.Members().FindAsync(new MemberId("load-many-1"), default));

        Assert.Empty(await LoadAsync(rows));
        var loaded = await host.Members().FindManyAsync(Enumerable.Range(1, 1000).Select(i => new MemberId($"load-many-{i}")), default);
        Assert.Equal(1000, loaded.Count);
    }

    [Fact]
    public async Task A_row_and_a_body_have_their_limits()
    {
        var rejected = Assert.Single(await LoadAsync(Row("load-wide", new string('x', LoadSettings.MaxRow)), Row("load-narrow", "Narrow")));
        Assert.Equal((1, "row"), ((int)rejected["line"]!, rejected["errors"]!.AsObject().Single().Key));
        Assert.Equal("too-long", $"{rejected["fields"]!.AsArray().Single()!["code"]}");

        using var answer = await PostAsync(Admin, new string('x', LoadSettings.MaxBody + 1));
        Assert.Equal("body-too-large", (await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Code);
    }

    [Fact]
    public async Task Other_kinds_of_body_are_refused()
    {
        using var content = new StringContent(Row("load-json", "Json"), Encoding.UTF8, "application/json");
        using var answer = await Admin.PostAsync(Path, content);
        Assert.Equal("unsupported-media-type", (await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType)).Code);
    }

    [Fact]
    public void Lines_end_in_any_way_and_blank_ones_only_count()
    {
        var body = Encoding.UTF8.GetBytes("\uFEFF{1}\r\n\n \t\r\n{4}\n{5}");
        Assert.Equal(
            [(1, "{1}"), (4, "{4}"), (5, "{5}")],
            NdjsonLines.Of(body).Select(line => (line.Number, Encoding.UTF8.GetString(line.Bytes.Span).Trim())));
    }

    [Theory]
    [InlineData("\uFEFF{1}\n\uFEFF{2}", 1, 2)]
    [InlineData("{1}\r\n\uFEFF\uFEFF{2}\r\n", 1, 2)]
    [InlineData("{1}\uFEFF{1}\n{2}", 1, 1, 2)]
    [InlineData("{1}\n\uFEFF\n{3}", 1, 3)]
    [InlineData("{1}\r{2}\r{3}", 1, 2, 3)]
    [InlineData("\r\r{3}\r", 3)]
    [InlineData("{1}\r\n\r\n{3}\n\n{5}\r\r{7}", 1, 3, 5, 7)]
    [InlineData("[\"\uFEFF\u2028\u0085\u2029\v\"]\n{2}", 1, 2)]
    [InlineData("[\"a\rb\"]\r{2}", 1, 2)]
    [InlineData("[\"\\\"\uFEFF\"]\r[\"\\\\\"]\uFEFF{2}", 1, 2, 2)]
    [InlineData("[\"no end\n{2}\r{3}", 1, 2, 3)]
    [InlineData("[\"no end\\\n{2}", 1, 2)]
    [InlineData("\uFEFF")]
    [InlineData("")]
    public void Lines_are_taken_apart_as_programs_write_and_join_them(string body, params int[] numbers)
    {
        var lines = NdjsonLines.Of(Encoding.UTF8.GetBytes(body)).ToList();

        Assert.Equal(numbers, lines.Select(line => line.Number));
        Assert.All(lines, line => Assert.Matches($@"\A(\{{{line.Number}\}}|\["".*)\z", Encoding.UTF8
            .GetString(line.Bytes.Span).Replace('\r', ' ').Replace('\v', ' ').Replace('\u0085', ' ')));
    }

    [Fact]
    public async Task Joined_files_with_any_ends_of_lines_are_loaded_and_the_rejected_row_has_its_line()
    {
        var body = $"\uFEFF{Row("load-bom-1", "One")}\r"
            + $"{Row("load-bom-2", "Two").Replace("Two", "Two\uFEFFmarks", StringComparison.Ordinal)}\r\n"
            + $"\uFEFF{Row("load-bom-3", "Three")}\uFEFF{Row("load-bom-4", "Four")}\r\r{{\"id\":\"load-bom-5\"}}\r";

        var rejected = Assert.Single(await LoadAsync(body));
        Assert.Equal((5, "load-bom-5"), ((int)rejected["line"]!, rejected["id"]!.ToString()));
        foreach (var id in new[] { "load-bom-1", "load-bom-2", "load-bom-3", "load-bom-4" })
        {
            Assert.NotEmpty((await StoredAsync(id)).DisplayName);
        }
    }

    [Theory]
    [InlineData("52000.0", 52000)]
    [InlineData("5.2e4", 52000)]
    [InlineData("52000.5", null)]
    [InlineData("\"52000\"", null)]
    public async Task Followers_are_taken_as_other_programs_write_whole_numbers(string number, int? followers)
    {
        var id = $"load-number-{Guid.NewGuid():n}";
        var rejected = await LoadAsync(Row(id, "Numbers").Replace("1000", number, StringComparison.Ordinal));

        Assert.Equal(followers is null ? ["platforms[0].followers"] : [], rejected.SelectMany(row => row["errors"]!.AsObject())
            .Select(error => error.Key));
        Assert.Equal(followers, (await host.Members().FindAsync(new MemberId(id), default))?.Value.Followers);
    }

    [Theory]
    [InlineData("anna@münchen.de", "anna@xn--mnchen-3ya.de")]
    [InlineData("josé@example.com", null)]
    [InlineData("a..b@docomo.ne.jp", null)]
    [InlineData("anna@bücher", null)]
    public async Task An_address_that_email_cannot_be_sent_to_is_refused_by_name(string email, string? stored)
    {
        var id = $"load-address-{Guid.NewGuid():n}";
        var rejected = await LoadAsync(Row(id, "Address", email));

        Assert.Equal(stored is null ? ["email"] : [], rejected.SelectMany(row => row["errors"]!.AsObject()).Select(error => error.Key));
        Assert.Equal(stored, (await host.Members().FindAsync(new MemberId(id), default))?.Value.Email);
    }

    [Fact]
    public async Task A_picture_is_on_a_host_whose_pictures_clients_load_or_stays_as_it_was()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Settings = new Dictionary<string, string?> { ["Load:AvatarHosts"] = "cdn.example.com" },
        });
        string?[] pictures =
        [
            "https://cdn.example.com/a.png", "https://CDN.example.com:443/a.png", "https://cdn.example.com:8443/a.png",
            "https://a.cdn.example.com/a.png", "https://example.com/cdn.example.com", "https://cdn.example.com./a.png", "nowhere", null,
        ];
        var rejected = await LoadAsync(own, [.. pictures.Select((one, at) => Row($"load-picture-{at}", "Pictured", avatarUrl: one))]);
        Assert.Equal(
            [("3", "avatarUrl"), ("4", "avatarUrl"), ("5", "avatarUrl"), ("6", "avatarUrl"), ("7", "avatarUrl")],
            rejected.Select(row => ($"{row["line"]}", $"{Assert.Single(row["fields"]!.AsArray())!["field"]}")));

        // One from before the setting.
        var stored = await own.Members().FindAsync(new MemberId("load-picture-0"), default);
        await own.Members().ChangeAsync(
            stored!.Value.Id, member => (true, member! with { AvatarUrl = "https://old.example.com/a.png" }), default);
        Assert.Empty(await LoadAsync(own, Row("load-picture-0", "Renamed", avatarUrl: "https://old.example.com/a.png")));
    }

    private static string Row(string id, string name, string? email = null, string? avatarUrl = null)
    {
        var row = MemberCalls.ListedCreator(name);
        row["id"] = id;
        row["email"] = email;
        row["avatarUrl"] = avatarUrl;
        return JsonSerializer.Serialize(row);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, params string[] rows)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return await client.PostAsync(Path, content);
    }

    private Task<JsonNode[]> LoadAsync(params string[] rows) => LoadAsync(host, rows);

    private static async Task<JsonNode[]> LoadAsync(LocalHostFixture host, params string[] rows)
    {
        using var answer = await PostAsync(host.ClientFor("the-admin", roles: "admin"), rows);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private async Task<Member> StoredAsync(string id) => (await host.Members().FindAsync(new MemberId(id), default))!.Value;
}
