using System.Net;
using System.Text.Json.Nodes;
using Connections.Http;
using Connections.Local;
using Connections.Local.Identity;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Tests.Local.Identity;

public sealed class LocalIssuerTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private LocalIssuer Issuer => host.Services.GetRequiredService<LocalIssuer>();

    [Fact]
    public async Task The_API_accepts_a_token_by_discovery_over_HTTP()
    {
        var token = await PostTokenAsync(
            ("sub", "alice"), ("email", "alice@example.com"), ("name", "Alice Ünal"), ("roles", "admin"), ("roles", "support"));

        using var validator = Validator();
        var (caller, problem) = await validator.ValidateAsync("Bearer " + token, default);

        Assert.Null(problem);
        Assert.Equal("alice", caller!.Id.Value);
        Assert.Equal("alice@example.com", caller.Email);
        Assert.Equal("Alice Ünal", caller.Name);
        Assert.Equal(["admin", "support"], caller.Roles);
    }

    [Fact]
    public async Task A_sub_alone_is_enough_for_a_token()
    {
        using var validator = Validator();
        var (caller, _) = await validator.ValidateAsync("Bearer " + await PostTokenAsync(("sub", "never.seen~before-1")), default);

        Assert.Equal("never.seen~before-1", caller!.Id.Value);
        Assert.Null(caller.Email);
        Assert.Null(caller.Name);
        Assert.Empty(caller.Roles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("näme")]
    [InlineData("a/b")]
    public async Task A_sub_that_is_not_a_member_id_is_refused(string sub)
    {
        var answer = await PostAsync(("sub", sub));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!["sub"]);
    }

    [Fact]
    public async Task A_body_that_is_not_a_form_is_refused()
    {
        using var content = new StringContent("""{ "sub": "alice" }""", System.Text.Encoding.UTF8, "application/json");

        var answer = await host.AnonymousClient().PostAsync("/dev/identity/token", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_answer_states_the_lifetime_of_the_token()
    {
        var answer = JsonNode.Parse(await (await PostAsync(("sub", "alice"))).Content.ReadAsStringAsync())!;

        Assert.Equal(LocalIssuer.DefaultLifetime.TotalSeconds, (double)answer["expires_in"]!);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        using var validator = Validator();
        var (caller, problem) =
            await validator.ValidateAsync("Bearer " + Issuer.Token("alice", lifetime: TimeSpan.FromMinutes(-2)), default);

        Assert.Null(caller);
        Assert.Equal(ErrorKind.Unauthenticated, problem!.Kind);
    }

    [Fact]
    public async Task An_accepted_token_is_refused_after_it_expires()
    {
        var time = new ManualTime();
        using var validator = Validator(time: time);
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        var token = "Bearer " + Issuer.Token("alice", lifetime: TimeSpan.FromMinutes(10));
        Assert.NotNull((await validator.ValidateAsync(token, default)).ValueOrNull());
        Assert.NotNull((await validator.ValidateAsync(token, default)).ValueOrNull());

        time.Advance(TimeSpan.FromMinutes(12));
        var (caller, problem) = await validator.ValidateAsync(token, default);

        Assert.Null(caller);
        Assert.Contains("expired", problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_validated_once()
    {
        using var validator = Validator();
        var token = "Bearer " + Issuer.Token("alice");

        var (first, _) = await validator.ValidateAsync(token, default);
        var (second, _) = await validator.ValidateAsync(token, default);

        Assert.NotNull(first);
        Assert.Same(first, second);
    }

    [Fact]
    public async Task A_text_that_resembles_an_accepted_token_is_refused()
    {
        using var validator = Validator();
        var token = Issuer.Token("alice");
        Assert.NotNull((await validator.ValidateAsync("Bearer " + token, default)).ValueOrNull());

        var parts = token.Split('.');
        var another = Issuer.Token("bob").Split('.');
        string[] forged =
            [$"{parts[0]}.{another[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.{another[2]}", $"{parts[0]}.{parts[1]}.", token[..^8]];

        foreach (var text in forged)
        {
            Assert.Equal(401, (await validator.ValidateAsync("Bearer " + text, default)).Status());
        }
    }

    [Fact]
    public async Task A_token_of_another_issuer_by_the_same_name_is_refused()
    {
        await using var stranger = await LocalHostFixture.StartAsync(o => o with { Reset = true });
        var forged = new LocalIssuer(
            host.Url, await SigningKey.LoadOrCreateAsync(Path.Combine(stranger.Folder, "identity-key.pem"), default), TimeProvider.System);

        using var validator = Validator();
        var (caller, problem) = await validator.ValidateAsync("Bearer " + forged.Token("alice"), default);

        Assert.Null(caller);
        Assert.Equal(ErrorKind.Unauthenticated, problem!.Kind);
    }

    [Fact]
    public async Task The_oid_takes_precedence_over_the_sub()
    {
        using var validator = Validator();
        var (caller, _) = await validator.ValidateAsync("Bearer " + Issuer.Token("pairwise", oid: "alice"), default);

        Assert.Equal("alice", caller!.Id.Value);
    }

    [Fact]
    public async Task The_published_keys_contain_no_private_parts()
    {
        var key = JsonNode.Parse(await host.AnonymousClient().GetStringAsync("/dev/identity/keys"))!["keys"]![0]!.AsObject();

        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_stays_valid_after_a_restart()
    {
        await using var own = await LocalHostFixture.StartAsync();
        var token = own.TokenFor("alice");

        await own.RestartAsync();

        using var validator = Validator(own);
        var (caller, _) = await validator.ValidateAsync("Bearer " + token, default);
        Assert.Equal("alice", caller!.Id.Value);
    }

    private TokenValidator Validator(LocalHostFixture? of = null, TimeProvider? time = null)
    {
        var issuer = (of ?? host).Services.GetRequiredService<LocalIssuer>().Issuer;
        return new TokenValidator(
            new IdentitySettings(issuer, LocalIssuer.Audience, new Uri(issuer + "/.well-known/openid-configuration"), "oid"),
            time ?? TimeProvider.System,
            NullLogger<TokenValidator>.Instance);
    }

    private async Task<string> PostTokenAsync(params (string, string)[] form) =>
        (string)JsonNode.Parse(await (await PostAsync(form)).EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["access_token"]!;

    private async Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await host.AnonymousClient().PostAsync("/dev/identity/token", content);
    }
}

public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-test-").FullName;

    private string KeyFile => Path.Combine(_folder, "key.pem");

    [Fact]
    public async Task The_key_is_created_once_and_readable_by_its_owner_only()
    {
        var first = await SigningKey.LoadOrCreateAsync(KeyFile, default);
        var second = await SigningKey.LoadOrCreateAsync(KeyFile, default);

        Assert.Equal(first.KeyId, second.KeyId);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public async Task A_file_without_a_key_stops_the_start_and_is_named()
    {
        await File.WriteAllTextAsync(KeyFile, "-----BEGIN PRIVATE KEY-----\nhalf a");

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => SigningKey.LoadOrCreateAsync(KeyFile, default));

        Assert.Contains(KeyFile, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
