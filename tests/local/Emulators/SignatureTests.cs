using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Connections.Emulators.Cosmos;
using Connections.Local;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Local.Emulators;

/// <summary>As in Azure, a signature is valid for a single request and a short time. Real clients never sign invalid requests.</summary>
public sealed class SignatureTests(EmulatorsFixture emulators) : IClassFixture<EmulatorsFixture>
{
    private const string Send = "/emails:send?api-version=2025-09-01";

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task An_email_with_a_current_signature_is_accepted() =>
        Assert.Equal(HttpStatusCode.Accepted, await EmailAsync("signed@example.com", TimeSpan.Zero));

    [Fact]
    public async Task An_email_with_an_old_signature_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await EmailAsync("late@example.com", Late));

    [Fact]
    public async Task An_email_that_was_changed_after_signing_is_refused()
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await EmailAsync("changed@example.com", TimeSpan.Zero, body => body.Replace("Hi", "Ho", StringComparison.Ordinal)));
        Assert.Empty(await emulators.Host.OutboxAsync("changed@example.com"));
    }

    [Theory]
    [InlineData("/emails:send", "MissingApiVersionParameter")]
    [InlineData(Send, "BadRequest")]
    public async Task A_signed_but_invalid_email_request_is_refused_with_the_reason(string path, string code)
    {
        using var request = Email(path, "[]", TimeSpan.Zero);
        var answer = await emulators.Host.AnonymousClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(16, HttpStatusCode.Forbidden)]
    public async Task A_signature_of_a_database_request_expires(int age, HttpStatusCode expected)
    {
        const string Path = "dbs/connections";
        var date = DateTime.UtcNow.AddMinutes(-age).ToString("r", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + Path);
        request.Headers.Add("x-ms-date", date);
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(CosmosEndpoint.WellKnownKey),
            Encoding.UTF8.GetBytes($"get\ndbs\n{Path}\n{date.ToLowerInvariant()}\n\n"));
        request.Headers.TryAddWithoutValidation(
            "Authorization", Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(signature)}"));

        Assert.Equal(expected, (await emulators.Host.AnonymousClient().SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/api/hubs/connections/users/ada", 60, HttpStatusCode.NotFound)]
    [InlineData("/api/hubs/connections/users/ada", -1, HttpStatusCode.Unauthorized)]
    [InlineData("/api/hubs/connections/users/bob", 60, HttpStatusCode.Unauthorized)]
    [InlineData("/client/hubs/connections", 60, HttpStatusCode.Unauthorized)]
    public async Task A_service_token_is_valid_for_an_address_until_it_expires(string signedPath, int seconds, HttpStatusCode expected)
    {
        const string Path = "/api/hubs/connections/users/ada";
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Audience = new Uri(emulators.Host.Url, signedPath).AbsoluteUri,
            Expires = DateTime.UtcNow.AddSeconds(seconds),
            SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(EmulatorSettings.AccessKey)), SecurityAlgorithms.HmacSha256),
        });
        using var request = new HttpRequestMessage(HttpMethod.Head, Path);
        request.Headers.Authorization = new("Bearer", token);

        // The user is not connected (404), but only an authorized caller learns that.
        Assert.Equal(expected, (await emulators.Host.AnonymousClient().SendAsync(request)).StatusCode);
    }

    private async Task<HttpStatusCode> EmailAsync(string to, TimeSpan age, Func<string, string>? change = null)
    {
        var body = $$$"""{"senderAddress":"s@example.com","content":{"subject":"Hi","plainText":"Hi"},"recipients":{"to":[{"address":"{{{to}}}"}]}}""";
        using var request = Email(Send, body, age);
        request.Content = new StringContent(change?.Invoke(body) ?? body);
        return (await emulators.Host.AnonymousClient().SendAsync(request)).StatusCode;
    }

    private HttpRequestMessage Email(string path, string body, TimeSpan age)
    {
        var date = (DateTime.UtcNow - age).ToString("r", CultureInfo.InvariantCulture);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(EmulatorSettings.AccessKey),
            Encoding.UTF8.GetBytes($"POST\n{path}\n{date};{emulators.Host.Url.Authority};{hash}"));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={Convert.ToBase64String(signature)}");
        return request;
    }
}
