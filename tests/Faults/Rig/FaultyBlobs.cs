using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Connections.Emulators.Blobs;
using Connections.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>The wire between the client of Blob Storage and the service: a fault can come between two requests of one step.</summary>
internal sealed class FaultyBlobs(HttpMessageHandler inner, OutboundCalls calls, Random random) : DelegatingHandler(inner)
{
    /// <summary>How <see cref="OutboundCall.To"/> of its calls begins.</summary>
    public const string Prefix = "blobs ";

    /// <summary><see cref="OutboundCall.To"/> of a client that uploads.</summary>
    public const string Upload = Prefix + "upload";

    /// <summary>The app's store on this wire. Its client tries once: its own retries wait in real time.</summary>
    public static IFileStore Store(IServiceProvider services, OutboundCalls calls, Random random)
    {
        var options = services.GetRequiredService<LocalBlobsOptions>();
        var handler = new FaultyBlobs(new BlobHandler(services.GetRequiredService<LocalBlobs>(), options), calls, random);
        var client = new BlobClientOptions { Transport = new HttpClientTransport(handler) };
        client.Retry.MaxRetries = 0;
        return new BlobFileStore(
            new BlobServiceClient(
                new Uri($"http://127.0.0.1/{options.Account.Name}"),
                new StorageSharedKeyCredential(options.Account.Name, Convert.ToBase64String(options.Account.Key)),
                client),
            services.GetRequiredService<TimeProvider>());
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        calls.MakeAsync(NameOf(request), () => base.SendAsync(request, cancellationToken), _ => Fail(request));

    // /account/container/folder/name
    private static string NameOf(HttpRequestMessage request) =>
        $"{Prefix}{request.Method.Method.ToLowerInvariant()} {request.RequestUri!.AbsolutePath.Split('/').ElementAtOrDefault(2)}";

    // Blob Storage says 503 where other services say 429.
    private HttpResponseMessage Fail(HttpRequestMessage request)
    {
        int kind;
        lock (random)
        {
            kind = random.Next(4);
        }

        return kind switch
        {
            0 => throw new HttpRequestException("The connection broke."),
            1 => throw new TaskCanceledException("The answer took too long.", new TimeoutException()),
            2 => Answer(request, HttpStatusCode.InternalServerError),
            _ => Answer(request, HttpStatusCode.ServiceUnavailable),
        };
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status) =>
        new(status) { RequestMessage = request, Content = new ByteArrayContent([]) };
}
