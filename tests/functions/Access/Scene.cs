using System.Net;
using Connections.Email.Address;
using Connections.Email.Preferences;
using Connections.Files;
using Connections.Invites;
using Connections.Notices;
using Connections.Safety;
using Connections.Tests.Functions.Files;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.OpenApi;
using Connections.Tests.Functions.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Access;

/// <summary>Two members with their relation and later events, and two strangers.</summary>
/// <param name="Pair">The two members. The first invited; if they talk, each has written once.</param>
/// <param name="Mine">The member the calls are for.</param>
/// <param name="Other">The other member.</param>
/// <param name="InviteToken">The token in the invite's email; empty without an invite.</param>
/// <param name="UnsubscribeToken">The token in emails to <paramref name="Mine"/>.</param>
/// <param name="AddressToken">The token of the link that confirms another address of <paramref name="Mine"/>; empty without a talk.</param>
/// <param name="SentFile">A file of message 1; empty without a talk.</param>
/// <param name="UnsentFile">A file of <paramref name="Mine"/> that was not sent; empty without a talk.</param>
internal sealed record Scene(
    Pair Pair,
    string Mine,
    string Other,
    string InviteToken,
    string UnsubscribeToken,
    string AddressToken,
    string SentFile,
    string UnsentFile)
{
    private const string ReportKey = "scene";

    /// <summary>A word in every text that the two wrote to each other, and nowhere else.</summary>
    public string Secret => SecretOf(Pair.Name);

    /// <summary>A stranger to the two.</summary>
    public string Stranger => $"{Pair.Name}-stranger";

    /// <summary>A stranger who will have a role.</summary>
    public string WithRole => $"{Pair.Name}-role";

    /// <summary>The value of a parameter in the path of an operation.</summary>
    public string PathValue(Operation operation, string name) => (operation.Path.Split('/')[2], name) switch
    {
        (_, "code") => "invite-locked",
        (_, "fileId") => SentFile,
        ("files", _) => UnsentFile,
        ("avatars", "folder") => FilePath.FolderOf(new MemberId(Mine)),
        ("avatars", _) => FileId.New(FilePurpose.Avatar),
        ("creators", "id") or (_, "creatorId" or "memberId") => Other,
        ("invite-links", _) => InviteToken,
        ("unsubscribe", _) => UnsubscribeToken,
        ("address-links", _) => AddressToken,
        ("moderation", _) when !operation.Path.Contains("/reports/", StringComparison.Ordinal) => Other,
        ("reports" or "moderation", _) => Report.IdOf(new MemberId(Mine), ReportKey, new MemberId(Other)),
        (_, "id") => Pair.ConnectionId,
        (_, "seq") => "1",
        _ => throw new InvalidOperationException($"{operation} needs a {name}."),
    };

    /// <summary>Makes one.</summary>
    /// <param name="host">The host; its triggers must run.</param>
    /// <param name="name">A unique name.</param>
    /// <param name="between">The relation of the two, as the table names it.</param>
    /// <param name="caller">The column, which decides later events and further members; another text for neither.</param>
    public static async Task<Scene> SetAsync(LocalHostFixture host, string name, string between, string caller)
    {
        var pair = await Pair.StrangersAsync(host, name);
        foreach (var outsider in caller is "mine" or "stranger" or "role" ? (string[])[$"{name}-stranger", $"{name}-role"] : [])
        {
            await DoneAsync(host.ClientFor(outsider).BecomeCreatorAsync(outsider, outsider));
        }

        var (sentFile, unsentFile) = ("", "");
        var inviteToken = between == "nothing" ? "" : await InviteAsync(pair);
        if (between == "talk")
        {
            await DoneAsync(AcceptAsync(pair));
            (sentFile, unsentFile) = (await host.CheckedFileAsync(pair.OneId), await host.CheckedFileAsync(pair.OneId));
            var files = new[] { new { id = sentFile, alt = SecretOf(name) } };
            await DoneAsync(
                pair.One.SendAsync($"/api/connections/{pair.ConnectionId}/messages", new { clientId = "1", text = SecretOf(name), files }));
            await DoneAsync(
                pair.Two.SendAsync($"/api/connections/{pair.ConnectionId}/messages", new { clientId = "1", text = SecretOf(name) }));
        }

        var isInvitee = between == "to me";
        var (mine, other) = isInvitee ? (pair.TwoId, pair.OneId) : (pair.OneId, pair.TwoId);
        var member = (await host.Members().FindAsync(new MemberId(mine), default))!.Value;
        var scene = new Scene(
            pair,
            mine,
            other,
            inviteToken,
            UnsubscribeLinks.TokenFor(member, NoticeKind.InviteReceived),
            between == "talk" ? await AddressTokenAsync(host, mine) : "",
            sentFile,
            unsentFile);
        if (between == "talk")
        {
            var carried = new { note = SecretOf(name), lists = new[] { "Secret" } };
            await DoneAsync(host.ClientFor(mine).PutAsync($"/api/favourites/{other}", carried));
            var reporter = host.ClientFor(mine);
            reporter.DefaultRequestHeaders.Add(SendReport.KeyHeader, ReportKey);
            await DoneAsync(reporter.SendAsync("/api/reports", new { memberId = other, reason = "spam" }));
        }

        await HappenAsync(scene, between, caller);
        return scene;
    }

    private static string SecretOf(string name) => $"secret-of-{name}";

    private static async Task<string> InviteAsync(Pair pair)
    {
        await DoneAsync(pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId, note = SecretOf(pair.Name) }));
        return await pair.LinkTokenAsync();
    }

    private static async Task<string> AddressTokenAsync(LocalHostFixture host, string id)
    {
        await DoneAsync(host.ClientFor(id).PutAsync("/api/me/email", new { email = $"{id}@example.net" }));
        var (members, key) = (host.Members(), LinkKey.New());
        Assert.True(await members.TryAddEmailLinkAsync(
            (await members.FindAsync(new MemberId(id), default))!.Value, LinkKey.HashOf(key), default));
        return AddressLinkToken.PathOf(new MemberId(id), key).Split('/')[^1];
    }

    private static Task<Answer> AcceptAsync(Pair pair) => pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");

    private static async Task HappenAsync(Scene scene, string between, string caller)
    {
        var pair = scene.Pair;
        var (mine, other) = scene.Mine == pair.OneId ? (pair.One, pair.Two) : (pair.Two, pair.One);
        switch (caller)
        {
            case "blocked":
                await DoneAsync(other.PutAsync($"/api/blocks/{scene.Mine}", new { }));
                break;
            case "blocks":
                await DoneAsync(mine.PutAsync($"/api/blocks/{scene.Other}", new { }));
                break;
            case "former":
                if (between == "nothing")
                {
                    await InviteAsync(pair);
                }

                if (between != "talk")
                {
                    await DoneAsync(AcceptAsync(pair));
                }

                await DoneAsync(other.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}"));
                break;
            case "erased":
                await DoneAsync(mine.CallAsync(HttpMethod.Delete, "/api/me"));
                break;
            case "alone":
                await DoneAsync(other.CallAsync(HttpMethod.Delete, "/api/me"));
                break;
        }
    }

    private static async Task DoneAsync(Task<Answer> call)
    {
        var answer = await call;
        Assert.True(answer.Status < HttpStatusCode.BadRequest, $"{answer.Status} {answer.Body?.ToJsonString()}");
    }
}
