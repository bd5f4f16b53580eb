using Connections.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Http;

/// <summary>Checks bearer tokens: issuer, audience, signature by the issuer's published keys, and lifetime.</summary>
/// <remarks>
/// Only asymmetric signatures are accepted, so that no published key can be used as a shared secret. A token signed with a
/// key that is not known makes the keys be fetched again, at most every <see cref="KeyRefresh"/>: issuers roll their keys. Tokens of a key
/// that was withdrawn are refused once the keys were fetched without it, which is within <see cref="KeyLifetime"/>. While the keys cannot be
/// fetched, those that were fetched last stay.
/// </remarks>
public sealed partial class TokenValidator : IDisposable
{
    /// <summary>How far our clock and the issuer's may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The least time between two fetches of the issuer's keys that forged tokens can cause.</summary>
    public static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(30);

    /// <summary>How long keys are used before they are fetched again with the next call. The library adds up to a twentieth to it.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly IssuerDocuments _documents;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _issuer;
    private readonly TokenValidationParameters _rules;
    private readonly KnownTokens _known;
    private readonly string _idClaim;
    private readonly ILogger _log;

    /// <summary>Fetches nothing yet: the issuer's keys are read with the first token.</summary>
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
            // The library would try keys that were withdrawn for an hour more. This is not what keeps calls going while the issuer is away.
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

    /// <summary>Whether the issuer's keys are known or can be fetched, and the issuer is the one that the settings name.</summary>
    /// <exception cref="SettingException">The document that was fetched last is another issuer's.</exception>
    /// <exception cref="Exception">They cannot be fetched.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            await _issuer.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException) when (_documents.Mismatch is not null)
        {
            // Said below.
        }

        if (_documents.Mismatch is { } mismatch)
        {
            throw new SettingException(mismatch);
        }
    }

    /// <summary>The caller that an <c>Authorization</c> header names, or the problem with it: 503 until the issuer's keys have been fetched once.</summary>
    /// <param name="authorization">The header.</param>
    /// <param name="ct">Cancels the call.</param>
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
            // Kept by the library: only the first call waits for it.
            keys = await _issuer.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException e)
        {
            // Without the keys no token can be told from a forged one: neither is let in, and neither is called forged.
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

        // The library may have fetched the keys anew for this token: it is known only with those that it was checked with.
        if (keys.SigningKeys.Contains(token.SigningKey))
        {
            _known.Add(text, keys, (token.ValidFrom, token.ValidTo), caller);
        }

        return caller;
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer's keys cannot be fetched, so no call can be let in")]
    private partial void LogNoKeys(Exception exception);
}
