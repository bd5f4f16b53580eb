using System.Text.Json.Nodes;
using Connections.Local.WebPubSub;

namespace Connections.Tests.Faults.Chat;

/// <summary>What a reading client shows, a message a line.</summary>
internal sealed record Shown(long Seq, string From, string ClientId, string Text);

/// <summary>A member's open client, which reads one conversation as the product tells clients to: in the order of <c>seq</c>, and a gap means fetch.</summary>
internal sealed class ChatReader(HttpClient member, string memberId, string connectionId, LocalWebPubSub service, Tally tally, Random chance)
{
    private readonly List<Shown> _shown = [];
    private Uri? _recovery;
    private bool _drops;

    /// <summary>How likely a message of the other side is followed by the loss of the socket.</summary>
    public double DropRate { get; init; }

    /// <summary>What it shows, the first first.</summary>
    public IReadOnlyList<Shown> ShownNow
    {
        get
        {
            lock (_shown)
            {
                return [.. _shown];
            }
        }
    }

    private long Last
    {
        get
        {
            lock (_shown)
            {
                return _shown is [.., var last] ? last.Seq : 0;
            }
        }
    }

    /// <summary>Reads until it is told to stop, connecting again whenever the socket is lost.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var socket = await ConnectAsync(stop);
                while (socket is not null && await socket.ReceiveAsync(data => TakeAsync(data, socket), stop))
                {
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<ReliableSocket?> ConnectAsync(CancellationToken stop)
    {
        _drops = false;
        if (_recovery is { } recovery && await ReliableSocket.OpenAsync(recovery, stop) is { } recovered)
        {
            tally.Count("connections recovered");
            return recovered;
        }

        _recovery = null;
        var access = await member.SendAsync("/api/realtime/access");
        var socket = await ReliableSocket.OpenAsync(new Uri(access["url"].ToString()), stop);
        _recovery = socket?.Recovery;
        if (socket is not null)
        {
            // Nothing says what went by before.
            tally.Count("connections opened");
            await FetchAsync();
        }

        return socket;
    }

    private async Task TakeAsync(JsonNode data, ReliableSocket socket)
    {
        if (data["type"]!.ToString() != "message.created" || data["message"]!["connectionId"]!.ToString() != connectionId)
        {
            return;
        }

        var message = Of(data["message"]!);
        if (message.Seq > Last + 1)
        {
            tally.Count("gaps filled");
            await FetchAsync();
        }
        else
        {
            Show(message);
        }

        if (message.From != memberId && !_drops && chance.NextDouble() < DropRate)
        {
            Lose(socket);
        }
    }

    /// <summary>Loses the socket: as a bad network does, as a closed laptop does, as the service's end does.</summary>
    private void Lose(ReliableSocket socket)
    {
        _drops = true;
        tally.Count("sockets dropped");
        switch (chance.Next(3))
        {
            case 0:
                socket.Drop();
                break;
            case 1:
                _recovery = null;
                socket.Drop();
                break;
            default:
                service.DropSockets(new MemberId(memberId));
                break;
        }
    }

    private async Task FetchAsync()
    {
        for (string? path = $"/api/connections/{connectionId}/messages?after={Last}&limit=100"; path is not null;)
        {
            var page = await member.ReadAsync(path);
            foreach (var message in page["value"].AsArray())
            {
                Show(Of(message!));
            }

            path = page.Body!["nextLink"]?.ToString();
        }
    }

    /// <summary>Shows the next message; one that is shown already is the same one again.</summary>
    private void Show(Shown message)
    {
        lock (_shown)
        {
            if (message.Seq == Last + 1)
            {
                _shown.Add(message);
            }
            else if (message.Seq > Last || _shown[(int)message.Seq - 1] != message)
            {
                tally.Found(Wrong.Untrue, $"{memberId} got {message} after {Last}");
            }
        }
    }

    private static Shown Of(JsonNode message) =>
        new((long)message["seq"]!, message["from"]!.ToString(), message["clientId"]!.ToString(), message["text"]!.ToString());
}
