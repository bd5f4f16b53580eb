using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Members;
using Connections.Members.Load;

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
        Assert.Equal([null, "load-wrong-type", "not an id", "load-incomplete", "load-brand", null, "load-good-1"], rejected.Select(row => row["id"]?.ToString()));
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
        var before = await ETagsAsync();
        Assert.Empty(await LoadAsync(rows));

        Assert.Equal(before, await ETagsAsync());

        async Task<string[]> ETagsAsync() => [.. await Task.WhenAll(new[] { "load-again-1", "load-again-2" }.Select(async id => (await host.Members().FindAsync(new MemberId(id), default))!.ETag))];
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
        Assert.Equal(("After", "own@mail.test", before.UnsubscribeKey, before.ListedAt), (after.DisplayName, after.Email, after.UnsubscribeKey, after.ListedAt));
        Assert.Equal(before.MutedNotices, after.MutedNotices);
        Assert.Null(after.Country);
    }

    [Fact]
    public async Task A_brand_stays_a_brand()
    {
        await host.ClientFor("load-a-brand").BecomeBrandAsync();

        var rejected = Assert.Single(await LoadAsync(Row("load-a-brand", "Creator now")));
        Assert.NotNull(rejected["errors"]!["kind"]);
        Assert.Equal((MemberKind.Brand, "Aurora Outdoor"), ((await StoredAsync("load-a-brand")).Kind, (await StoredAsync("load-a-brand")).DisplayName));
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

    private static string Row(string id, string name, string? email = null)
    {
        var row = MemberCalls.ListedCreator(name);
        row["id"] = id;
        row["email"] = email;
        return JsonSerializer.Serialize(row);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, params string[] rows)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return await client.PostAsync(Path, content);
    }

    private async Task<JsonNode[]> LoadAsync(params string[] rows)
    {
        using var answer = await PostAsync(Admin, rows);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private async Task<Member> StoredAsync(string id) => (await host.Members().FindAsync(new MemberId(id), default))!.Value;
}
