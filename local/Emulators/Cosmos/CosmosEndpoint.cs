using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Emulators.Cosmos;

/// <summary>Serves Cosmos DB's REST protocol over HTTP, for clients in other processes.</summary>
public static class CosmosEndpoint
{
    /// <summary>The key of every Cosmos DB emulator. It is public, so serve the account on a loopback address only.</summary>
    public const string WellKnownKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    /// <summary>Maps <c>/</c> and <c>/dbs/…</c> for requests that are signed with <see cref="WellKnownKey"/>.</summary>
    public static void MapCosmos(this IEndpointRouteBuilder app, CosmosStore store)
    {
        var rest = new CosmosRest(store, new CosmosSignature(WellKnownKey, TimeProvider.System));
        app.MapGet("/", context => AnswerAsync(rest, context));
        app.Map("/dbs/{**path}", context => AnswerAsync(rest, context));
    }

    private static async Task AnswerAsync(CosmosRest rest, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // The raw path, because routing would unescape a slash within an id.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var request = new CosmosRequest(
            context.Request.Method, path, name =>
                context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body.ToArray());
        var answer = await rest.AnswerAsync(request, context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!answer.Body.IsEmpty)
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}

/// <summary>Checks that a request is signed with the account's key, as Cosmos DB does.</summary>
internal sealed class CosmosSignature(string key, TimeProvider time)
{
    // The clock skew that Azure allows.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <exception cref="CosmosRefusal">401: the request is not signed with the key. 403: its date is not now.</exception>
    public void Check(CosmosRequest request)
    {
        var date = request.Headers("x-ms-date") ?? request.Headers("date") ?? "";
        var given = Signature(Uri.UnescapeDataString(request.Headers("authorization") ?? ""));
        if (given is null
            || !Payloads(request, date)
            .Any(payload => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(payload)), given)))
        {
            throw new CosmosRefusal(
                401, "The request is not signed with the key of this account. Use the connection string that the emulators print.");
        }

        if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var at) || (time.GetUtcNow() - at).Duration() > Tolerance)
        {
            throw new CosmosRefusal(403, "The authorization token is not valid at the current time.");
        }
    }

    // type=master&ver=1.0&sig=<base64>
    private static byte[]? Signature(string authorization)
    {
        const string Beginning = "type=master&ver=1.0&sig=";
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        return authorization.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(authorization[Beginning.Length..], signature, out var length) && length == signature.Length
            ? signature
            : null;
    }

    // Clients sign the path's resource: by its names, escaped or unescaped, or by the _rid at its end, in lower case.
    private static IEnumerable<string> Payloads(CosmosRequest request, string date)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isFeed = parts.Length % 2 == 1;
        var type = parts.Length == 0 ? "" : isFeed ? parts[^1] : parts[^2];
        var owner = isFeed ? parts[..^1] : parts;
        var link = string.Join('/', owner);
        string[] links =
            [link, Uri.UnescapeDataString(link), .. owner.TakeLast(1).Select(rid => Uri.UnescapeDataString(rid).ToLowerInvariant())];
        return links.Distinct(StringComparer.Ordinal).Select(signed =>
            $"{request.Method.ToLowerInvariant()}\n{type.ToLowerInvariant()}\n{signed}\n{date.ToLowerInvariant()}\n\n");
    }
}
