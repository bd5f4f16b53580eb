using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Local.Identity;

/// <summary>A client of the issuer that signs members in. Tests can change the parameters of each step.</summary>
internal sealed class CodeFlow(LocalHostFixture host)
{
    public const string ClientId = "connections-web";
    public const string RedirectUri = "http://localhost:5173/signed-in?from=here";
    public const string Verifier = "a-verifier.of_this~client-that-nobody-else-has-0123456789";
    public const string AllScopes = "openid profile email offline_access";

    private readonly HttpClient _client = host.AnonymousClient();

    /// <summary>A valid authorization request.</summary>
    public static IReadOnlyDictionary<string, string> Request { get; } = new Dictionary<string, string>
    {
        ["client_id"] = ClientId,
        ["redirect_uri"] = RedirectUri,
        ["response_type"] = "code",
        ["scope"] = AllScopes,
        ["state"] = "state & more=1",
        ["nonce"] = "nonce-1",
        ["code_challenge"] = Challenge(Verifier),
        ["code_challenge_method"] = "S256",
    };

    public static string Challenge(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>The query parameters of a redirect to the return address.</summary>
    public static Dictionary<string, string> QueryOf(Uri location) =>
        QueryHelpers.ParseQuery(location.Query).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Makes an authorization request. An empty value stands for a missing parameter.</summary>
    public Task<HttpResponseMessage> AuthorizeAsync(params (string Name, string Value)[] changes) =>
        _client.GetAsync(QueryHelpers.AddQueryString("/dev/identity/authorize", Changed(Request, changes)!));

    /// <summary>Signs a member in and returns the code.</summary>
    public async Task<string> CodeAsync(string member = "demo-brand", params (string Name, string Value)[] changes)
    {
        var answer = await AuthorizeAsync([("login_hint", member), .. changes]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return QueryOf(answer.Headers.Location!)["code"];
    }

    public Task<Answer> RedeemAsync(string code, params (string Name, string Value)[] changes) => PostAsync(
        new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = RedirectUri, ["client_id"] = ClientId,
            ["code_verifier"] = Verifier,
        },
        changes);

    public Task<Answer> RefreshAsync(string token, params (string Name, string Value)[] changes) =>
        PostAsync(
            new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = ClientId },
            changes);

    /// <summary>Signs a member in and returns the tokens.</summary>
    public async Task<Answer> SignInAsync(string member = "demo-brand", params (string Name, string Value)[] changes)
    {
        var answer = await RedeemAsync(await CodeAsync(member, changes));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    /// <summary>Makes a GET with a token.</summary>
    public async Task<Answer> CallAsync(string path, string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await client.ReadAsync(path);
    }

    private async Task<Answer> PostAsync(Dictionary<string, string> form, (string Name, string Value)[] changes)
    {
        using var content = new FormUrlEncodedContent(Changed(form, changes));
        return await _client.CallAsync(HttpMethod.Post, "/dev/identity/token", content);
    }

    private static Dictionary<string, string> Changed(
        IReadOnlyDictionary<string, string> parameters, (string Name, string Value)[] changes)
    {
        var changed = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            changed[name] = value;
        }

        return changed;
    }
}
