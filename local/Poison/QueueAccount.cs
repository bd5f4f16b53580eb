using Azure.Identity;
using Azure.Storage.Queues;

namespace Connections.Local.Poison;

/// <summary>A storage account's queue service.</summary>
internal sealed class QueueAccount
{
    private readonly QueueServiceClient _client;

    private QueueAccount(QueueServiceClient client)
    {
        _client = client;
        Endpoint = new Uri(client.Uri.AbsoluteUri.TrimEnd('/') + "/");
    }

    /// <summary>The queue service's address; ends in a slash.</summary>
    public Uri Endpoint { get; }

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
            : (new QueueAccount(new QueueServiceClient(url, new DefaultAzureCredential(), Options())), null);
    }

    /// <summary>An account that is called with its key, as emulators are.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="options">How the service is called; null for what suits a person who waits.</param>
    /// <returns>The account; or null, and what a person is told of a connection string that is none.</returns>
    public static (QueueAccount? Account, string? Error) OfConnectionString(string text, QueueClientOptions? options = null)
    {
        QueueServiceClient? client = null;
        try
        {
            client = new QueueServiceClient(text, options ?? Options());
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Said below: the client's words do not name the option, and may repeat the key.
        }

        // A client with a key, and no other, can sign addresses.
        return client is { CanGenerateAccountSasUri: true }
            ? (new QueueAccount(client), null)
            : (null, "--connection-string takes that of a storage account, with its AccountName and AccountKey, or UseDevelopmentStorage=true.");
    }

    /// <summary>One of its queues.</summary>
    public IMessageQueue Queue(string name) => new StorageQueue(_client.GetQueueClient(name), this);

    // Somebody sits and waits for an answer.
    private static QueueClientOptions Options() => new() { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(30) } };
}
