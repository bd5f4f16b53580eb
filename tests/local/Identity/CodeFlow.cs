using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Local.Identity;

/// <summary>A client of the issuer that signs members in, and each step of it with whatever a test sends otherwise.</summary>
internal sealed class CodeFlow(LocalHostFixture host)
{
    public const string ClientId = "connections-web";
    public const string RedirectUri = "http://localhost:5173/signed-in?from=here";
    public const string Verifier = "a-verifier.of_this~client-that-nobody-else-has-0123456789";
    public const string Everything = "openid profile email offline_access";

    private readonly HttpClient _client = host.AnonymousClient();

    /// <summary>The request as it should be.</summary>
    public static IReadOnlyDictionary<string, string> Request { get; } = new Dictionary<string, string>
    {
        ["client_id"] = ClientId,
        ["redirect_uri"] = RedirectUri,
        ["response_type"] = "code",
        ["scope"] = Everything,
        ["state"] = "state & more=1",
        ["nonce"] = "nonce-1",
        ["code_challenge"] = Challenge(Verifier),
        ["code_challenge_method"] = "S256",
    };

    public static string Challenge(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>What a return address carries.</summary>
    public static Dictionary<string, string> Carried(Uri location) =>
        QueryHelpers.ParseQuery(location.Query).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Sends the browser to the issuer. An empty value leaves a parameter out.</summary>
    public Task<HttpResponseMessage> AuthorizeAsync(params (string Name, string Value)[] otherwise) =>
        _client.GetAsync(QueryHelpers.AddQueryString("/dev/identity/authorize", Changed(Request, otherwise)!));

    /// <summary>Signs a member in and gets the code.</summary>
    public async Task<string> CodeAsync(string member = "demo-brand", params (string Name, string Value)[] otherwise)
    {
        var answer = await AuthorizeAsync([("login_hint", member), .. otherwise]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Carried(answer.Headers.Location!)["code"];
    }

    /// <summary>Redeems a code.</summary>
    public Task<Answer> RedeemAsync(string code, params (string Name, string Value)[] otherwise) => PostAsync(
        new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = RedirectUri, ["client_id"] = ClientId,
            ["code_verifier"] = Verifier,
        },
        otherwise);

    /// <summary>Uses a refresh token.</summary>
    public Task<Answer> RefreshAsync(string token, params (string Name, string Value)[] otherwise) =>
        PostAsync(
            new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = ClientId },
            otherwise);

    /// <summary>Signs a member in and gets all the tokens.</summary>
    public async Task<Answer> SignInAsync(string member = "demo-brand", params (string Name, string Value)[] otherwise)
    {
        var answer = await RedeemAsync(await CodeAsync(member, otherwise));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    /// <summary>A call with a token.</summary>
    public async Task<Answer> CallAsync(string path, string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await client.ReadAsync(path);
    }

    private async Task<Answer> PostAsync(Dictionary<string, string> form, (string Name, string Value)[] otherwise)
    {
        using var content = new FormUrlEncodedContent(Changed(form, otherwise));
        return await _client.CallAsync(HttpMethod.Post, "/dev/identity/token", content);
    }

    private static Dictionary<string, string> Changed(
        IReadOnlyDictionary<string, string> parameters, (string Name, string Value)[] otherwise)
    {
        var changed = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        foreach (var (name, value) in otherwise)
        {
            changed[name] = value;
        }

        return changed;
    }
}
