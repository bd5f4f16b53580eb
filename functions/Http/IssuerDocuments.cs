using Connections.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Connections.Http;

/// <summary>Fetches the issuer's discovery document and keys, and takes them only from the issuer that the settings name.</summary>
/// <remarks>
/// A document of another issuer is refused as if it could not be fetched, at every fetch: what was fetched before stays. (The library's own
/// place for such a check, a configuration validator, has not always kept it from being used.) After a fetch that failed, the library would
/// try again with every call; here the failure stands for a while.
/// </remarks>
internal sealed partial class IssuerDocuments(IdentitySettings settings, TimeProvider time, ILogger log) : IConfigurationRetriever<OpenIdConnectConfiguration>, IDocumentRetriever
{
    // Nobody is let in before the first document, so that one is asked for more often.
    private static readonly TimeSpan RetryFirst = TimeSpan.FromSeconds(1);

    private readonly HttpDocumentRetriever _documents = new();
    private readonly HttpDocumentRetriever _onThisMachine = new() { RequireHttps = false };
    private volatile string? _mismatch;
    private volatile bool _isKnown;
    private volatile Failure? _failure;

    /// <summary>Says that the document that was read last is another issuer's; null while it is not.</summary>
    public string? Mismatch => _mismatch;

    /// <inheritdoc/>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        if (_failure is { } last && time.GetElapsedTime(last.At) < (_isKnown ? TokenValidator.KeyRefresh : RetryFirst))
        {
            throw new InvalidOperationException("The issuer's documents could not be fetched a moment ago.", last.Exception);
        }

        try
        {
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancel);
            _mismatch = found.Issuer == settings.Issuer
                ? null
                : $"The setting Identity__Issuer is {settings.Issuer}, but the discovery document at {address} is that of the issuer {found.Issuer}: set it to the issuer exactly as the document has it.";
            if (_mismatch is { } mismatch)
            {
                throw new SettingException(mismatch);
            }

            (_failure, _isKnown) = (null, true);
            return found;
        }
        catch (Exception e)
        {
            _failure = new Failure(e, time.GetTimestamp());
            // Until a document was taken, whoever asks is told: the start, which fails, and each call.
            if (_isKnown)
            {
                LogKept(e);
            }

            throw;
        }
    }

    /// <summary>A document over https. Only where the discovery document is on this machine may it, and its keys here, come over http.</summary>
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        (settings.Metadata.IsLoopback && new Uri(address).IsLoopback ? _onThisMachine : _documents).GetDocumentAsync(address, cancel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer's keys were not fetched again; those that were fetched before are still used")]
    private partial void LogKept(Exception exception);

    private sealed record Failure(Exception Exception, long At);
}
