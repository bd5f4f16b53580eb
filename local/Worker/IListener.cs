namespace Connections.Local.Worker;

/// <summary>Watches for what makes one function run.</summary>
internal interface IListener : IDisposable
{
    /// <summary>Starts; completes when the function is being watched for.</summary>
    /// <param name="abandon">Cancelled when the host cannot wait for running functions any longer.</param>
    /// <param name="ct">Gives up starting.</param>
    Task StartAsync(CancellationToken abandon, CancellationToken ct);

    /// <summary>Takes no more work; completes when the work at hand is done.</summary>
    Task StopAsync();
}
