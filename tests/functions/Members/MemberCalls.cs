using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Connections.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>Calls as a client makes them, and their answers as JSON.</summary>
internal static class MemberCalls
{
    /// <summary>A body for PUT /api/me that a creator can be listed with.</summary>
    public static Dictionary<string, object?> ListedCreator(string name) => new()
    {
        ["kind"] = "creator",
        ["displayName"] = name,
        ["handle"] = "handle",
        ["headline"] = "Headline",
        ["categories"] = new[] { "food" },
        ["platforms"] = new[] { new { name = "youtube", handle = "h", followers = 1000, engagement = 0.05 } },
        ["listed"] = true,
    };

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public static Task<HttpResponseMessage> PutProfileAsync(this HttpClient client, object profile, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/me") { Content = JsonContent.Create(profile) };
        if (ifMatch is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        }

        return client.SendAsync(request);
    }

    public static async Task<JsonElement> PutProfileOkAsync(this HttpClient client, object profile)
    {
        using var response = await client.PutProfileAsync(profile);
        return await response.JsonAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The problem that a call must answer: its code, and the fields that it names.</summary>
    public static async Task<(string Code, string[] Fields)> ProblemAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var problem = await response.JsonAsync(expected);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (
            problem.GetProperty("type").GetString()!.Replace("/problems/", "", StringComparison.Ordinal),
            problem.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(e => e.Name)] : []);
    }

    /// <summary>Every item of a list, page by page along its links.</summary>
    public static async Task<(List<JsonElement> Items, int Pages)> AllAsync(this HttpClient client, string path)
    {
        var items = new List<JsonElement>();
        var pages = 0;
        for (var next = path; next is not null; pages++)
        {
            var page = await client.GetJsonAsync(next);
            items.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
        }

        return (items, pages);
    }

    public static string[] Ids(this IEnumerable<JsonElement> cards) => [.. cards.Select(c => c.GetProperty("id").GetString()!)];

    /// <summary>The names of an object's properties, sorted: their order in JSON means nothing.</summary>
    public static string[] Names(this JsonElement item) => [.. item.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    public static MemberStore Members(this LocalHostFixture host) => host.Services.GetRequiredService<MemberStore>();

    /// <summary>Changes a member's document as no call does, whatever the follow-up of an earlier call writes meanwhile.</summary>
    public static async Task<Member> ChangeMemberAsync(this LocalHostFixture host, string id, Func<Member, Member> change)
    {
        var (changed, _) = await host.Members().ChangeAsync<Member>(
            new MemberId(id), current => change(current!) is var member ? (member, member) : default, CancellationToken.None);
        return changed;
    }

    /// <summary>Adds a listed creator, or one that is not.</summary>
    public static async Task<MemberId> AddCreatorAsync(this LocalHostFixture host, string id, bool listed = true, string name = "Somebody")
    {
        var member = new Member
        {
            Id = new MemberId(id),
            Kind = MemberKind.Creator,
            DisplayName = name,
            Handle = "handle",
            Headline = "Headline",
            Categories = ["food"],
            Platforms = [new Platform("youtube", "h", null, 1000, 0.05)],
            Listed = listed,
            ListedAt = listed ? DateTimeOffset.UnixEpoch : null,
        };
        Assert.True(await host.Members().TryCreateAsync(member.Indexed(), CancellationToken.None));
        return member.Id;
    }
}
