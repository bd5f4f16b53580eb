using System.Text.Json.Nodes;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Members;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>A member with one connection in each state, whose texts all contain <see cref="Mark"/>.</summary>
internal sealed class FormerLife(LocalHostFixture host, string id)
{
    /// <summary>A word in every text of the member, and nowhere else.</summary>
    public const string Mark = "zorvane";

    /// <summary>A word in the texts of others to the member.</summary>
    public const string Theirs = "kindly";

    /// <summary>The relations, which are also the names of the other members.</summary>
    public static IReadOnlyList<string> Relations { get; } =
        ["sent", "received", "talk", "declined", "declining", "removed", "blocks", "blocked", "both", "reported"];

    /// <summary>The member.</summary>
    public HttpClient Member { get; } = host.ClientFor(id, $"{Mark} token", $"{Mark}@mail.test");

    /// <summary>One of the others.</summary>
    public HttpClient Other(string relation) => host.ClientFor(OtherId(relation));

    /// <summary>The id of one of the others.</summary>
    public string OtherId(string relation) => $"{id}-{relation}";

    /// <summary>The connection with one of the others.</summary>
    public string ConnectionWith(string relation) => ConnectionId.Of(new MemberId(id), new MemberId(OtherId(relation)));

    /// <summary>The path of that connection, or below it.</summary>
    public string PathWith(string relation, string below = "") => $"/api/connections/{ConnectionWith(relation)}{below}";

    /// <summary>Creates all of it.</summary>
    public async Task LiveAsync()
    {
        await DoneAsync(Member.PutAsync("/api/me", new
        {
            kind = "creator",
            displayName = $"{Mark} name",
            handle = $"{Mark}_handle",
            headline = $"{Mark} headline",
            bio = $"{Mark} bio",
            expects = $"{Mark} expects",
            about = $"{Mark} about",
            organisation = $"{Mark} organisation",
            website = $"https://{Mark}.example/",
            categories = new[] { "food" },
            tags = new[] { $"{Mark} tag" },
            platforms = new[]
            {
                new { name = "youtube", handle = $"{Mark}tube", url = $"https://youtube.com/@{Mark}", followers = 1000, engagement = 0.05 },
            },
            listed = true,
        }));
        await DoneAsync(Member.PutAsync("/api/me/saved-texts", new { value = new[] { new { name = Mark, text = $"{Mark} text" } } }));
        foreach (var relation in Relations)
        {
            await DoneAsync(Other(relation).BecomeCreatorAsync($"Other {relation}", relation));
            var carried = new { note = $"{Mark} note", lists = new[] { $"{Mark} list" } };
            await DoneAsync(Member.PutAsync($"/api/favourites/{OtherId(relation)}", carried));
            await DoneAsync(Other(relation).PutAsync($"/api/favourites/{id}", new { }));
            await DoneAsync(Member.PutAsync($"/api/dismissed/{OtherId(relation)}", new { }));
            await DoneAsync(Other(relation).PutAsync($"/api/dismissed/{id}", new { }));
        }

        await InviteAsync("sent");
        await InvitedByAsync("received");
        await InvitedByAsync("declining");
        await DoneAsync(Member.SendAsync($"/api/invites/{ConnectionWith("declining")}/decline"));
        await InviteAsync("declined");
        await DoneAsync(Other("declined").SendAsync($"/api/invites/{ConnectionWith("declined")}/decline"));
        await TalkAsync("talk");
        await TalkAsync("removed");
        await DoneAsync(Other("removed").CallAsync(HttpMethod.Delete, PathWith("removed")));
        await TalkAsync("blocks");
        await DoneAsync(Member.PutAsync($"/api/blocks/{OtherId("blocks")}", new { }));
        await TalkAsync("blocked");
        await DoneAsync(Other("blocked").PutAsync($"/api/blocks/{id}", new { }));
        await TalkAsync("both");
        await DoneAsync(Member.PutAsync($"/api/blocks/{OtherId("both")}", new { }));
        await DoneAsync(Other("both").PutAsync($"/api/blocks/{id}", new { }));
        await TalkAsync("reported");
        await DoneAsync(
            Member.SendAsync("/api/reports", new { memberId = OtherId("reported"), reason = "spam", details = $"{Mark} details" }));
        await DoneAsync(Member.SendAsync(
            "/api/reports", new { connectionId = ConnectionWith("reported"), seq = 2, reason = "spam", details = $"{Mark} more" }));
        await DoneAsync(Other("reported").SendAsync("/api/reports", new { memberId = id, reason = "spam", details = Theirs }));
        await DoneAsync(Other("reported")
            .SendAsync("/api/reports", new { connectionId = ConnectionWith("reported"), seq = 1, reason = "spam", details = Theirs }));
    }

    /// <summary>Erases the profile, and waits until the follow-up is done.</summary>
    public async Task EndAsync()
    {
        await DoneAsync(Member.CallAsync(HttpMethod.Delete, "/api/me"));
        await host.DrainAsync();
    }

    /// <summary>Makes a new profile.</summary>
    public async Task ComeBackAsync()
    {
        await DoneAsync(Member.BecomeCreatorAsync("Newborn", "newborn"));
        await host.DrainAsync();
    }

    /// <summary>Every document that is stored, by container, as its text.</summary>
    public static async Task<IReadOnlyList<(string Container, JsonNode Document)>> DocumentsAsync(LocalHostFixture host)
    {
        var containers = host.Services.GetRequiredService<Containers>();
        var documents = new List<(string, JsonNode)>();
        foreach (var container in new[]
        {
            containers.Members, containers.Favourites, containers.Connections, containers.Contacts, containers.Messages, containers.Blocks,
            containers.Reports, containers.Audit,
        })
        {
            using var pages = container.GetItemQueryStreamIterator(new QueryDefinition("SELECT * FROM c"));
            while (pages.HasMoreResults)
            {
                using var page = await pages.ReadNextAsync();
                var found = (await JsonNode.ParseAsync(page.EnsureSuccessStatusCode().Content))!["Documents"]!.AsArray();
                documents.AddRange(found.Select(document => (container.Id, document!)));
            }
        }

        return documents;
    }

    public static async Task<Answer> DoneAsync(Task<Answer> call)
    {
        var answer = await call;
        Assert.True((int)answer.Status < 400, $"{answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }

    private Task<Answer> InviteAsync(string relation) =>
        DoneAsync(Member.SendAsync("/api/invites", new { creatorId = OtherId(relation), note = $"{Mark} note" }));

    private Task<Answer> InvitedByAsync(string relation) =>
        DoneAsync(Other(relation).SendAsync("/api/invites", new { creatorId = id, note = $"{Theirs} note" }));

    /// <summary>The member invites, the other accepts, and both write twice; the member has read the first of the other's.</summary>
    private async Task TalkAsync(string relation)
    {
        await InviteAsync(relation);
        await DoneAsync(Other(relation).SendAsync($"/api/invites/{ConnectionWith(relation)}/accept"));
        for (var i = 1; i <= 2; i++)
        {
            await DoneAsync(Member.SendAsync(PathWith(relation, "/messages"), new { clientId = $"{i}", text = $"{Mark} {i}" }));
            await DoneAsync(Other(relation).SendAsync(PathWith(relation, "/messages"), new { clientId = $"{i}", text = $"{Theirs} {i}" }));
        }

        await DoneAsync(Member.PutAsync(PathWith(relation, "/read"), new { seq = 2 }));
    }
}
