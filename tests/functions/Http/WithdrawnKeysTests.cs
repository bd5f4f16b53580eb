using Connections.Http;
using Connections.Local.Identity;
using Connections.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
    private string? _named;
    private string? _keys;
    private bool _isAway;
    private int _fetches;

    public WithdrawnKeysTests()
    {
        _published = _old;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref _fetches);
            return _isAway
                ? Results.StatusCode(500)
                : Results.Json(new Dictionary<string, string> { ["issuer"] = _named ?? Issuer, ["jwks_uri"] = _keys ?? Issuer + "/keys" });
        });
        _app.MapGet("/keys", () =>
        {
            var key = _published.Rsa.ExportParameters(includePrivateParameters: false);
            return new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", kid = _published.KeyId, n = Base64UrlEncoder.Encode(key.Modulus),
                        e = Base64UrlEncoder.Encode(key.Exponent),
                    },
                },
            };
        });
    }

    private string Issuer => _app.Urls.Single();

    [Fact]
    public async Task What_a_withdrawn_key_signed_is_refused_once_the_keys_were_fetched_without_it()
    {
        await _app.StartAsync();
        using var validator = Validator();
        var token = Token(_old);
        var (known, _) = await validator.ValidateAsync(token, default);
        Assert.Same(known, (await validator.ValidateAsync(token, default)).ValueOrNull());

        _published = _new;
        await Calls.EventuallyAsync(
            async () => (await validator.ValidateAsync(Token(_new), default)).ValueOrNull(), caller => caller is not null);

        Assert.Equal(401, (await validator.ValidateAsync(token, default)).Status());
        Assert.Equal(401, (await validator.ValidateAsync(Token(_old), default)).Status());
    }

    [Fact]
    public async Task While_the_keys_cannot_be_fetched_again_those_that_were_fetched_hold()
    {
        await _app.StartAsync();
        using var validator = Validator();
        var token = Token(_old);
        Assert.NotNull((await validator.ValidateAsync(token, default)).ValueOrNull());

        _isAway = true;
        await AfterAnotherFetchAsync(validator);

        Assert.NotNull((await validator.ValidateAsync(token, default)).ValueOrNull());
        Assert.NotNull((await validator.ValidateAsync(Token(_old), default)).ValueOrNull());
        await validator.CheckAsync(default);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_not_asked_by_every_call()
    {
        _isAway = true;
        await _app.StartAsync();
        using var validator = Validator();
        var token = Token(_old);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(503, (await validator.ValidateAsync(token, default)).Status());
        }

        Assert.InRange(Volatile.Read(ref _fetches), 1, 25);
        _isAway = false;
        Assert.NotNull(await Calls.EventuallyAsync(
            async () => (await validator.ValidateAsync(token, default)).ValueOrNull(), caller => caller is not null));
    }

    [Fact]
    public async Task A_document_that_names_another_issuer_later_is_refused_and_the_one_before_stays()
    {
        await _app.StartAsync();
        using var validator = Validator();
        Assert.NotNull((await validator.ValidateAsync(Token(_old), default)).ValueOrNull());

        (_named, _published) = ("https://another.example", _new);
        await AfterAnotherFetchAsync(validator);
        await Calls.EventuallyAsync(() => Record.ExceptionAsync(() => validator.CheckAsync(default)), e => e is not null);

        Assert.Contains(
            "https://another.example",
            (await Assert.ThrowsAsync<SettingException>(() => validator.CheckAsync(default))).Message,
            StringComparison.Ordinal);
        Assert.NotNull((await validator.ValidateAsync(Token(_old), default)).ValueOrNull());
        Assert.Equal(401, (await validator.ValidateAsync(Token(_new), default)).Status());
        Assert.Equal(401, (await validator.ValidateAsync(Token(_new, "https://another.example"), default)).Status());
    }

    [Fact]
    public async Task A_document_that_names_another_issuer_at_first_lets_nobody_in()
    {
        _named = "https://another.example";
        await _app.StartAsync();
        using var validator = Validator();

        Assert.Equal(503, (await validator.ValidateAsync(Token(_old), default)).Status());
        Assert.Equal(503, (await validator.ValidateAsync(Token(_old, _named), default)).Status());
        var problem = (await Assert.ThrowsAsync<SettingException>(() => validator.CheckAsync(default))).Message;
        Assert.All(["Identity__Issuer", Issuer, _named], part => Assert.Contains(part, problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_over_http_are_taken_from_this_machine_alone()
    {
        _keys = "http://keys.example/keys";
        await _app.StartAsync();
        using var validator = Validator();

        Assert.Equal(503, (await validator.ValidateAsync(Token(_old), default)).Status());
        var failure = await Record.ExceptionAsync(() => validator.CheckAsync(default));
        Assert.Contains("HTTPS", failure!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_with_the_setting_of_another_issuer_fails_and_says_so()
    {
        var failure = await Assert.ThrowsAsync<SettingException>(() => LocalHostFixture.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string?> { ["Identity:Issuer"] = "https://another.example" },
        }));

        Assert.All(["Identity__Issuer is https://another.example,", "/dev/identity:"], part =>
            Assert.Contains(part, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _old.Rsa.Dispose();
        _new.Rsa.Dispose();
    }

    private TokenValidator Validator() => new(
        new IdentitySettings(Issuer, LocalIssuer.Audience, new Uri(Issuer + "/.well-known/openid-configuration"), "oid"),
        TimeProvider.System,
        NullLogger<TokenValidator>.Instance);

    // An unknown key causes a refresh of the keys, the first time without delay.
    private async Task AfterAnotherFetchAsync(TokenValidator validator)
    {
        var before = Volatile.Read(ref _fetches);
        await Calls.EventuallyAsync(
            async () =>
            {
                Assert.Null((await validator.ValidateAsync(Token(_new), default)).ValueOrNull());
                return Volatile.Read(ref _fetches);
            },
            fetches => fetches > before);
    }

    private string Token(RsaSecurityKey key, string? issuer = null) =>
        "Bearer " + new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = LocalIssuer.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = "alice" },
            Expires = DateTime.UtcNow.AddMinutes(10),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
}
