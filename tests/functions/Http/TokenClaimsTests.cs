using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Connections.Members;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.Members;

namespace Connections.Tests.Functions.Http;

/// <summary>Claims of unusual shapes, as issuers and their configurations produce them.</summary>
public sealed class TokenClaimsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Preferences = "/api/me/email-preferences";
    private static int _members;

    private readonly string _id = $"claims-{Interlocked.Increment(ref _members)}";

    [Theory]
    [InlineData("""["Anna","Lund"]""", NewMember.DefaultName)]
    [InlineData("true", NewMember.DefaultName)]
    [InlineData("5", NewMember.DefaultName)]
    [InlineData("""{"first":"Anna"}""", NewMember.DefaultName)]
    [InlineData("\"2026-11-22T09:00:00Z\"", "2026-11-22T09:00:00Z")]
    [InlineData("\" Anna  Lund \"", "Anna Lund")]
    [InlineData("\"\\u2069\\u202BA\"", "A")]
    public async Task A_name_that_is_no_text_is_no_name(string claim, string name) =>
        Assert.Equal(name, (await ClientWith(("name", claim)).ReadAsync("/api/me"))["displayName"].ToString());

    [Theory]
    [InlineData("\" anna@mail.test \"", "anna@mail.test", null)]
    [InlineData("\"anna@münchen.de\"", "anna@xn--mnchen-3ya.de", null)]
    [InlineData("""["anna@mail.test"]""", null, "missing")]
    [InlineData("true", null, "missing")]
    [InlineData("\" \"", null, "missing")]
    [InlineData("\"josé@example.com\"", null, "not-deliverable")]
    [InlineData("\"a..b@docomo.ne.jp\"", null, "not-deliverable")]
    public async Task An_address_is_taken_or_the_member_is_told_why_not(string claim, string? address, string? problem) =>
        await ToldAsync(ClientWith(("email", claim)), address, problem);

    [Theory]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    [InlineData("\"False\"", false)]
    [InlineData("0", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"no\"", false)]
    [InlineData("[true]", false)]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("1", true)]
    public async Task An_address_that_is_not_confirmed_is_not_taken(string claim, bool isTaken) =>
        await ToldAsync(ClientWith(("email", "\"anna@mail.test\""), ("email_verified", claim)), isTaken ? "anna@mail.test" : null, isTaken
            ? null
            : "unverified");

    [Fact]
    public async Task A_member_without_an_address_gets_the_first_one_that_can_be_used_and_keeps_it()
    {
        await ToldAsync(ClientWith(("email", "\"anna@mail.test\""), ("email_verified", "false")), null, "unverified");
        await ToldAsync(ClientWith(("email", "\"anna@mail.test\""), ("email_verified", "true")), "anna@mail.test", null);
        await ToldAsync(ClientWith(("email", "\"other@mail.test\"")), "anna@mail.test", null);
        await ToldAsync(ClientWith(), "anna@mail.test", null);
    }

    [Fact]
    public async Task A_creator_who_was_loaded_without_an_address_gets_it_when_they_sign_in()
    {
        var id = await host.AddCreatorAsync(_id);
        await ClientWith(("email", "\"loaded@mail.test\"")).ReadAsync("/api/me");
        Assert.Equal("loaded@mail.test", (await host.Members().FindAsync(id, default))!.Value.Email);
    }

    [Fact]
    public async Task A_choice_of_notices_is_kept_by_who_has_no_address_and_the_answer_says_so_too()
    {
        var answer = await ClientWith().PutAsync(Preferences, new { notices = new { reminder = false }, address = "mine@mail.test" });
        Assert.Equal(
            (false, null, "missing"), ((bool)answer["notices"]["reminder"]!, answer.Body!["address"], answer["addressProblem"].ToString()));
    }

    [Theory]
    [InlineData("\"admin\"", true)]
    [InlineData("""["editor",5,null,"admin"]""", true)]
    [InlineData("""{"admin":true}""", false)]
    [InlineData("""[["admin"]]""", false)]
    [InlineData("""["[\"admin\"]"]""", false)]
    [InlineData("true", false)]
    public async Task A_role_is_a_text_by_itself_or_in_a_list(string claim, bool isAdmin)
    {
        using var row = new StringContent("", Encoding.UTF8, "application/x-ndjson");
        using var answer = await ClientWith(("roles", claim)).PostAsync("/api/admin/creators", row);
        Assert.Equal(isAdmin ? 200 : 403, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("""["somebody"]""")]
    [InlineData("""{"id":"somebody"}""")]
    [InlineData("\".\"")]
    [InlineData("\" \"")]
    public async Task An_oid_that_is_no_id_is_not_replaced_by_the_sub(string claim) =>
        Assert.Equal(401, (int)(await ClientWith(("oid", claim)).ReadAsync("/api/me")).Status);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task An_oid_that_is_empty_is(string claim) =>
        Assert.Equal(_id, (await ClientWith(("oid", claim)).ReadAsync("/api/me"))["id"].ToString());

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, true)]
    public async Task The_local_issuer_says_whether_an_address_is_confirmed(string? sent, bool isVerified)
    {
        var form = new Dictionary<string, string> { ["sub"] = _id, ["email"] = "anna@mail.test" };
        if (sent is not null)
        {
            form["email_verified"] = sent;
        }

        var token = await host.AnonymousClient().CallAsync(HttpMethod.Post, "/dev/identity/token", new FormUrlEncodedContent(form));
        var client = host.AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token["access_token"].ToString());
        await ToldAsync(client, isVerified ? "anna@mail.test" : null, isVerified ? null : "unverified");
    }

    private static async Task ToldAsync(HttpClient client, string? address, string? problem)
    {
        var told = (await client.ReadAsync(Preferences)).Body!;
        Assert.Equal((address, problem), (told["address"]?.ToString(), told["addressProblem"]?.ToString()));
    }

    private HttpClient ClientWith(params (string Name, string Json)[] claims)
    {
        var client = host.AnonymousClient();
        var token = BadTokens.Good(
            host, _id, claims.ToDictionary(claim => claim.Name, claim => (object)JsonSerializer.Deserialize<JsonElement>(claim.Json)));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
