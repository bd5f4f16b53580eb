namespace Connections.Emulators.Storage;

/// <summary>A write that waits for a transaction, which it may share with others.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Runs it in the open transaction. If it throws, what it wrote is taken back, and what others wrote stays.</summary>
    /// <exception cref="StorageOutage">The file cannot be read or written, so the whole transaction is lost.</exception>
    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller what <see cref="Run"/> returned or threw. Call it after the commit.</summary>
    public abstract void Answer();

    /// <summary>Tells the caller that nothing was committed.</summary>
    public abstract void Fail(Exception cause);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> write, CancellationToken ct) : QueuedWrite
{
    // The thread that answers has other writes to answer too, so it must not run what the caller does next.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _error;

    /// <summary>Ends after the commit.</summary>
    public Task<T> Task => _answer.Task;

    /// <inheritdoc/>
    public override void Run(SqliteSession session)
    {
        session.Execute("SAVEPOINT write");
        try
        {
            ct.ThrowIfCancellationRequested();
            _result = write(session);
        }
        catch (Exception e) when (e is not StorageOutage)
        {
            _error = e;
            session.Execute("ROLLBACK TO write");
        }

        session.Execute("RELEASE write");
    }

    /// <inheritdoc/>
    public override void Answer()
    {
        if (_error is null)
        {
            _answer.SetResult(_result);
        }
        else
        {
            Fail(_error);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception cause) => _answer.SetException(cause);
}
