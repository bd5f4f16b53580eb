using Connections.Http;
using Connections.Local.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Functions.Http;

public sealed class WithdrawnKeysTests : IAsyncDisposable
{
    private readonly RsaSecurityKey _old = new(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "old" };
    private readonly RsaSecurityKey _new = new(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "new" };
    private readonly WebApplication _app;
    private RsaSecurityKey _published;

    public WithdrawnKeysTests()
    {
        _published = _old;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, string> { ["issuer"] = Issuer, ["jwks_uri"] = Issuer + "/keys" });
        _app.MapGet("/keys", () =>
        {
            var key = _published.Rsa.ExportParameters(includePrivateParameters: false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", kid = _published.KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        });
    }

    private string Issuer => _app.Urls.Single();

    [Fact]
    public async Task What_a_withdrawn_key_signed_is_not_remembered()
    {
        await _app.StartAsync();
        using var validator = new TokenValidator(
            new IdentitySettings(Issuer, LocalIssuer.Audience, new Uri(Issuer + "/.well-known/openid-configuration"), "oid"),
            TimeProvider.System,
            NullLogger<TokenValidator>.Instance);
        var token = Token(_old);
        var (known, _) = await validator.ValidateAsync(token, default);
        Assert.Same(known, (await validator.ValidateAsync(token, default)).Caller);

        _published = _new;
        await Calls.EventuallyAsync(async () => (await validator.ValidateAsync(Token(_new), default)).Caller, caller => caller is not null);

        // Whether it is still taken is the library's affair; it is asked each time.
        var (first, second) = ((await validator.ValidateAsync(token, default)).Caller, (await validator.ValidateAsync(token, default)).Caller);
        Assert.NotSame(known, first);
        Assert.True(first is null || !ReferenceEquals(first, second));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _old.Rsa.Dispose();
        _new.Rsa.Dispose();
    }

    private string Token(RsaSecurityKey key) => "Bearer " + new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = LocalIssuer.Audience,
        Claims = new Dictionary<string, object> { ["sub"] = "alice" },
        Expires = DateTime.UtcNow.AddMinutes(10),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
    });
}
