using System.Threading.Channels;

namespace Connections.Local.Web;

/// <summary>The web client of a host: built in the background once the host serves, if it has to be.</summary>
public sealed class WebClient(WebOptions options) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<WebState> _states = Channel.CreateUnbounded<WebState>();
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<WebState>? _building;
    private volatile WebState _state = new WebState.Building("Looking whether the web client is built");

    /// <summary>How far it is.</summary>
    public WebState State => _state;

    /// <summary>Each state from the start on; ends with the final one. For one reader.</summary>
    public ChannelReader<WebState> States => _states.Reader;

    /// <summary>Begins. Call it when the host listens.</summary>
    public void Start() => _building = Task.Run(() => RunAsync(_stop.Token));

    /// <summary>The final state, as soon as it is reached.</summary>
    /// <exception cref="OperationCanceledException">The host was stopped before.</exception>
    public Task<WebState> FinishedAsync() => _building ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>The state, but not before it is known whether anything has to be built; that takes some milliseconds.</summary>
    internal async Task<WebState> LookAsync(CancellationToken ct)
    {
        await _looked.Task.WaitAsync(ct);
        return _state;
    }

    /// <summary>Ends a build that runs, and all its processes.</summary>
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
            // A full disk, a file that is not ours to read: a person can put it right, and the API runs meanwhile.
            var failed = new WebState.Failed($"The web client could not be built: {e.Message} Put it right and start this host again.", []);
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
