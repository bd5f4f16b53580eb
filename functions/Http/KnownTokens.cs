using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Connections.Http;

/// <summary>A cache of validated tokens, so that the caller's next call does not validate the signature and claims again.</summary>
/// <remarks>
/// It stores the hash of a token, never the token. An entry is valid only with the issuer keys that validated the token: after the keys are
/// fetched again, every token is validated again. The lifetime is checked in every call.
/// </remarks>
public sealed class KnownTokens(TimeProvider time) : IDisposable
{
    private const int MaxTokens = 10_000;
    private static readonly TimeSpan KeepUnusedFor = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    /// <summary>Whether a token is within its lifetime, with an allowance for clock skew.</summary>
    public bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - TokenValidator.ClockSkew && (notBefore is null || notBefore < now + TokenValidator.ClockSkew);
    }

    /// <summary>The caller that a token names; null if the token must be validated.</summary>
    public Caller? Find(string token, object keys) =>
        _known.TryGetValue(Key(token), out Entry? entry) && ReferenceEquals(entry!.Keys, keys) && IsCurrent(entry.NotBefore, entry.Expires)
            ? entry.Caller
            : null;

    /// <summary>Adds a token that these keys validated.</summary>
    public void Add(string token, object keys, (DateTime NotBefore, DateTime Expires) lifetime, Caller caller) =>
        _known.Set(
            Key(token),
            new Entry(keys, lifetime.NotBefore, lifetime.Expires, caller),
            new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KeepUnusedFor });

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private static string Key(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Entry(object Keys, DateTime NotBefore, DateTime Expires, Caller Caller);
}
