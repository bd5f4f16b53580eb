using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Connections.Emulators.Blobs;
using Connections.Emulators.Storage;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Blobs;

/// <summary>Blobs in a folder of their own, with the unmodified client and a client that sends what a browser would.</summary>
public sealed class BlobRig : IDisposable
{
    public const string Uploads = "uploads";

    private readonly TempFolder _folder = new();
    private SqliteFile _file;

    public BlobRig(Func<LocalBlobsOptions, LocalBlobsOptions>? change = null)
    {
        var options = new LocalBlobsOptions(BlobAccount.WellKnown, Time);
        Options = change is null ? options : change(options);
        (_file, Blobs) = Open();
        Http = new HttpClient(Handler());
        Service = Client(Options.Account.Key);
        Blobs.CreateContainerAsync(Uploads, default).GetAwaiter().GetResult();
    }

    public ManualTime Time { get; } = new();

    public LocalBlobsOptions Options { get; }

    public LocalBlobs Blobs { get; private set; }

    /// <summary>A client that signs nothing.</summary>
    public HttpClient Http { get; }

    public BlobServiceClient Service { get; }

    /// <summary>The names of the files with contents.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Contents).Select(file => Path.GetFileName(file))];

    public string Contents => _folder.File("blobs");

    public void Dispose()
    {
        Http.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    /// <summary>The blobs as another process finds them.</summary>
    public void Reopen()
    {
        _file.Dispose();
        (_file, Blobs) = Open();
    }

    public BlobHandler Handler() => new(Blobs, Options);

    public BlobServiceClient Client(byte[] key) => new(
        new Uri("http://127.0.0.1/" + Options.Account.Name),
        new StorageSharedKeyCredential(Options.Account.Name, Convert.ToBase64String(key)),
        new BlobClientOptions { Transport = new HttpClientTransport(Handler()), Retry = { MaxRetries = 0 } });

    public BlobClient Blob(string name) => Service.GetBlobContainerClient(Uploads).GetBlobClient(name);

    public Uri AddressOf(string name, BlobSasPermissions permissions, Action<BlobSasBuilder>? change = null)
    {
        var builder = new BlobSasBuilder(permissions, Time.GetUtcNow() + TimeSpan.FromMinutes(5))
        {
            BlobContainerName = Uploads,
            BlobName = name,
            Resource = "b",
            StartsOn = Time.GetUtcNow() - TimeSpan.FromMinutes(5),
        };
        change?.Invoke(builder);
        return Blob(name).GenerateSasUri(builder);
    }

    public async Task<BlobContentInfo> WriteAsync(string name, string text) =>
        await Blob(name).UploadAsync(BinaryData.FromString(text), overwrite: true);

    public async Task<string> ReadAsync(string name)
    {
        var read = await Blob(name).DownloadContentAsync();
        return read.Value.Content.ToString();
    }

    /// <summary>What a browser sends to write a blob.</summary>
    public Task<HttpResponseMessage> PutAsync(Uri address, string text, string type = "BlockBlob")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        request.Headers.Add("x-ms-blob-type", type);
        return Http.SendAsync(request);
    }

    /// <summary>The status of an answer, and its error code; empty if there is none.</summary>
    public static async Task<(HttpStatusCode Status, string Code)> RefusalAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var code = response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.Single() : "";
        if (code.Length > 0)
        {
            Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        return (response.StatusCode, code);
    }

    private (SqliteFile, LocalBlobs) Open()
    {
        var file = SqliteFile.Open(_folder.File("test.db"));
        return (file, LocalBlobs.Open(file, Contents, Time, Uploads));
    }
}
