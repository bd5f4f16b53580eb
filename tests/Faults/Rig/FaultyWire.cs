using System.Net;

namespace Connections.Tests.Faults.Rig;

/// <summary>What lies between the Cosmos SDK and the database: faults here meet the SDK's own retries first, as they do in Azure.</summary>
internal sealed class FaultyWire(HttpClient carrier, OutsideCalls calls, Random chance) : HttpMessageHandler
{
    /// <summary>What its calls are named.</summary>
    public const string Name = "wire";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A request can be sent by one client only, and the SDK's has sent this one.
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

    // What was done is never told by 429.
    private HttpResponseMessage Fail(HttpRequestMessage request, bool done)
    {
        int kind;
        lock (chance)
        {
            kind = chance.Next(done ? 4 : 6);
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
