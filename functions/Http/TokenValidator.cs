using Connections.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Http;

/// <summary>Which tokens to accept, from the settings <c>Identity__Issuer</c>, <c>Identity__Audience</c> and so on.</summary>
/// <param name="Issuer">The issuer, exactly as in the tokens' <c>iss</c>. OpenID discovery below it finds its keys.</param>
/// <param name="Audience">The <c>aud</c> that tokens must have.</param>
/// <param name="Metadata">The discovery document; <c>{Issuer}/.well-known/openid-configuration</c> unless set.</param>
/// <param name="IdClaim">The claim with the member's id: <c>oid</c> unless set. <c>sub</c> is used if a token has no such claim.</param>
public sealed record IdentitySettings(string Issuer, string Audience, Uri Metadata, string IdClaim)
{
    /// <summary>
    /// Where clients find the discovery document. A loopback address is only this machine's own, so they get the one below the issuer.
    /// </summary>
    public Uri Discovery => Metadata.IsLoopback ? new Uri(BelowIssuer(Issuer)) : Metadata;

    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static IdentitySettings Read(IConfiguration configuration)
    {
        var issuer = configuration.Required("Identity:Issuer", "the issuer's https URL");
        return new IdentitySettings(
            issuer,
            configuration.Required("Identity:Audience", "the audience that tokens are issued for"),
            configuration.Url("Identity:Metadata", "the URL of the issuer's OpenID discovery document", BelowIssuer(issuer)),
            configuration["Identity:IdClaim"] is { Length: > 0 } claim ? claim : "oid");
    }

    private static string BelowIssuer(string issuer) => issuer.TrimEnd('/') + "/.well-known/openid-configuration";
}

/// <summary>Validates bearer tokens: issuer, audience, lifetime, and signature by the issuer's published keys.</summary>
/// <remarks>
/// It accepts only asymmetric signatures, so that nobody can use a published key as a shared secret. A token with an unknown key triggers a
/// new fetch of the keys, at most every <see cref="KeyRefresh"/>, because issuers rotate keys. A withdrawn key is refused after the next
/// fetch, which comes within <see cref="KeyLifetime"/>. If the keys cannot be fetched, the last ones stay in use.
/// </remarks>
public sealed partial class TokenValidator : IDisposable
{
    /// <summary>The allowed difference between our clock and the issuer's.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The shortest time between two fetches of the issuer's keys. It bounds how many fetches forged tokens can cause.</summary>
    public static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(30);

    /// <summary>How long keys are used before the next call fetches them again. The library adds up to a twentieth.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly IssuerDocuments _documents;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _issuer;
    private readonly TokenValidationParameters _rules;
    private readonly KnownTokens _known;
    private readonly string _idClaim;
    private readonly ILogger _log;

    /// <summary>Fetches nothing: the first token triggers the fetch of the issuer's keys.</summary>
    public TokenValidator(IdentitySettings settings, TimeProvider time, ILogger<TokenValidator> log)
    {
        _log = log;
        _known = new KnownTokens(time);
        _idClaim = settings.IdClaim;
        _documents = new IssuerDocuments(settings, time, log);
        _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(settings.Metadata.AbsoluteUri, _documents, _documents)
        {
            AutomaticRefreshInterval = KeyLifetime,
            RefreshInterval = KeyRefresh,
            // With it the library would accept withdrawn keys for another hour. Calls survive an outage of the issuer without it.
            UseLastKnownGoodConfiguration = false,
        };
        _rules = new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.Audience,
            ConfigurationManager = _issuer,
            ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (notBefore, expires, _, _) => _known.IsCurrent(notBefore, expires),
        };
    }

    /// <summary>Completes if the issuer's keys are known or can be fetched, and the issuer is the configured one.</summary>
    /// <exception cref="SettingException">The last document belongs to another issuer.</exception>
    /// <exception cref="Exception">The keys cannot be fetched.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            await _issuer.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException) when (_documents.Mismatch is not null)
        {
            // Thrown below.
        }

        if (_documents.Mismatch is { } mismatch)
        {
            throw new SettingException(mismatch);
        }
    }

    /// <summary>The caller of an <c>Authorization</c> header, or the error: 503 until the first fetch of the issuer's keys.</summary>
    public async Task<Result<Caller>> ValidateAsync(string? authorization, CancellationToken ct)
    {
        const string Scheme = "Bearer ";
        if (string.IsNullOrEmpty(authorization))
        {
            return new Unauthenticated("Send a token: Authorization: Bearer <JWT>.", TokenGiven: false);
        }

        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new Unauthenticated("The Authorization header must be Bearer and a JWT.", TokenGiven: false);
        }

        OpenIdConnectConfiguration keys;
        try
        {
            // The library caches it: only the first call waits.
            keys = await _issuer.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException e)
        {
            // Without keys no token can be validated, so this is an outage and not a bad token.
            LogNoKeys(e);
            return new Unavailable();
        }

        var text = authorization[Scheme.Length..].Trim();
        if (_known.Find(text, keys) is { } known)
        {
            return known;
        }

        var result = await _handler.ValidateTokenAsync(text, _rules);
        if (!result.IsValid)
        {
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                _issuer.RequestRefresh();
            }

            return new Unauthenticated(
                result.Exception is SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException
                    ? "The token has expired. Sign in again."
                    : "The token is not valid here. Sign in again.",
                TokenGiven: true);
        }

        var token = (JsonWebToken)result.SecurityToken;
        if (TokenClaims.CallerOf(token, _idClaim) is not { } caller)
        {
            return new Unauthenticated($"The token names no member: its oid or sub must be {MemberId.Form}.", TokenGiven: true);
        }

        // The library may have fetched new keys for this token; cache it only with the keys that validated it.
        if (keys.SigningKeys.Contains(token.SigningKey))
        {
            _known.Add(text, keys, (token.ValidFrom, token.ValidTo), caller);
        }

        return caller;
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer's keys cannot be fetched, so no call can be authenticated")]
    private partial void LogNoKeys(Exception exception);
}
