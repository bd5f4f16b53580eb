using Connections.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Http;

/// <summary>Looks at the issuer's discovery document once the host serves, and stops the start when it is another issuer's.</summary>
/// <remarks>
/// Calls are served meanwhile, so that a cold start waits for nothing; none is let in before the document was found right. An issuer that cannot
/// be reached stops nothing: calls get 503 until it can be.
/// </remarks>
internal sealed partial class IssuerAtStart(TokenValidator tokens, ILogger<IssuerAtStart> log) : IHostedLifecycleService
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);

    /// <exception cref="SettingException">The document is another issuer's.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tokens.CheckAsync(cancellationToken).WaitAsync(GiveUpAfter, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps the document from being read may pass.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The issuer's discovery document could not be read at the start; calls get 503 until it can be")]
    private partial void LogUnknown(Exception exception);
}
