using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Emulators.Blobs;

/// <summary>Checks that a request is signed with the account's key (<c>Authorization: SharedKey</c>), as the blob service does.</summary>
/// <param name="account">The account.</param>
/// <param name="time">The clock of the clients, which write the date of now into each request.</param>
internal sealed class SharedKey(BlobAccount account, TimeProvider time)
{
    // The clock skew that Azure allows.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private static readonly string[] SignedHeaders =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match",
        "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    /// <exception cref="BlobRefusal">403: the request is not signed with the key, or its date is not now.</exception>
    public void Check(BlobRequest request)
    {
        var expected = $"SharedKey {account.Name}:{account.Sign(StringToSign(request))}";
        if (!CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers("Authorization") ?? "")))
        {
            throw BlobRefusal.NotSigned("The signature is not this account's.");
        }

        if (!DateTimeOffset.TryParseExact(
                request.Headers("x-ms-date") ?? request.Headers("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            || (time.GetUtcNow() - at).Duration() > Tolerance)
        {
            throw BlobRefusal.NotSigned("Its date is not now.");
        }
    }

    private string StringToSign(BlobRequest request)
    {
        var text = new StringBuilder(request.Method).Append('\n');
        foreach (var name in SignedHeaders)
        {
            var value = request.Headers(name) ?? "";
            var isLeftOut = (name == "Content-Length" && value == "0") || (name == "Date" && request.Headers("x-ms-date") is not null);
            text.Append(isLeftOut ? "" : value).Append('\n');
        }

        foreach (var name in request.HeaderNames.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(request.Headers(name)).Append('\n');
        }

        text.Append('/').Append(account.Name).Append(request.Url.AbsolutePath);
        foreach (var (name, value) in request.Query.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }

        return text.ToString();
    }
}

/// <summary>A storage account.</summary>
/// <param name="Name">Its name, which is the beginning of the path of its addresses: <c>/name/container/blob</c>.</param>
/// <param name="Key">Its key.</param>
public sealed record BlobAccount(string Name, byte[] Key)
{
    /// <summary>The account of every storage emulator. Its key is public, so serve it on a loopback address only.</summary>
    public static BlobAccount WellKnown { get; } = new(
        "devstoreaccount1",
        Convert.FromBase64String("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="));

    internal string Sign(string text) => Sign(Key, text);

    internal static string Sign(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => Name;
}
