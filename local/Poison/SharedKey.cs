using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Local.Poison;

/// <summary>Signs requests to a storage service with the account's key.</summary>
internal sealed class SharedKey(string accountName, byte[] key)
{
    /// <summary>The signature of a request whose content and other headers are complete.</summary>
    public AuthenticationHeaderValue Sign(HttpRequestMessage request)
    {
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(StringToSign(request)));
        return new AuthenticationHeaderValue("SharedKey", $"{accountName}:{Convert.ToBase64String(signature)}");
    }

    // Every header that is not set is an empty line; x-ms-date stands for Date.
    private string StringToSign(HttpRequestMessage request)
    {
        var length = request.Content?.Headers.ContentLength is > 0 and long bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var type = request.Content?.Headers.ContentType?.ToString() ?? "";
        var headers = request.Headers
            .Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToLowerInvariant()}:{string.Join(',', header.Value)}\n").Order(StringComparer.Ordinal);
        var query = QueryHelpers.ParseQuery(request.RequestUri!.Query)
            .Select(parameter => $"\n{parameter.Key.ToLowerInvariant()}:{parameter.Value}").Order(StringComparer.Ordinal);
        return $"{request.Method}\n\n\n{length}\n\n{type}\n\n\n\n\n\n\n{string.Concat(headers)}/{accountName}{request.RequestUri.AbsolutePath}{string.Concat(query)}";
    }
}
