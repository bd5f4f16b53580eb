using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace Connections.Local.Poison;

/// <summary>A storage account's queue service, and how requests to it show who sends them.</summary>
internal abstract class QueueAccount
{
    private QueueAccount(Uri endpoint) => Endpoint = endpoint;

    /// <summary>The queue service; ends in a slash.</summary>
    public Uri Endpoint { get; }

    /// <summary>Makes a request one that the service knows the sender of. Its content and other headers are complete.</summary>
    public abstract Task SignAsync(HttpRequestMessage request, CancellationToken ct);

    /// <summary>An account that is called as whoever is signed in on this machine, or as the machine's managed identity.</summary>
    /// <returns>The account; or null, and what a person is told of an address that is none.</returns>
    public static (QueueAccount? Account, string? Error) OfIdentity(string text)
    {
        // A token is never sent unencrypted.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            return (null, "--account takes the https address of a queue service, such as https://NAME.queue.core.windows.net.");
        }

        return url.Host.EndsWith(".core.windows.net", StringComparison.OrdinalIgnoreCase) && !url.Host.Contains(".queue.", StringComparison.OrdinalIgnoreCase)
            ? (null, $"{url.Host} is not a queue service. Its name has queue in the middle: https://{url.Host.Split('.')[0]}.queue.core.windows.net.")
            : (OfIdentity(url, new DefaultAzureCredential()), null);
    }

    /// <summary>An account that is called by an identity.</summary>
    public static QueueAccount OfIdentity(Uri endpoint, TokenCredential credential) => new Identified(WithSlash(endpoint), credential);

    /// <summary>An account that is called with its key, as emulators are.</summary>
    /// <returns>The account; or null, and what a person is told of a connection string that is none.</returns>
    public static (QueueAccount? Account, string? Error) OfConnectionString(string text)
    {
        var parts = StorageConnectionString.Read(text);
        return parts is null
            ? (null, "--connection-string takes that of a storage account, with its AccountName and AccountKey, or UseDevelopmentStorage=true.")
            : (new Keyed(WithSlash(parts.Endpoint), new SharedKey(parts.AccountName, parts.Key)), null);
    }

    private static Uri WithSlash(Uri url) => new(url.AbsoluteUri.TrimEnd('/') + "/");

    private sealed class Identified(Uri endpoint, TokenCredential credential) : QueueAccount(endpoint)
    {
        private static readonly TokenRequestContext Scope = new(["https://storage.azure.com/.default"]);

        // The credential keeps the token until it expires.
        public override async Task SignAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var token = await credential.GetTokenAsync(Scope, ct);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        }
    }

    private sealed class Keyed(Uri endpoint, SharedKey key) : QueueAccount(endpoint)
    {
        public override Task SignAsync(HttpRequestMessage request, CancellationToken ct)
        {
            request.Headers.Authorization = key.Sign(request);
            return Task.CompletedTask;
        }
    }
}
