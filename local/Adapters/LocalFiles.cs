using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Connections.Emulators.Blobs;
using Connections.Files;
using Connections.Notices;

namespace Connections.Local.Adapters;

/// <summary>The app's blob containers on the emulator: the rules that <c>infra/modules/storage.bicep</c> sets, and its client.</summary>
public static class LocalFiles
{
    // The SDK reads the account's name from the path only after an IP address. No request goes to it.
    private const string Endpoint = "http://127.0.0.1/";

    /// <summary>How long uploads stay that nothing was made of.</summary>
    public static readonly TimeSpan KeepUploads = TimeSpan.FromDays(1);

    /// <summary>The headers that a page sends with an upload.</summary>
    public static IReadOnlyList<string> AllowedHeaders { get; } = ["content-type", "x-ms-blob-type"];

    /// <summary>How the blobs are served.</summary>
    /// <param name="account">The storage account.</param>
    /// <param name="time">The clock of signed addresses.</param>
    /// <param name="keepEvidence">How long copies of what was reported stay.</param>
    /// <param name="allowsOrigin">Whether pages of an origin may upload.</param>
    public static LocalBlobsOptions Options(
        BlobAccount account, TimeProvider time, TimeSpan keepEvidence, Func<string, bool> allowsOrigin) => new(account, time)
        {
            Rules = [new(BlobContainers.Uploads, KeepUploads), new(BlobContainers.Evidence, keepEvidence)],
            AllowsOrigin = allowsOrigin,
            AllowedHeaders = AllowedHeaders,
        };

    /// <summary>A client of blobs in this process.</summary>
    public static BlobServiceClient CreateClient(LocalBlobs blobs, LocalBlobsOptions options) => new(
        new Uri(Endpoint + options.Account.Name),
        new StorageSharedKeyCredential(options.Account.Name, Convert.ToBase64String(options.Account.Key)),
        new BlobClientOptions { Transport = new HttpClientTransport(new BlobHandler(blobs, options)) });

    /// <summary>Puts the results of the scan into a storage queue that another process serves.</summary>
    public static Func<string, CancellationToken, Task> SendTo(string connectionString)
    {
        var queue = new QueueClient(connectionString, IFileStore.ScanQueue);
        return (message, ct) => queue.PutAsync(message, delay: null, ct);
    }
}
