using System.Threading.Channels;

namespace Connections.Local.Web;

/// <summary>The web client of a host. If it must be built, that happens in the background once the host serves.</summary>
public sealed class WebClient(WebOptions options) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<WebState> _states = Channel.CreateUnbounded<WebState>();
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<WebState>? _building;
    private volatile WebState _state = new WebState.Building("Looking whether the web client is built");

    /// <summary>The current state.</summary>
    public WebState State => _state;

    /// <summary>All states, up to the final one. For one reader.</summary>
    public ChannelReader<WebState> States => _states.Reader;

    /// <summary>Starts. Call it when the host listens.</summary>
    public void Start() => _building = Task.Run(() => RunAsync(_stop.Token));

    /// <summary>Waits for the final state.</summary>
    /// <exception cref="OperationCanceledException">The host was stopped first.</exception>
    public Task<WebState> FinishedAsync() => _building ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>The current state, once it is known whether a build is needed. That takes some milliseconds.</summary>
    internal async Task<WebState> LookAsync(CancellationToken ct)
    {
        await _looked.Task.WaitAsync(ct);
        return _state;
    }

    /// <summary>Ends a running build and its processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_building is not null)
        {
            await ((Task)_building).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task<WebState> RunAsync(CancellationToken ct)
    {
        try
        {
            var state = await new WebBuild(options).RunAsync(Report, ct);
            Report(state);
            return state;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A full disk or missing rights: the developer can correct them, and the API runs meanwhile.
            var failed = new WebState.Failed($"The web client could not be built: {e.Message} Correct this and start this host again.", []);
            Report(failed);
            return failed;
        }
        finally
        {
            _looked.TrySetResult();
            _states.Writer.TryComplete();
        }
    }

    private void Report(WebState state)
    {
        _state = state;
        _states.Writer.TryWrite(state);
        _looked.TrySetResult();
    }
}

/// <summary>The state of a host's web client.</summary>
public abstract record WebState
{
    private WebState()
    {
    }

    /// <summary>The client is being built; <paramref name="Step"/> describes the current step.</summary>
    public sealed record Building(string Step) : WebState;

    /// <summary>The client is served.</summary>
    /// <param name="Files">The build.</param>
    /// <param name="Duration">How long the build took; null if the last build is up to date.</param>
    public sealed record Ready(WebFiles Files, TimeSpan? Duration) : WebState;

    /// <summary>The client cannot be built.</summary>
    /// <param name="Why">What happened and what to do.</param>
    /// <param name="Output">The last lines of the build's output; may be empty.</param>
    public sealed record Failed(string Why, IReadOnlyList<string> Output) : WebState;

    /// <summary>Node or npm is missing; <paramref name="Found"/> says what was found.</summary>
    public sealed record NoNode(string Found) : WebState;
}

/// <summary>The web client that a host serves.</summary>
/// <param name="Repository">The repository with the client's sources and the contract.</param>
public sealed record WebOptions(string Repository)
{
    /// <summary>The folders to search for Node and npm, in the form of <c>PATH</c>.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    internal string Folder => Path.Combine(Repository, "web");

    /// <summary>The source of the client's types.</summary>
    internal string Contract => Path.Combine(Repository, "functions", "openapi.yaml");

    internal string Output => Path.Combine(Folder, "dist");

    /// <summary>The folder for builds in progress, on the same disk as <see cref="Output"/> so that a build can be moved.</summary>
    internal string BuildFolder => Path.Combine(Folder, ".build");
}
