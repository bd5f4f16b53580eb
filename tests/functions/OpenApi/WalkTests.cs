using System.Net;
using System.Text.RegularExpressions;
using Connections.Changes;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>A walk through the running product that gets every documented answer of every operation.</summary>
/// <remarks><see cref="ContractHandler"/> fails the walk at an undocumented answer.</remarks>
public sealed partial class WalkTests
{
    private static readonly Contract Contract = Contract.Current;

    /// <summary>The answers that the walk does not reach, with the reasons.</summary>
    private static readonly Dictionary<string, string> Unreached = new(StringComparer.Ordinal)
    {
        ["readAvatar 500 /problems/internal-error"] = "It asks no database, only the store of files.",
        ["readAvatar 503 /problems/unavailable"] = "As above.",
        ["loadCreators 400 /problems/invalid-json"] = "Clients send complete bodies; BrokenBodiesTests cuts them off.",
        ["loadCreators 500 /problems/internal-error"] =
            "A row that cannot be stored is reported in a line of a 200. Only the read of the caller can fail.",
        ["loadCreators 503 /problems/unavailable"] =
            "As above. Without the issuer's keys every call answers 503; HealthTests covers that.",
    };

    /// <summary>A member who erases their profile during the walk.</summary>
    private const string ErasedMember = "goes";

    /// <summary>A member whom a moderator suspends during the walk.</summary>
    private const string SuspendedMember = "stopped";

    [Fact]
    public async Task Every_documented_answer_occurs_and_no_other()
    {
        await using var walk = await Walk.StartAsync();
        var (brand, mira, anybody) = (walk.ClientFor("brand"), walk.ClientFor("mira"), walk.ClientFor(null));
        await ProfilesAsync(brand);
        foreach (var creator in new[] { "mira", "ole", "ada", "kim", "eva" })
        {
            await walk.ClientFor(creator).BecomeCreatorAsync(creator, creator);
        }

        await using var brandLive = await LiveClient.OpenAsync(brand);
        await using var miraLive = await LiveClient.OpenAsync(mira);
        await SearchAsync(brand);
        var addressToken = await AddressAsync(walk, anybody);
        var (connection, inviteToken, unsubscribeToken) = await EmailLinksAsync(walk, brand, anybody);
        await InvitesAsync(walk, brand);
        await ChatAsync(walk, brand, mira, connection);
        var file = await FilesAsync(walk, brand, mira, connection);
        var avatar = await AvatarAsync(walk, brand);
        var report = await SafetyAsync(walk, brand, connection);
        await EraseAsync(walk.ClientFor(ErasedMember));
        await ModerationAsync(walk, report);
        await BulkLoadAsync(walk, brand);
        await ServiceAsync(anybody);
        var socketUrl = (await AnswersAsync(HttpStatusCode.OK, brand.SendAsync("/api/realtime/access")))["url"].ToString();

        walk.PathValue = (path, name) => (path.Split('/')[2], name) switch
        {
            (_, "fileId") or ("files", "id") => file,
            ("avatars", "folder") => avatar.Folder,
            ("avatars", _) => avatar.Id,
            ("moderation", _) => path.Contains("/reports/", StringComparison.Ordinal) ? report : "kim",
            ("creators", _) or (_, "creatorId" or "memberId") => "mira",
            ("invite-links", _) => inviteToken,
            ("address-links", _) => addressToken,
            ("unsubscribe", _) => unsubscribeToken,
            ("reports", _) => report,
            (_, "id") => connection,
            (_, "seq") => "1",
            (_, "code") => "invite-locked",
            ("realtime", "ce-userId") => "brand",
            ("realtime", "ce-connectionId") => "c1",
            _ => throw new InvalidOperationException($"The walk has no {name} for {path}."),
        };
        await SocketsAsync(walk, anybody, socketUrl.Split("pass=")[1]);
        await BadCallsAsync(walk, brand, anybody);
        await OutagesAsync(walk, brand);
        await using var limited = await Walk.StartAsync(callsLimited: true);
        limited.PathValue = walk.PathValue;
        await TooManyCallsAsync(limited);

        Walk.CheckEvents([.. brandLive.Events, .. miraLive.Events]);
        var documented = Contract.Operations.SelectMany(operation => operation.Answers).ToList();
        OperationAnswer[] reached = [.. walk.Reached, .. limited.Reached];
        Assert.Equal([], documented.Except(reached).Select(answer => $"{answer}")
            .Except(Unreached.Keys).Select(answer => $"{answer} is documented but was not reached"));
        Assert.Equal(
            [], reached.Select(answer => $"{answer}").Intersect(Unreached.Keys).Select(answer => $"{answer} was reached after all"));
    }

    /// <summary>Accepts an invite by the link in its email.</summary>
    private static async Task<(string Connection, string InviteToken, string UnsubscribeToken)> EmailLinksAsync(
        Walk walk, HttpClient brand, HttpClient anybody)
    {
        var invited = await AnswersAsync(
            HttpStatusCode.Created, brand.SendAsync("/api/invites", new { creatorId = "mira", note = "Walk with us?" }));
        await AnswersAsync(HttpStatusCode.OK, brand.SendAsync("/api/invites", new { creatorId = "mira" }));
        var mail = await walk.Host.MailAsync("mira@example.com");
        var invite = InviteLink().Match(mail.Text).Value;
        var unsubscribe = UnsubscribeLink().Match(mail.Headers["List-Unsubscribe"]).Value;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(method, invite + "?answer=decline"));
            await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(method, invite + "?answer=report"));
            await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(method, unsubscribe));
        }

        await AnswersAsync(HttpStatusCode.BadRequest, anybody.CallAsync(HttpMethod.Post, invite, Form("answer", "perhaps")));
        await AnswersAsync(HttpStatusCode.BadRequest, anybody.CallAsync(HttpMethod.Post, invite, Form("answer", "report")));
        await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(HttpMethod.Post, invite, Form("answer", "accept")));
        await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(HttpMethod.Post, invite, Form("answer", "accept")));
        await AnswersAsync(HttpStatusCode.NotFound, anybody.CallAsync(HttpMethod.Post, invite + "x", Form("answer", "accept")));
        await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(HttpMethod.Post, unsubscribe, Form("List-Unsubscribe", "One-Click")));
        return (invited["id"].ToString(), invite.Split('/')[^1], unsubscribe.Split('/')[^1]);
    }

    private static async Task InvitesAsync(Walk walk, HttpClient brand)
    {
        await AnswersAsync(
            HttpStatusCode.Conflict,
            walk.ClientFor("newcomer").SendAsync("/api/invites", new { creatorId = "mira" }),
            "profile-incomplete");
        await AnswersAsync(HttpStatusCode.NotFound, brand.SendAsync("/api/invites", new { creatorId = "nobody" }));

        var (ole, ada) = (await InviteAsync(brand, "ole"), await InviteAsync(brand, "ada"));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/invites?direction=sent&state=pending&limit=1"));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/invites?direction=sent&state=revoked"));
        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor("ole").ReadAsync("/api/invites?direction=received"));
        await AnswersAsync(HttpStatusCode.Conflict, brand.ReadAsync($"/api/connections/{ole}/messages"), "not-connected");
        await AnswersAsync(HttpStatusCode.Conflict, brand.ReadAsync($"/api/connections/{ole}/messages/1"), "not-connected");
        await AnswersAsync(HttpStatusCode.Conflict, brand.ReadAsync($"/api/connections/{ole}/messages/1/files/m"), "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict,
            brand.SendAsync($"/api/connections/{ole}/messages", new { clientId = "1", text = "Hello?" }),
            "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict,
            brand.SendAsync($"/api/connections/{ole}/messages/batch", new { messages = new[] { new { clientId = "1", text = "Hello?" } } }),
            "not-connected");
        await AnswersAsync(HttpStatusCode.Conflict, brand.PutAsync($"/api/connections/{ole}/read", new { seq = 1 }), "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict, brand.PutAsync($"/api/connections/{ole}/inbox", new { muted = true }), "not-connected");
        await AnswersAsync(HttpStatusCode.Conflict, brand.SendAsync($"/api/connections/{ole}/typing"), "not-connected");
        await AnswersAsync(HttpStatusCode.Conflict, brand.ReadAsync($"/api/connections/{ole}/presence"), "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict,
            brand.CallAsync(HttpMethod.Patch, $"/api/connections/{ole}/messages/1", new { text = "Hello!" }),
            "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Delete, $"/api/connections/{ole}/messages/1"), "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict,
            brand.PutAsync($"/api/connections/{ole}/messages/1/reaction", new { kind = "heart" }),
            "not-connected");
        await AnswersAsync(
            HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Delete, $"/api/connections/{ole}/messages/1/reaction"), "not-connected");

        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor("ole").SendAsync($"/api/invites/{ole}/accept"));
        await AnswersAsync(HttpStatusCode.OK, brand.PutAsync($"/api/connections/{ole}/inbox", new { pinned = true }));
        await AnswersAsync(HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Delete, $"/api/invites/{ole}"), "invite-not-pending");
        await AnswersAsync(HttpStatusCode.Conflict, walk.ClientFor("ole").SendAsync($"/api/invites/{ole}/decline"), "invite-not-pending");

        await AnswersAsync(HttpStatusCode.OK, brand.CallAsync(HttpMethod.Delete, $"/api/invites/{ada}"));
        await AnswersAsync(HttpStatusCode.Conflict, walk.ClientFor("ada").SendAsync($"/api/invites/{ada}/accept"), "invite-not-pending");
        await AnswersAsync(HttpStatusCode.Conflict, brand.SendAsync("/api/invites", new { creatorId = "ada" }), "invite-locked");

        // After the change feed has caught up, the brand has no pending invites.
        await walk.Host.DrainAsync();
        walk.Advance(TimeSpan.FromMinutes(2));
        var kim = await InviteAsync(brand, "kim");
        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor("kim").SendAsync($"/api/invites/{kim}/decline"));
        // The invites to Mira, Ole, Ada and Kim use up the day's limit.
        await AnswersAsync(HttpStatusCode.TooManyRequests, brand.SendAsync("/api/invites", new { creatorId = "eva" }), "invite-limit-day");

        var other = walk.ClientFor("other-brand");
        await other.BecomeBrandAsync();
        await InviteAsync(other, "mira");
        await InviteAsync(other, "ole");
        await InviteAsync(other, "ada");
        await AnswersAsync(
            HttpStatusCode.TooManyRequests, other.SendAsync("/api/invites", new { creatorId = "kim" }), "invite-limit-pending");
    }

    private static async Task ChatAsync(Walk walk, HttpClient brand, HttpClient mira, string connection)
    {
        var messages = $"/api/connections/{connection}/messages";
        var sent = await AnswersAsync(HttpStatusCode.Created, brand.SendAsync(messages, new { clientId = "1", text = "Hello" }));
        Assert.Equal($"{sent.Body}", $"{(await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync(sent.Headers.Location!.ToString()))).Body}");
        await AnswersAsync(HttpStatusCode.Conflict, brand.SendAsync(messages, new { clientId = "1", text = "Bye" }), "key-reused");
        await AnswersAsync(HttpStatusCode.OK, brand.SendAsync(messages, new { clientId = "1", text = "Hello" }));
        await AnswersAsync(
            HttpStatusCode.Created, mira.SendAsync(messages, new { clientId = "1", text = "Hi!\nAutumn works.", replyTo = 1 }));
        await AnswersAsync(
            HttpStatusCode.Conflict, mira.SendAsync(messages, new { clientId = "2", text = "To what?", replyTo = 9 }), "not-quotable");
        await AnswersAsync(HttpStatusCode.OK, brand.PutAsync($"{messages}/2/reaction", new { kind = "heart" }));
        await AnswersAsync(HttpStatusCode.OK, mira.PutAsync($"{messages}/2/reaction", new { kind = "laugh" }));
        await AnswersAsync(HttpStatusCode.OK, mira.CallAsync(HttpMethod.Delete, $"{messages}/2/reaction"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"{messages}?before=2&limit=1"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"{messages}?after=0"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"{messages}?q=aut"));
        await AnswersAsync(HttpStatusCode.OK, brand.PutAsync($"/api/connections/{connection}/read", new { seq = 2 }));
        var inbox = $"/api/connections/{connection}/inbox";
        await AnswersAsync(HttpStatusCode.TooManyRequests, brand.PutAsync(inbox, new { pinned = true }), "pin-limit");
        await AnswersAsync(HttpStatusCode.OK, brand.PutAsync(inbox, new { muted = true, markedUnread = true }));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/connections"));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/connections?show=unread"));
        await AnswersAsync(HttpStatusCode.OK, brand.PutAsync(inbox, new { archived = true }));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/connections?show=archived"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"/api/connections?id={connection}"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"/api/connections/{connection}"));
        var since = (await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync("/api/changes")))["next"];
        await AnswersAsync(HttpStatusCode.NoContent, mira.SendAsync($"/api/connections/{connection}/typing"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"/api/connections/{connection}/presence"));

        await AnswersAsync(HttpStatusCode.Created, brand.SendAsync(messages, new { clientId = "2", text = "This one goes" }));
        await AnswersAsync(
            HttpStatusCode.TooManyRequests, brand.SendAsync(messages, new { clientId = "3", text = "Too fast" }), "message-limit");
        var stored = new { clientId = "2", text = "This one goes" };
        await AnswersAsync(HttpStatusCode.OK, brand.SendAsync($"{messages}/batch", new { messages = new[] { stored } }));
        await AnswersAsync(
            HttpStatusCode.MultiStatus,
            brand.SendAsync($"{messages}/batch", new { messages = new[] { stored, new { clientId = "3", text = "Too fast" } } }));
        await AnswersAsync(
            HttpStatusCode.TooManyRequests, brand.CallAsync(HttpMethod.Patch, $"{messages}/1", new { text = "Too fast" }), "message-limit");
        walk.Advance(TimeSpan.FromMinutes(1));
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Delete })
        {
            await AnswersAsync(HttpStatusCode.Forbidden, mira.CallAsync(method, $"{messages}/1", new { text = "Not mine" }));
        }

        await AnswersAsync(HttpStatusCode.OK, brand.CallAsync(HttpMethod.Patch, $"{messages}/1", new { text = "Hello, Mira" }));
        await AnswersAsync(HttpStatusCode.OK, brand.CallAsync(HttpMethod.Delete, $"{messages}/3"));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"/api/changes?since={since}&limit=1"));
        var old = ChangesToken.Of(DateTimeOffset.UnixEpoch.AddYears(50), 0).Write(new MemberId("mira"));
        await AnswersAsync(HttpStatusCode.Gone, mira.ReadAsync($"/api/changes?since={old}"), "changes-expired");
        await AnswersAsync(
            HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Patch, $"{messages}/3", new { text = "Back" }), "message-deleted");
        await AnswersAsync(HttpStatusCode.Conflict, mira.PutAsync($"{messages}/3/reaction", new { kind = "sad" }), "message-deleted");
        walk.Advance(TimeSpan.FromMinutes(16));
        await AnswersAsync(HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Patch, $"{messages}/1", new { text = "Again" }), "too-late");
        await AnswersAsync(HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Delete, $"{messages}/1"), "too-late");
    }

    private static async Task<string> SafetyAsync(Walk walk, HttpClient brand, string connection)
    {
        await walk.Host.DrainAsync();
        var ole = walk.ClientFor("ole");
        var id = (await ole.ReadAsync("/api/connections"))["value"][0]!["id"]!.ToString();
        await AnswersAsync(HttpStatusCode.OK, ole.CallAsync(HttpMethod.Delete, $"/api/connections/{id}"));
        await AnswersAsync(HttpStatusCode.OK, ole.ReadAsync("/api/connections?state=ended"));
        await AnswersAsync(HttpStatusCode.OK, ole.ReadAsync($"/api/connections/{id}/messages"));
        var pending = (await ole.ReadAsync("/api/invites?direction=received&state=pending"))["value"][0]!["id"];
        await AnswersAsync(HttpStatusCode.Conflict, ole.CallAsync(HttpMethod.Delete, $"/api/connections/{pending}"), "not-connected");

        await AnswersAsync(HttpStatusCode.NoContent, brand.PutAsync("/api/blocks/kim", new { }));
        await AnswersAsync(HttpStatusCode.TooManyRequests, brand.PutAsync("/api/blocks/ada", new { }), "block-limit");
        await AnswersAsync(HttpStatusCode.BadRequest, brand.PutAsync("/api/blocks/brand", new { }));
        Assert.Equal("kim", (await brand.ReadAsync("/api/blocks"))["value"][0]!["member"]!["id"]!.ToString());
        await AnswersAsync(HttpStatusCode.NoContent, brand.CallAsync(HttpMethod.Delete, "/api/blocks/kim"));

        var spam = new { memberId = "kim", reason = "spam" };
        var report = await AnswersAsync(
            HttpStatusCode.Created, WithHeaderAsync(brand, HttpMethod.Post, "/api/reports", "Idempotency-Key", "1", spam));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync(report.Headers.Location!.ToString()));
        await AnswersAsync(HttpStatusCode.OK, WithHeaderAsync(brand, HttpMethod.Post, "/api/reports", "Idempotency-Key", "1", spam));
        await AnswersAsync(
            HttpStatusCode.Conflict,
            WithHeaderAsync(brand, HttpMethod.Post, "/api/reports", "Idempotency-Key", "1", new { memberId = "kim", reason = "other" }),
            "key-reused");
        await AnswersAsync(HttpStatusCode.Created, brand.SendAsync(
            "/api/reports", new { connectionId = connection, seq = 2, reason = "other", details = "See there." }));
        await AnswersAsync(HttpStatusCode.TooManyRequests, brand.SendAsync("/api/reports", new { memberId = "kim", reason = "spam" }));
        await AnswersAsync(
            HttpStatusCode.NotFound, walk.ClientFor("ole").SendAsync("/api/reports", new { memberId = "not an id", reason = "spam" }));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync("/api/me/export"));
        return report["id"].ToString();
    }

    private static async Task ServiceAsync(HttpClient anybody)
    {
        await AnswersAsync(HttpStatusCode.OK, anybody.ReadAsync("/api/health"));
        await AnswersAsync(HttpStatusCode.OK, anybody.ReadAsync("/problems/invite-locked"));
    }

    /// <summary>Makes the calls of Web PubSub before it opens a socket.</summary>
    private static async Task SocketsAsync(Walk walk, HttpClient service, string pass)
    {
        var admit = Contract.Operations.Single(operation => operation.Id == "admitSocket");
        await AnswersAsync(HttpStatusCode.NoContent, walk.CallAsync(service, admit, new { query = new { pass = new[] { pass } } }));
        await AnswersAsync(HttpStatusCode.Forbidden, walk.CallAsync(service, admit));
        await AnswersAsync(HttpStatusCode.NoContent, walk.CallAsync(
            service, Contract.Operations.Single(operation => operation.Id == "allowSocketEvents")));
    }

    private static async Task<string> InviteAsync(HttpClient member, string creator) =>
        (await AnswersAsync(HttpStatusCode.Created, member.SendAsync("/api/invites", new { creatorId = creator })))["id"].ToString();

    private static async Task<Answer> AnswersAsync(HttpStatusCode status, Task<Answer> call, string? problem = null)
    {
        var answer = await call;
        Assert.Equal((status, problem ?? answer.Problem), (answer.Status, answer.Problem));
        return answer;
    }

    private static async Task<Answer> WithHeaderAsync(
        HttpClient client, HttpMethod method, string path, string header, string value, object? body = null)
    {
        client.DefaultRequestHeaders.Add(header, value);
        try
        {
            return await client.CallAsync(method, path, body);
        }
        finally
        {
            client.DefaultRequestHeaders.Remove(header);
        }
    }

    private static FormUrlEncodedContent Form(string name, string value) => new([new(name, value)]);

    [GeneratedRegex(@"/api/invite-links/[\w.-]+")]
    private static partial Regex InviteLink();

    [GeneratedRegex(@"/api/address-links/[\w-]+")]
    private static partial Regex AddressLink();

    [GeneratedRegex(@"/api/unsubscribe/[\w.-]+")]
    private static partial Regex UnsubscribeLink();
}
