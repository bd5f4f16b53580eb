namespace Connections.Local.Worker;

/// <summary>What nobody waits for: runs of functions that follow up changes, queues and clocks, and what these ask of the database.</summary>
/// <remarks>
/// Callers wait for their answers, and what follows from them has time. In Azure a batch of hundreds of changes has an instance of its own, or more;
/// here it would stand before every call, with as many requests at once as it is made to have there.
/// </remarks>
internal static class Aside
{
    // Half of the cores are the callers'.
    private static readonly int MostRequests = Math.Max(1, Environment.ProcessorCount / 2);
    private static readonly AsyncLocal<bool> Runs = new();

    /// <summary>Starts what nobody waits for.</summary>
    public static Task RunAsync(Func<Task> work) => Task.Run(() =>
    {
        Runs.Value = true;
        return work();
    });

    /// <summary>Stands before a database: lets in few requests at once of what runs aside, and all others.</summary>
    public static HttpMessageHandler Before(HttpMessageHandler database) => new Gate(database, MostRequests);

    /// <summary>Lets in so many requests at once of what runs aside, and all others.</summary>
    internal sealed class Gate(HttpMessageHandler inner, int most) : DelegatingHandler(inner)
    {
        private readonly SemaphoreSlim free = new(most, most);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!Runs.Value)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            await free.WaitAsync(cancellationToken);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                free.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
