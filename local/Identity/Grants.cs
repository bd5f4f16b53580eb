using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Connections.Emulators.Storage;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>What a code or a refresh token grants.</summary>
/// <param name="SignIn">The random id of the sign-in, which its code and all its refresh tokens share; the ID token's <c>sid</c>.</param>
/// <param name="ClientId">The only client that can use it.</param>
/// <param name="Scopes">The granted scopes.</param>
/// <param name="At">When the member signed in.</param>
internal sealed record Grant(string SignIn, string ClientId, string Sub, string? Email, string? Name, string[] Scopes, DateTimeOffset At)
{
    /// <summary>Set if this is a code.</summary>
    public CodeTerms? Code { get; init; }
}

/// <summary>The conditions for redeeming a code, and the client's nonce.</summary>
internal sealed record CodeTerms(string RedirectUri, string Challenge, string? Nonce);

/// <summary>The grant of a redeemed code or refresh token, and the next refresh token; null without <c>offline_access</c>.</summary>
internal sealed record Redeemed(Grant Grant, string? RefreshToken);

/// <summary>The issued codes and refresh tokens. Each is valid once, also across a restart of the host.</summary>
/// <remarks>
/// A second use, or a use by another client, means that the secret was stolen or guessed, so it ends the whole sign-in (RFC 9700, 4.14.2).
/// Only hashes are stored.
/// </remarks>
internal sealed class Grants
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(60);

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

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;

    public Grants(SqliteFile file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        file.Script(Schema);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public static string NewSignIn() => Random();

    /// <summary>Issues a code or a refresh token.</summary>
    public Task<string> IssueAsync(Grant grant, CancellationToken ct) => _file.WriteAsync(session => Issue(session, grant), ct);

    /// <summary>Redeems a code or a refresh token, and issues the next refresh token. Null if it is not valid.</summary>
    /// <param name="secret">The code or the refresh token.</param>
    /// <param name="isTheirs">Whether the caller is the client it was issued to; if not, the sign-in ends.</param>
    /// <param name="ct">Cancels the wait for the file.</param>
    public Task<Redeemed?> RedeemAsync(string secret, Func<Grant, bool> isTheirs, CancellationToken ct) => _file.WriteAsync(
        session =>
        {
            var hash = Hash(secret);
            var found = session.Rows(
                "SELECT json, expires_at, used FROM identity_grants WHERE hash = ?1",
                row =>
                    (Grant: JsonSerializer.Deserialize<Grant>(row.Text(0), Json.Options)!, ExpiresAt: row.Number(1), IsUsed: row.Number(2)
                        > 0),
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

    /// <summary>Ends a sign-in: its code and refresh tokens are no longer valid.</summary>
    public Task EndAsync(string signIn, CancellationToken ct) => _file.WriteAsync(session => End(session, signIn), ct);

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static int End(SqliteSession session, string signIn) =>
        session.Execute("DELETE FROM identity_grants WHERE sign_in = ?1", signIn);

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
