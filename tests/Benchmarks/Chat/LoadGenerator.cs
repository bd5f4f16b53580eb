using System.Diagnostics;
using Connections.Tests;

namespace Connections.Benchmarks.Chat;

/// <summary>Sends numbered messages at a constant rate without waiting for answers, and records when each arrives.</summary>
internal sealed class LoadGenerator(int messages)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly long[] _sent = new long[messages];
    private readonly bool[] _arrived = new bool[messages];
    private int _count;

    /// <summary>The times from the start of the sending call to the arrival.</summary>
    public Latencies Latencies { get; } = new();

    /// <summary>The number of messages that have not arrived.</summary>
    public int Lost => _sent.Length - Volatile.Read(ref _count);

    /// <summary>Records the arrival of a message at its receiver. Only the first arrival counts.</summary>
    public void Arrived(int number)
    {
        if (number < _sent.Length && !_arrived[number])
        {
            _arrived[number] = true;
            Latencies.Add(Stopwatch.GetElapsedTime(_sent[number]));
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Sends all messages at a rate and waits for their arrival.</summary>
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
        await Calls.EventuallyAsync(() => Task.FromResult(Lost), lost => lost == 0, MaxWait);
    }
}
