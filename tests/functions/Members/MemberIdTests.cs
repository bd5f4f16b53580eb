using System.Net;
using System.Text.Json;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Members;

/// <summary>An id that an address would change is refused everywhere.</summary>
public sealed class MemberIdTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("facets")]
    [InlineData("FACETS")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("%2E")]
    [InlineData("é")]
    [InlineData(null)]
    public void What_an_address_reads_otherwise_is_no_id(string? text) => Assert.False(MemberId.TryParse(text, out _));

    [Fact]
    public void The_words_that_no_id_may_be_are_the_routes_beside_ids()
    {
        var paths = Contract.Current.Operations.Select(operation => operation.Path.Split('/')).ToList();
        var words = from operation in Contract.Current.Operations
                    from parameter in operation.Parameters
                    where parameter["in"]!.ToString() == "path"
                        && parameter["schema"]!["$ref"]?.ToString().EndsWith("/MemberId", StringComparison.Ordinal) == true
                    let path = operation.Path.Split('/')
                    let at = Array.IndexOf(path, $"{{{parameter["name"]}}}")
                    from other in paths
                    where other.Length > at && other.Take(at).SequenceEqual(path.Take(at)) && !other[at].StartsWith('{')
                    select other[at];
        Assert.Equal(words.Distinct().Order(StringComparer.Ordinal), MemberId.RouteWords.Order(StringComparer.Ordinal));
        Assert.All(MemberId.RouteWords, word => Assert.Contains($"the word {word}", MemberId.Form, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("facets")]
    public async Task By_such_an_id_nobody_is_found(string id)
    {
        var brand = host.ClientFor("ids-brand", roles: "admin");
        await brand.BecomeBrandAsync();

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), Told(await brand.SendAsync("/api/invites", new { creatorId = id })));
        Assert.Equal(
            (HttpStatusCode.NotFound, "not-found"), Told(await brand.SendAsync("/api/reports", new { memberId = id, reason = "spam" })));
        foreach (var path in new[] { "/api/favourites/", "/api/blocks/" })
        {
            // Unescaped, and escaped.
            foreach (var segment in new[] { id, id.Replace(".", "%2E", StringComparison.Ordinal) })
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(
                    $"{host.Url.GetLeftPart(UriPartial.Authority)}{path}{segment}",
                    new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
                using var answer = await brand.SendAsync(request);
                Assert.InRange((int)answer.StatusCode, 404, 405);
            }
        }

        using var row = new StringContent(JsonSerializer.Serialize(new { id, displayName = "Somebody" }));
        row.Headers.ContentType = new("application/x-ndjson");
        using var loaded = await brand.PostAsync("/api/admin/creators", row);
        Assert.Contains("\"errors\":{\"id\":", await loaded.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("facets")]
    [InlineData("Facets")]
    public async Task A_token_of_such_an_id_is_refused(string id)
    {
        var client = host.ClientFor(id);
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), Told(await client.ReadAsync("/api/me")));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), Told(await client.SendAsync("/api/realtime/access")));
    }

    [Theory]
    [InlineData("ids.")]
    [InlineData(".ids")]
    [InlineData("..ids")]
    [InlineData("ids..x")]
    [InlineData("-")]
    [InlineData("~")]
    [InlineData("_")]
    [InlineData("facets.")]
    [InlineData("me")]
    public async Task By_any_other_id_a_creator_is_made_read_and_invited(string id)
    {
        Assert.Equal(HttpStatusCode.OK, (await host.ClientFor(id).BecomeCreatorAsync("Ida Ids", "idaids")).Status);
        var brand = host.ClientFor("ids-inviter");
        await brand.BecomeBrandAsync();

        Assert.Equal(id, (await brand.ReadAsync($"/api/creators/{id}"))["id"].ToString());
        Assert.Equal(HttpStatusCode.NoContent, (await brand.CallAsync(HttpMethod.Put, $"/api/favourites/{id}")).Status);
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = id })).Status);
    }

    [Fact]
    public void A_document_with_an_id_that_has_become_a_route_can_still_be_read()
    {
        Assert.Equal("facets", JsonSerializer.Deserialize<MemberId>("\"facets\"", Json.Options).Value);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MemberId>("\"..\"", Json.Options));
    }

    private static (HttpStatusCode, string?) Told(Answer answer) => (answer.Status, answer.Problem);
}
