using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Local.Cosmos;

/// <summary>Checks that a request is signed with the account's key, as Cosmos DB does.</summary>
internal sealed class CosmosSignature(string key, TimeProvider time)
{
    // As in Azure: how far the client's clock and ours may differ.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly byte[] key = Convert.FromBase64String(key);

    /// <summary>Lets a signed request through.</summary>
    /// <exception cref="CosmosRefusal">401: it is not signed, or with another key. 403: its date is not now.</exception>
    public void Check(CosmosRequest request)
    {
        var date = request.Headers("x-ms-date") ?? request.Headers("date") ?? "";
        var given = Signature(Uri.UnescapeDataString(request.Headers("authorization") ?? ""));
        if (given is null || !Payloads(request, date).Any(payload => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(payload)), given)))
        {
            throw new CosmosRefusal(401, "The request is not signed with the key of this account. Use the connection string that the emulators print.");
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
            && Convert.TryFromBase64String(authorization[Beginning.Length..], signature, out var length) && length == signature.Length ? signature : null;
    }

    // Clients sign the resource that the path names: by names, as it is or unescaped; by _rid, which is the last of them, in lower case.
    private static IEnumerable<string> Payloads(CosmosRequest request, string date)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isFeed = parts.Length % 2 == 1;
        var type = parts.Length == 0 ? "" : isFeed ? parts[^1] : parts[^2];
        var owner = isFeed ? parts[..^1] : parts;
        var link = string.Join('/', owner);
        string[] links = [link, Uri.UnescapeDataString(link), .. owner.TakeLast(1).Select(rid => Uri.UnescapeDataString(rid).ToLowerInvariant())];
        return links.Distinct(StringComparer.Ordinal).Select(signed =>
            $"{request.Method.ToLowerInvariant()}\n{type.ToLowerInvariant()}\n{signed}\n{date.ToLowerInvariant()}\n\n");
    }
}
