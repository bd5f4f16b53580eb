using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Connections.Members;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Email.Preferences;

public sealed class EmailPreferencesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Path = "/api/me/email-preferences";

    [Fact]
    public async Task Every_notice_is_sent_until_the_member_says_otherwise()
    {
        using var answer = await NewMember().GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(NoticeKinds.All.ToDictionary(kind => kind.JsonName(), _ => true), await NoticesAsync(answer));
    }

    [Fact]
    public async Task What_is_turned_off_stays_off_and_what_is_left_out_stays_as_it_was()
    {
        var client = NewMember();
        using var off = await PutAsync(client, """{"notices":{"inviteAccepted":false}}""");
        Assert.Equal(HttpStatusCode.OK, off.StatusCode);
        using var other = await PutAsync(client, """{"notices":{"inviteReceived":true,"inviteAccepted":null}}""");
        Assert.False((await NoticesAsync(other))["inviteAccepted"]);
        using var read = await client.GetAsync(Path);
        var notices = await NoticesAsync(read);
        Assert.Equal((true, false), (notices["inviteReceived"], notices["inviteAccepted"]));
        using var on = await PutAsync(client, """{"notices":{"inviteAccepted":true}}""");
        Assert.True((await NoticesAsync(on))["inviteAccepted"]);
    }

    [Fact]
    public async Task Notices_and_fields_that_the_server_does_not_know_are_ignored()
    {
        using var answer = await PutAsync(NewMember(), """{"notices":{"carrierPigeon":"never","inviteReceived":false},"theme":"dark"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var notices = await NoticesAsync(answer);
        Assert.DoesNotContain("carrierPigeon", notices.Keys);
        Assert.False(notices["inviteReceived"]);
    }

    [Theory]
    [InlineData("""{"notices":{"inviteReceived":"no","inviteAccepted":false}}""", "notices.inviteReceived")]
    [InlineData("""{"notices":{"inviteReceived":1}}""", "notices.inviteReceived")]
    [InlineData("""{"notices":[]}""", "notices")]
    [InlineData("""{"notices":null}""", "notices")]
    [InlineData("{}", "notices")]
    public async Task What_is_wrong_is_told_by_field_and_changes_nothing(string body, string field)
    {
        var client = NewMember();
        using var answer = await PutAsync(client, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("/problems/invalid-input", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        using var read = await client.GetAsync(Path);
        Assert.DoesNotContain(false, (await NoticesAsync(read)).Values);
    }

    [Fact]
    public async Task A_stale_write_is_refused_and_a_fresh_one_is_not()
    {
        var client = NewMember();
        using var first = await client.GetAsync(Path);
        using var second = await PutAsync(client, """{"notices":{"inviteReceived":false}}""", first.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        using var stale = await PutAsync(client, """{"notices":{"inviteAccepted":false}}""", first.Headers.ETag.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var fresh = await PutAsync(client, """{"notices":{"inviteAccepted":false}}""", second.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        Assert.NotEqual(second.Headers.ETag, fresh.Headers.ETag);
    }

    [Fact]
    public async Task Preferences_that_the_client_has_already_are_not_sent_again()
    {
        var client = NewMember();
        using var first = await client.GetAsync(Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Changes_of_profile_and_preferences_at_once_lose_neither()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = "both-" + Guid.NewGuid().ToString("N");
            var client = host.ClientFor(id);
            using var made = await client.GetAsync("/api/me");
            var profile = client.PutAsync("/api/me", Json("""{"displayName":"Changed"}"""));
            var preferences = PutAsync(client, """{"notices":{"inviteReceived":false}}""");
            var others = PutAsync(client, """{"notices":{"inviteAccepted":false}}""");
            foreach (var answer in await Task.WhenAll(profile, preferences, others))
            {
                using (answer)
                {
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                }
            }

            var member = (await host.Services.GetRequiredService<MemberStore>().FindAsync(new MemberId(id), CancellationToken.None))!.Value;
            Assert.Equal("Changed", member.DisplayName);
            Assert.Equal([NoticeKind.InviteReceived, NoticeKind.InviteAccepted], member.MutedNotices);
        }
    }

    [Fact]
    public async Task Nobody_reads_or_changes_them_without_signing_in()
    {
        var client = host.AnonymousClient();
        using var read = await client.GetAsync(Path);
        using var written = await PutAsync(client, """{"notices":{}}""");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (read.StatusCode, written.StatusCode));
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string json, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = Json(json) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<Dictionary<string, bool>> NoticesAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("notices").Deserialize<Dictionary<string, bool>>()!;

    private HttpClient NewMember() => host.ClientFor("preferences-" + Guid.NewGuid().ToString("N"));
}
