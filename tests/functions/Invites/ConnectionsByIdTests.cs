using System.Net;
using Connections.Tests.Functions.Chat;

namespace Connections.Tests.Functions.Invites;

/// <summary>Reading several connections by their ids, to renew a list that an app keeps.</summary>
public sealed class ConnectionsByIdTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task Each_is_shown_as_the_call_for_one_shows_it_in_the_order_of_the_ids_and_in_any_state()
    {
        var ids = new List<string>();
        var brand = host.ClientFor("by-id-brand");
        await brand.BecomeBrandAsync();
        foreach (var (name, answer) in new[] { ("pending", null), ("accepted", "accept"), ("declined", "decline"), ("over", "accept") })
        {
            var creator = host.ClientFor($"by-id-{name}");
            await creator.BecomeCreatorAsync(name, $"byid{name}");
            ids.Add((await brand.SendAsync("/api/invites", new { creatorId = $"by-id-{name}" }))["id"].ToString());
            if (answer is not null)
            {
                Assert.Equal(HttpStatusCode.OK, (await creator.SendAsync($"/api/invites/{ids[^1]}/{answer}")).Status);
            }
        }

        await host.DrainAsync();
        Assert.Equal(HttpStatusCode.OK, (await brand.CallAsync(HttpMethod.Delete, $"/api/connections/{ids[3]}")).Status);
        ids.Reverse();

        var read = await brand.ReadAsync($"/api/connections?{string.Join('&', ids.Append(ids[0]).Select(id => $"id={id}"))}");

        var alone = await Task.WhenAll(ids.Select(id => brand.ReadAsync($"/api/connections/{id}")));
        Assert.Equal(["removed", "declined", "connected", "pending"], alone.Select(contact => contact["state"].ToString()));
        Assert.Equal(
            alone.Select(contact => contact.Body!.ToJsonString()), read["value"].AsArray().Select(contact => contact!.ToJsonString()));
        Assert.NotNull(read.Headers.ETag);
    }

    [Fact]
    public async Task What_is_not_the_callers_to_see_is_left_out()
    {
        var (own, others) = (await Talk.BeginAsync(host, "by-id-own"), await Talk.BeginAsync(host, "by-id-others"));
        var blocked = await Talk.BeginAsync(host, "by-id-blocked");
        await blocked.Creator.PutAsync($"/api/blocks/{blocked.BrandId}", new { });

        var ids = $"id={others.Id}&id=c{new string('0', 30)}&id=x&id=&id={own.Id}&id={blocked.Id}";
        Assert.Equal([own.Id], (await own.Brand.ReadAsync($"/api/connections?{ids}"))["value"].AsArray().Select(c => c!["id"]!.ToString()));
        Assert.Empty((await blocked.Brand.ReadAsync($"/api/connections?{ids}"))["value"].AsArray());
    }

    [Theory]
    [InlineData("limit=5", "limit", "conflict")]
    [InlineData("state=ended", "state", "conflict")]
    [InlineData("continuation=x", "continuation", "conflict")]
    [InlineData("ids=x", "ids", "unknown-parameter")]
    public async Task Other_parameters_do_not_go_together_with_ids(string query, string field, string code)
    {
        var answer = await host.ClientFor("by-id-query").ReadAsync($"/api/connections?id=c{new string('0', 30)}&{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal((field, code), ($"{answer["fields"][0]!["field"]}", $"{answer["fields"][0]!["code"]}"));
    }
}
