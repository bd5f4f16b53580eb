using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>What a code or a refresh token stands for.</summary>
/// <param name="SignIn">The sign-in that it comes from: a random name that its code and all of its refresh tokens share, and the ID token's <c>sid</c>.</param>
/// <param name="ClientId">The client that it was given to, and that alone can use it.</param>
/// <param name="Sub">The member.</param>
/// <param name="Email">The member's address, if known.</param>
/// <param name="Name">The member's name, if known.</param>
/// <param name="Scopes">What was granted.</param>
/// <param name="At">When the member signed in.</param>
internal sealed record Grant(string SignIn, string ClientId, string Sub, string? Email, string? Name, string[] Scopes, DateTimeOffset At)
{
    /// <summary>Set where this is a code.</summary>
    public CodeTerms? Code { get; init; }
}

/// <summary>What the redeemer of a code must show, and what it gets back.</summary>
/// <param name="RedirectUri">Where the code was sent.</param>
/// <param name="Challenge">The S256 challenge that the verifier must answer.</param>
/// <param name="Nonce">The client's nonce.</param>
internal sealed record CodeTerms(string RedirectUri, string Challenge, string? Nonce);

/// <summary>A code or refresh token that was good.</summary>
/// <param name="Grant">What it stood for.</param>
/// <param name="RefreshToken">What replaces it, with <c>offline_access</c>; null without.</param>
internal sealed record Redeemed(Grant Grant, string? RefreshToken);

/// <summary>The codes and refresh tokens that are out. Each is good once, and outlives a restart of the host.</summary>
/// <remarks>
/// One that comes a second time, or from somebody it was not given to, has been stolen or is being guessed: the whole sign-in ends
/// (RFC 9700, 4.14.2). Only hashes are kept. The file is opened with the first code: a start has no time for it.
/// </remarks>
internal sealed class Grants(string sqliteFile, TimeProvider time) : IDisposable
{
    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(60);

    /// <summary>How long a refresh token is good, from when it was given.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS identity_grants(
            hash TEXT PRIMARY KEY,
            sign_in TEXT NOT NULL,
            json TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS identity_grants_by_sign_in ON identity_grants(sign_in);
        """;

    private readonly Lazy<SqliteFile> _file = new(() => SqliteFile.Open(sqliteFile, Schema));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A new name for a sign-in.</summary>
    public static string NewSignIn() => Random();

    /// <summary>Gives out a code or a refresh token.</summary>
    public Task<string> IssueAsync(Grant grant, CancellationToken ct) => _file.Value.InTransactionAsync(session => Issue(session, grant), ct);

    /// <summary>Takes a code or a refresh token back, and gives out the refresh token that replaces it. Null when it is not good.</summary>
    /// <param name="secret">The code or the refresh token.</param>
    /// <param name="isTheirs">Whether the one who brings it is the one it was given to; if not, the sign-in ends.</param>
    /// <param name="ct">Gives up waiting for the file.</param>
    public Task<Redeemed?> RedeemAsync(string secret, Func<Grant, bool> isTheirs, CancellationToken ct) => _file.Value.InTransactionAsync(
        session =>
        {
            var hash = Hash(secret);
            var found = session.Rows(
                "SELECT json, expires_at, used FROM identity_grants WHERE hash = ?1",
                row => (Grant: JsonSerializer.Deserialize<Grant>(row.Text(0), Json.Options)!, ExpiresAt: row.Long(1), IsUsed: row.Long(2) > 0),
                hash);
            if (found is not [var (grant, expiresAt, isUsed)])
            {
                return null;
            }

            if (isUsed || !isTheirs(grant))
            {
                End(session, grant.SignIn);
                return null;
            }

            if (expiresAt <= Now)
            {
                return null;
            }

            session.Execute("UPDATE identity_grants SET used = 1 WHERE hash = ?1", hash);
            return new Redeemed(grant, grant.Scopes.Contains(Scope.OfflineAccess) ? Issue(session, grant with { Code = null }) : null);
        },
        ct);

    /// <summary>Ends a sign-in: none of its refresh tokens is good any more.</summary>
    public Task EndAsync(string signIn, CancellationToken ct) => _file.Value.InTransactionAsync(session => End(session, signIn), ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file.IsValueCreated)
        {
            _file.Value.Dispose();
        }
    }

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static int End(SqliteSession session, string signIn) => session.Execute("DELETE FROM identity_grants WHERE sign_in = ?1", signIn);

    private string Issue(SqliteSession session, Grant grant)
    {
        var secret = Random();
        var lifetime = grant.Code is null ? RefreshLifetime : CodeLifetime;
        session.Execute("DELETE FROM identity_grants WHERE expires_at <= ?1", Now);
        session.Execute(
            "INSERT INTO identity_grants(hash, sign_in, json, expires_at) VALUES(?1, ?2, ?3, ?4)",
            Hash(secret),
            grant.SignIn,
            JsonSerializer.Serialize(grant, Json.Options),
            Now + (long)lifetime.TotalMilliseconds);
        return secret;
    }
}
