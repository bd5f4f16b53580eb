using Connections.Benchmarks.Chat;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Peers;

/// <summary>What one round at one rate showed.</summary>
/// <param name="PerMessage">The server's processor time a message, in milliseconds.</param>
internal sealed record PeerRound(double PerMessage, Latencies Latencies, int Lost)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Ms(PerMessage)} a message, {Latencies}, {Lost} lost";
}

/// <summary>Sends to one server at a rate.</summary>
internal sealed class PeerRun(ChatPeer peer)
{
    private LoadGenerator _load = new(0);
    private int _members;

    /// <summary>The server.</summary>
    public ChatPeer Peer => peer;

    /// <summary>Opens the members' sockets.</summary>
    public Task OpenAsync(int members)
    {
        _members = members;
        return peer.OpenAsync(members, (member, number) =>
        {
            // A sender's own socket tells of the message too, or not.
            if ((SenderOf(number) ^ 1) == member)
            {
                Volatile.Read(ref _load).Arrived(number);
            }
        });
    }

    /// <summary>Sends for a time, and waits until all have arrived.</summary>
    public async Task<PeerRound> SendAsync(int perSecond, TimeSpan time)
    {
        var load = new LoadGenerator((int)(perSecond * time.TotalSeconds));
        Volatile.Write(ref _load, load);
        (peer as ProductPeer)?.BeginRun();
        var before = peer.ProcessorTime;
        await load.RunAsync(perSecond, number => peer.SendAsync(SenderOf(number), number));
        var used = peer.ProcessorTime - before;
        return new PeerRound(used.TotalMilliseconds / (perSecond * time.TotalSeconds), load.Latencies, load.Lost);
    }

    // All first members of the pairs send, then all second members.
    private int SenderOf(int number) => (2 * (number % (_members / 2))) + (number / (_members / 2) % 2);
}
