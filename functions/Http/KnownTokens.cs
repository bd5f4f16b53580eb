using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Connections.Http;

/// <summary>Tokens whose signature and claims were found good, so that a caller's next call need not check them again.</summary>
/// <remarks>
/// Kept by their hash and never themselves. A token is known only together with the issuer's keys it was checked with: when these are fetched
/// again, every token is checked again. Its lifetime is looked at in every call.
/// </remarks>
public sealed class KnownTokens(TimeProvider time) : IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Whether a lifetime is now, as far as clocks may differ.</summary>
    public bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - TokenValidator.ClockSkew && (notBefore is null || notBefore < now + TokenValidator.ClockSkew);
    }

    /// <summary>Whom a token names; null when it must be checked.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keys">The issuer's keys as they were fetched last.</param>
    public Caller? Find(string token, object keys) =>
        _known.TryGetValue(Key(token), out Entry? entry) && ReferenceEquals(entry!.Keys, keys) && IsCurrent(entry.NotBefore, entry.Expires) ? entry.Caller : null;

    /// <summary>Notes a token that was checked with these keys.</summary>
    public void Add(string token, object keys, (DateTime NotBefore, DateTime Expires) lifetime, Caller caller) =>
        _known.Set(Key(token), new Entry(keys, lifetime.NotBefore, lifetime.Expires, caller), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused });

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private static string Key(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Entry(object Keys, DateTime NotBefore, DateTime Expires, Caller Caller);
}
