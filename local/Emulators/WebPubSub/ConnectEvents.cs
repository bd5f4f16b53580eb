using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Connections.Emulators.WebPubSub;

/// <summary>The answer to a client that may not connect.</summary>
internal sealed record Refusal(int Status, string ContentType, string Body);

/// <summary>Asks the application's event handler whether a client may connect, as Web PubSub does: CloudEvents over HTTP.</summary>
/// <remarks>
/// <c>connect</c> is the only event. Before the first one the handler is asked whether it accepts events at all (CloudEvents' abuse
/// protection). A 4xx of the handler goes to the client as it is. If the handler fails or cannot be reached, the client gets a 500.
/// </remarks>
internal sealed partial class ConnectEvents(Func<Uri> handler, byte[] key, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = GiveUpAfter };
    private bool _isAllowed;

    /// <summary>Null if the client may connect.</summary>
    public async Task<Refusal?> AskAsync(ConnectingClient client, CancellationToken ct)
    {
        var url = handler();
        try
        {
            if (!_isAllowed && !(_isAllowed = await IsAllowedAsync(url, client.Host, ct)))
            {
                NotAllowed(logger, url);
                return Failed();
            }

            using var request = Request(url, client);
            using var answer = await _http.SendAsync(request, ct);
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => null,
                >= 400 and < 500 and var status => new Refusal(
                    status, answer.Content.Headers.ContentType?.ToString() ?? "text/plain", await answer.Content.ReadAsStringAsync(ct)),
                _ => Failed(),
            };
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            Unreachable(logger, e, url);
            return Failed();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<bool> IsAllowedAsync(Uri url, string host, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, url);
        request.Headers.Add("WebHook-Request-Origin", host);
        using var answer = await _http.SendAsync(request, ct);
        return answer.IsSuccessStatusCode
            && answer.Headers.TryGetValues("WebHook-Allowed-Origin", out var origins)
            && origins.SelectMany(origin => origin.Split(',', StringSplitOptions.TrimEntries))
            .Any(origin => origin == "*" || origin == host);
    }

    private HttpRequestMessage Request(Uri url, ConnectingClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(
                new
                {
                    claims = client.Claims,
                    query = client.Query,
                    subprotocols = client.Subprotocols,
                    clientCertificates = Array.Empty<object>(),
                },
                new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(client.ConnectionId));
        (string Name, string Value)[] headers =
        [
            ("WebHook-Request-Origin", client.Host),
            ("ce-specversion", "1.0"),
            ("ce-type", "azure.webpubsub.sys.connect"),
            ("ce-source", $"/hubs/{client.Hub}/client/{client.ConnectionId}"),
            ("ce-id", Guid.NewGuid().ToString()),
            ("ce-time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            ("ce-signature", $"sha256={Convert.ToHexStringLower(signature)}"),
            ("ce-userId", client.Identity.UserId),
            ("ce-connectionId", client.ConnectionId),
            ("ce-hub", client.Hub),
            ("ce-eventName", "connect"),
        ];
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private static Refusal Failed() => new(500, "text/plain", "The application did not answer whether this client may connect.");

    [LoggerMessage(
        LogLevel.Warning,
        "Web PubSub's event handler {Url} does not accept events: it must answer OPTIONS with WebHook-Allowed-Origin.")]
    private static partial void NotAllowed(ILogger logger, Uri url);

    [LoggerMessage(LogLevel.Warning, "Web PubSub's event handler {Url} cannot be reached, so no client can connect.")]
    private static partial void Unreachable(ILogger logger, Exception exception, Uri url);
}

/// <summary>A client that wants to connect, as the event describes it.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="ConnectionId">The id that its connection will have.</param>
/// <param name="Identity">The user and roles of its token.</param>
/// <param name="Host">The service's host.</param>
/// <param name="Query">The parameters of its URL other than the token.</param>
/// <param name="Subprotocols">The subprotocols that it offers.</param>
internal sealed record ConnectingClient(
    string Hub, string ConnectionId, ClientIdentity Identity, string Host, IReadOnlyDictionary<string, string[]> Query,
    IReadOnlyList<string> Subprotocols)
{
    public IReadOnlyDictionary<string, string[]> Claims => new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["sub"] = [Identity.UserId], ["role"] = [.. Identity.Roles],
    };
}
