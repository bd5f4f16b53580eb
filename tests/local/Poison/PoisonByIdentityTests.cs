using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Connections.Tests.Local.Emulators;
using Connections.Tests.Local.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Poison;

/// <summary>The command as an operator runs it: over TLS, with a token from the machine's identity endpoint.</summary>
public sealed class PoisonByIdentityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_poisoned_notice_is_replayed_with_a_token_for_storage()
    {
        var (certificate, key) = WriteCertificate();
        await using var issuer = await TokenServer.StartAsync();
        await using var azurite = await Azurite.StartAsync("--oauth", "basic", "--cert", certificate, "--key", key);
        await using var queues = await JavaScriptClient.StartAsync("queue", azurite.ConnectionString, certificate);
        await queues.CallAsync("create", new { queue = "notices-poison" });
        await queues.CallAsync("send", new { queue = "notices-poison", text = "a notice" });
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // App Service offers its managed identity to a program by these variables.
            ["IDENTITY_ENDPOINT"] = issuer.Url,
            ["IDENTITY_HEADER"] = "header",
            ["SSL_CERT_FILE"] = certificate,
        };

        var (code, output) = await LocalProcess.RunCommandAsync(settings, "poison", "replay", "--account", azurite.Endpoint.AbsoluteUri);

        Assert.True(code == 0, output);
        Assert.EndsWith("1 back in notices.\n", output, StringComparison.Ordinal);
        Assert.Equal("a notice", (string?)(await queues.CallAsync("peek", new { queue = "notices" }))!.AsArray().Single());
        Assert.Equal(["https://storage.azure.com"], issuer.Requested.Distinct());
    }

    [Fact]
    public async Task An_operator_who_is_not_signed_in_is_told_how_to_sign_in()
    {
        // There is no way to sign in: no tools on the path and no identity of the machine.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath)!,
            ["AZURE_TOKEN_CREDENTIALS"] = "AzureCliCredential",
        };

        var (code, output) =
            await LocalProcess.RunCommandAsync(settings, "poison", "list", "--account", "https://name.queue.core.windows.net");

        Assert.Equal(1, code);
        Assert.Contains("Sign in with az login, then try again.", output, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private (string Certificate, string Key) WriteCertificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder.File("certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("key.pem"), rsa.ExportPkcs8PrivateKeyPem());
        return (_folder.File("certificate.pem"), _folder.File("key.pem"));
    }

    /// <summary>The identity endpoint of a machine. It gives a token for any resource.</summary>
    private sealed class TokenServer : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private TokenServer(WebApplication app) => _app = app;

        public string Url => _app.Urls.Single();

        public List<string> Requested { get; } = [];

        public static async Task<TokenServer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var server = new TokenServer(builder.Build());
            server._app.Run(server.AnswerAsync);
            await server._app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private Task AnswerAsync(HttpContext context)
        {
            var resource = context.Request.Query["resource"].ToString();
            lock (Requested)
            {
                Requested.Add(resource);
            }

            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            // The claims that Azurite checks: audience, issuer and times.
            var claims =
                $$"""{"aud":"{{resource}}","iss":"https://sts.windows.net/test/","iat":{{now}},"nbf":{{now - 60}},"exp":{{now + 3600}}}""";
            var token = $"{Base64("""{"alg":"RS256","typ":"JWT"}""")}.{Base64(claims)}.{Base64("signature")}";
            return context.Response.WriteAsJsonAsync(
                new { access_token = token, expires_on = $"{now + 3600}", resource, token_type = "Bearer" });
        }

        private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }
}
