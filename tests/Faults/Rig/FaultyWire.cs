using System.Net;

namespace Connections.Tests.Faults.Rig;

/// <summary>The wire between the Cosmos SDK and the database: the SDK retries faults here first, as it does in Azure.</summary>
internal sealed class FaultyWire(HttpClient carrier, OutboundCalls calls, Random random) : HttpMessageHandler
{
    /// <summary><see cref="OutboundCall.To"/> of its calls.</summary>
    public const string Name = "wire";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // An HttpRequestMessage can be sent only once, and the SDK's client has sent this one.
        using var copy = await CopyAsync(request, cancellationToken);
        if (!request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
        {
            return await carrier.SendAsync(copy, cancellationToken);
        }

        return await calls.MakeAsync(Name, () => carrier.SendAsync(copy, cancellationToken), done => Fail(request, done));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            carrier.Dispose();
        }

        base.Dispose(disposing);
    }

    // A call that took effect never gets 429.
    private HttpResponseMessage Fail(HttpRequestMessage request, bool done)
    {
        int kind;
        lock (random)
        {
            kind = random.Next(done ? 4 : 6);
        }

        return kind switch
        {
            0 => throw new HttpRequestException("The connection broke."),
            1 => throw new TaskCanceledException("The answer took too long.", new TimeoutException()),
            2 => Answer(request, HttpStatusCode.ServiceUnavailable),
            3 => Answer(request, HttpStatusCode.RequestTimeout),
            _ => Answer(request, HttpStatusCode.TooManyRequests),
        };
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status)
    {
        var answer = new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent([]) };
        answer.Headers.Add("x-ms-retry-after-ms", "5");
        return answer;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(ct));
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                copy.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
            }
        }

        return copy;
    }
}
