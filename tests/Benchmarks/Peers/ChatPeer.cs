using System.Diagnostics;

namespace Connections.Benchmarks.Peers;

/// <summary>A chat server in a process of its own, with a socket for each member. The two of a pair are 2k and 2k + 1.</summary>
internal abstract class ChatPeer : IAsyncDisposable
{
    /// <summary>Its name in the table.</summary>
    public abstract string Name { get; }

    /// <summary>The id of the server's process.</summary>
    protected abstract int ProcessId { get; }

    /// <summary>The processor time that the server has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The working set of the server, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.WorkingSet64;
        }
    }

    /// <summary>Opens the members' sockets.</summary>
    /// <param name="members">How many.</param>
    /// <param name="received">Called with the member and the number of each message, of those that the member sent too.</param>
    public abstract Task OpenAsync(int members, Action<int, int> received);

    /// <summary>Sends a message to the other of the pair; it is stored once the task ends, or the message has arrived.</summary>
    public abstract Task SendAsync(int from, int number);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
