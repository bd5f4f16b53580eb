using System.Diagnostics;
using Connections.Tests;

namespace Connections.Benchmarks.Chat;

/// <summary>Sends numbered messages at a steady rate, whether or not the ones before were answered, and notes when each arrives.</summary>
internal sealed class Talk(int messages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly long[] _sent = new long[messages];
    private readonly bool[] _arrived = new bool[messages];
    private int _count;

    /// <summary>From the start of the call that sends a message to its arrival.</summary>
    public Latencies Latencies { get; } = new();

    /// <summary>How many have not arrived.</summary>
    public int Lost => _sent.Length - Volatile.Read(ref _count);

    /// <summary>Notes that a message arrived where it was sent to; only its first arrival counts.</summary>
    public void Arrived(int number)
    {
        if (number < _sent.Length && !_arrived[number])
        {
            _arrived[number] = true;
            Latencies.Add(Stopwatch.GetElapsedTime(_sent[number]));
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Sends all, so many a second, and waits for them to arrive.</summary>
    public async Task RunAsync(int perSecond, Func<int, Task> send)
    {
        var clock = Stopwatch.StartNew();
        var sends = new List<Task>(_sent.Length);
        while (sends.Count < _sent.Length)
        {
            var due = Math.Min(_sent.Length, (int)(clock.Elapsed.TotalSeconds * perSecond) + 1);
            while (sends.Count < due)
            {
                _sent[sends.Count] = Stopwatch.GetTimestamp();
                sends.Add(send(sends.Count));
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(sends);
        await Calls.EventuallyAsync(() => Task.FromResult(Lost), lost => lost == 0, Patience);
    }
}
