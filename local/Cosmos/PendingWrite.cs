namespace Connections.Local.Cosmos;

/// <summary>A write that waits for its turn. Its own failure undoes it alone.</summary>
internal abstract class PendingWrite
{
    private int taken;

    /// <summary>Takes it to be run; false when it was withdrawn.</summary>
    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    /// <summary>Gives up waiting; false when it was taken before.</summary>
    public bool TryWithdraw() => TryTake();

    /// <summary>Does it in a transaction of its own.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Does it within a transaction that holds others.</summary>
    public abstract void RunAmongOthers(SqliteSession session);

    /// <summary>The transaction was committed: the caller gets the answer, or what the write threw.</summary>
    public abstract void Answer();

    /// <summary>The transaction was not.</summary>
    public abstract void Fail(Exception cause);
}

/// <inheritdoc cref="PendingWrite"/>
internal sealed class PendingWrite<T>(Func<SqliteSession, T> write) : PendingWrite
{
    // The next write need not wait for what the caller of this one does.
    private readonly TaskCompletionSource<T> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? refusal;

    /// <summary>What the write answers, once it is committed.</summary>
    public Task<T> Result => answered.Task;

    public override void Run(SqliteSession session) => result = write(session);

    public override void RunAmongOthers(SqliteSession session)
    {
        session.Execute("SAVEPOINT one");
        try
        {
            Run(session);
        }
#pragma warning disable CA1031 // It is the caller's own answer, unless the others' transaction has ended with it.
        catch (Exception e) when (session.IsInTransaction)
#pragma warning restore CA1031
        {
            refusal = e;
            session.Execute("ROLLBACK TO one");
        }

        session.Execute("RELEASE one");
    }

    public override void Answer()
    {
        if (refusal is null)
        {
            answered.SetResult(result!);
        }
        else
        {
            answered.SetException(refusal);
        }
    }

    public override void Fail(Exception cause) => answered.SetException(cause);
}
