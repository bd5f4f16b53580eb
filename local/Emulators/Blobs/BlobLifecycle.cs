using Microsoft.Extensions.Logging;

namespace Connections.Emulators.Blobs;

/// <summary>A rule of the storage account: blobs of a container that nobody has written for some time are deleted.</summary>
public sealed record LifecycleRule(string Container, TimeSpan DeleteAfter);

/// <summary>Applies the rules of the storage account, at the start and every hour. In Azure they run once a day.</summary>
public sealed partial class BlobLifecycle(
    LocalBlobs blobs, LocalBlobsOptions options, TimeProvider time, ILogger<BlobLifecycle> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Applies the rules now. Returns how many blobs were deleted.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        foreach (var rule in options.Rules)
        {
            count += await blobs.DeleteOlderAsync(rule.Container, rule.DeleteAfter, ct);
        }

        return count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The next run does it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(e);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old blobs could not be deleted; the next run deletes them")]
    private partial void LogFailed(Exception exception);
}
