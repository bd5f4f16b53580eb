using Connections.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Connections.Http;

/// <summary>Fetches the issuer's discovery document and keys, and accepts them only from the configured issuer.</summary>
/// <remarks>
/// Another issuer's document counts as a failed fetch, and the documents fetched before stay in use. The library's own extension point, a
/// configuration validator, did not always keep such a document from being used. After a failed fetch the library would try again with
/// every call; here the failure is remembered for a while.
/// </remarks>
internal sealed partial class IssuerDocuments(IdentitySettings settings, TimeProvider time, ILogger log)
    : IConfigurationRetriever<OpenIdConnectConfiguration>, IDocumentRetriever
{
    // No call can succeed before the first document, so it is retried more often.
    private static readonly TimeSpan RetryFirst = TimeSpan.FromSeconds(1);

    private readonly HttpDocumentRetriever _documents = new();
    private readonly HttpDocumentRetriever _onThisMachine = new() { RequireHttps = false };
    private volatile string? _mismatch;
    private volatile bool _isKnown;
    private volatile Failure? _failure;

    /// <summary>Set when the last document belongs to another issuer; otherwise null.</summary>
    public string? Mismatch => _mismatch;

    /// <inheritdoc/>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        if (_failure is { } last && time.GetElapsedTime(last.At) < (_isKnown ? TokenValidator.KeyRefresh : RetryFirst))
        {
            throw new InvalidOperationException("The last attempt to fetch the issuer's documents failed.", last.Exception);
        }

        try
        {
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancel);
            _mismatch = found.Issuer == settings.Issuer
                ? null
                : $"The setting Identity__Issuer is {settings.Issuer}, but the discovery document at {address} is that of the issuer "
                    + $"{found.Issuer}: set it to the issuer exactly as the document has it.";
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
            // Until there is a document, the exception reaches the startup check and every call, so there is nothing to log here.
            if (_isKnown)
            {
                LogKept(e);
            }

            throw;
        }
    }

    /// <summary>Fetches a document over https, or over http if this and the discovery document are on this machine.</summary>
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        (settings.Metadata.IsLoopback && new Uri(address).IsLoopback ? _onThisMachine : _documents).GetDocumentAsync(address, cancel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer's keys could not be refreshed; the previous keys stay in use")]
    private partial void LogKept(Exception exception);

    private sealed record Failure(Exception Exception, long At);
}

/// <summary>Checks the issuer's discovery document once the host is running, and stops the host if it belongs to another issuer.</summary>
/// <remarks>
/// The host serves calls meanwhile, so that a cold start does not wait. No call is authenticated before there is a valid document. An
/// unreachable issuer does not stop the host: calls get 503 until it can be reached.
/// </remarks>
internal sealed partial class IssuerAtStart(TokenValidator tokens, ILogger<IssuerAtStart> log) : IHostedLifecycleService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="SettingException">The document belongs to another issuer.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tokens.CheckAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
        }
#pragma warning disable CA1031 // Any other failure to read the document may be temporary.
        catch (Exception e) when (e is not (SettingException or OperationCanceledException))
#pragma warning restore CA1031
        {
            LogUnknown(e);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The issuer's discovery document could not be read at startup; calls get 503 until it can")]
    private partial void LogUnknown(Exception exception);
}
