using System.Net;
using System.Text;
using Connections.Email.Preferences;
using Connections.Members;
using Connections.Notices;
using Connections.Tests.Functions.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Email.Preferences;

public sealed class UnsubscribeTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string OneClick = "List-Unsubscribe=One-Click";
    private const string Multipart =
        "------b0undary\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n------b0undary--\r\n";

    private MemberStore Members => host.Services.GetRequiredService<MemberStore>();

    [Fact]
    public async Task Following_the_link_shows_a_page_and_changes_nothing()
    {
        var member = await NewMemberAsync();
        using var answer = await host.AnonymousClient().GetAsync(Link(member, NoticeKind.InviteReceived));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<form method=\"post\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(member, await ReadAsync(member), new ByDocument());
    }

    [Theory]
    [InlineData(UrlEncoded, OneClick)]
    [InlineData("multipart/form-data; boundary=----b0undary", Multipart)]
    [InlineData(UrlEncoded, "stop=this")]
    [InlineData(UrlEncoded, "")]
    [InlineData("text/plain", "List-Unsubscribe=One-Click")]
    public async Task A_post_by_the_page_or_by_a_mail_provider_stops_this_kind_and_no_other(string contentType, string body)
    {
        var member = await NewMemberAsync();
        using var answer = await PostAsync(Link(member, NoticeKind.InviteReceived), contentType, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no more emails about new invites", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(member with { MutedNotices = [NoticeKind.InviteReceived] }, await ReadAsync(member), new ByDocument());
    }

    [Fact]
    public async Task The_page_can_stop_all()
    {
        var member = await NewMemberAsync();
        using var answer = await PostAsync(Link(member, NoticeKind.InviteAccepted), UrlEncoded, "stop=all");
        Assert.Contains("no more emails from Connections", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(NoticeKinds.All, (await ReadAsync(member)).MutedNotices);
    }

    [Fact]
    public async Task Posting_again_answers_the_same()
    {
        var member = await NewMemberAsync();
        var link = Link(member, NoticeKind.InviteReceived);
        using var first = await PostAsync(link, UrlEncoded, OneClick);
        using var second = await PostAsync(link, UrlEncoded, OneClick);
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal([NoticeKind.InviteReceived], (await ReadAsync(member)).MutedNotices);
    }

    [Fact]
    public async Task Many_posts_at_once_lose_nothing()
    {
        var member = await NewMemberAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            PostAsync(Link(member, NoticeKinds.All[i % NoticeKinds.All.Count]), UrlEncoded, OneClick)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(NoticeKinds.All, (await ReadAsync(member)).MutedNotices);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_link_that_we_did_not_make_gets_one_and_the_same_page_and_changes_nothing()
    {
        var member = await NewMemberAsync();
        var token = UnsubscribeLinks.TokenFor(member, NoticeKind.InviteReceived);
        var stranger = new Member { Id = new MemberId("nobody-here"), UnsubscribeKey = member.UnsubscribeKey };
        string[] useless =
        [
            "nonsense",
            token[..^2],
            (token[0] == 'A' ? 'B' : 'A') + token[1..],
            new string('A', 5_000),
            UnsubscribeLinks.TokenFor(stranger, NoticeKind.InviteReceived),
            UnsubscribeLinks.TokenFor(member with { UnsubscribeKey = LinkKey.New() }, NoticeKind.InviteReceived),
        ];
        var pages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in useless.Select(t => "/api/unsubscribe/" + t))
        {
            using var shown = await host.AnonymousClient().GetAsync(link);
            using var posted = await PostAsync(link, UrlEncoded, OneClick);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, posted.StatusCode));
            pages.Add(await shown.Content.ReadAsStringAsync());
            pages.Add(await posted.Content.ReadAsStringAsync());
        }

        Assert.Contains("This link no longer works", Assert.Single(pages), StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(member)).MutedNotices);
    }

    [Fact]
    public async Task The_link_in_an_email_s_headers_is_the_link_in_its_text_and_works()
    {
        var id = "mailed-" + Guid.NewGuid().ToString("N");
        var address = id + "@example.com";
        using var profile = await host.ClientFor(id, "Maya", address).PutAsync("/api/me", Json("""
            {"kind":"creator","displayName":"Maya","handle":"maya","headline":"Trail runner","bio":"Runs.","categories":["sports"],
             "platforms":[{"name":"instagram","handle":"maya","followers":1000,"engagement":0.03}],"country":"DE","languages":["en"],"listed":true}
            """));
        Assert.True(profile.IsSuccessStatusCode, await profile.Content.ReadAsStringAsync());
        var brand = host.ClientFor("brand-" + id);
        using var brandProfile = await brand.PutAsync("/api/me", Json("""{"kind":"brand","displayName":"Nora Lind"}"""));
        using var invited = await brand.PostAsync("/api/invites", Json($$"""{"creatorId":"{{id}}"}"""));
        Assert.True(invited.StatusCode == HttpStatusCode.Created, await invited.Content.ReadAsStringAsync());

        var mail = await host.MailAsync(address);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = mail.Headers["List-Unsubscribe"].Trim('<', '>');
        Assert.Contains(link, mail.Text.Split('\n'));
        using var answer = await PostAsync(link, UrlEncoded, OneClick);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([NoticeKind.InviteReceived], (await Members.FindAsync(new MemberId(id), CancellationToken.None))!.Value.MutedNotices);
    }

    [Fact]
    public async Task Somebody_without_a_key_gets_one_the_same_for_all_who_ask_at_once()
    {
        var member = await NewMemberAsync();
        await host.ChangeMemberAsync(member.Id.Value, current => current with { UnsubscribeKey = "" });
        var keyless = await Members.FindAsync(member.Id, CancellationToken.None);

        var keyed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Members.EnsureKeyAsync(keyless!, CancellationToken.None)));

        var stored = await ReadAsync(member);
        Assert.NotEmpty(stored.UnsubscribeKey);
        Assert.All(keyed, document => Assert.Equal(stored.UnsubscribeKey, document!.Value.UnsubscribeKey));
        Assert.Same(keyed[0], await Members.EnsureKeyAsync(keyed[0]!, CancellationToken.None));
    }

    private static string Link(Member member, NoticeKind kind) => "/api/unsubscribe/" + UnsubscribeLinks.TokenFor(member, kind);

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> PostAsync(string link, string contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await host.AnonymousClient().PostAsync(link, content);
    }

    private async Task<Member> NewMemberAsync()
    {
        var id = "unsubscribe-" + Guid.NewGuid().ToString("N");
        using var made = await host.ClientFor(id).GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return await ReadAsync(new Member { Id = new MemberId(id) });
    }

    private async Task<Member> ReadAsync(Member member) => (await Members.FindAsync(member.Id, CancellationToken.None))!.Value;

    /// <summary>Members are the same when their documents are: records compare lists by reference.</summary>
    private sealed class ByDocument : IEqualityComparer<Member>
    {
        public bool Equals(Member? x, Member? y) => Text(x) == Text(y);

        public int GetHashCode(Member obj) => StringComparer.Ordinal.GetHashCode(Text(obj));

        private static string Text(Member? member) => System.Text.Json.JsonSerializer.Serialize(member, Connections.Json.Options);
    }
}
