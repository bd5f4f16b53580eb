using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Connections.Notices;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Local.Mail;

/// <summary>Checks that a request is signed with an access key, as Communication Services does (HMAC-SHA256).</summary>
/// <param name="key">The access key, base64.</param>
/// <param name="time">The clock that the requests' dates are held against.</param>
internal sealed class EmailSignature(string key, TimeProvider time)
{
    private const string Beginning = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <summary>Whether the request and its body are what was signed, with this key, now.</summary>
    public bool Check(HttpRequest request, byte[] body)
    {
        var headers = request.Headers;
        var date = headers["x-ms-date"].ToString();
        var hash = headers["x-ms-content-sha256"].ToString();
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var signed = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{request.Method}\n{target}\n{date};{request.Host};{hash}"));
        return Equal(headers.Authorization.ToString(), Beginning + Convert.ToBase64String(signed))
            && Equal(hash, Convert.ToBase64String(SHA256.HashData(body)))
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var at)
            && (time.GetUtcNow() - at).Duration() <= Tolerance;
    }

    private static bool Equal(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
