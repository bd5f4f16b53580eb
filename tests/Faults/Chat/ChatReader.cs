using System.Text.Json.Nodes;
using Connections.Emulators.WebPubSub;

namespace Connections.Tests.Faults.Chat;

/// <summary>A message as a reading client shows it.</summary>
internal sealed record Shown(long Seq, string From, string ClientId, string Text);

/// <summary>A member's open client. It reads one conversation as the product requires: in the order of
/// <c>seq</c>, fetching to fill a gap.</summary>
internal sealed class ChatReader(
    HttpClient member, string memberId, string connectionId, LocalWebPubSub service, SoakReport report, Random random)
{
    private readonly List<Shown> _shown = [];
    private Uri? _recovery;
    private bool _drops;

    /// <summary>The probability that the socket is lost after a message of the other side.</summary>
    public double DropRate { get; init; }

    /// <summary>The messages that it shows, oldest first.</summary>
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

    /// <summary>Reads until <paramref name="stop"/>, and reconnects whenever the socket is lost.</summary>
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
            report.Count("connections recovered");
            return recovered;
        }

        _recovery = null;
        var access = await member.SendAsync("/api/realtime/access");
        var socket = await ReliableSocket.OpenAsync(new Uri(access["url"].ToString()), stop);
        _recovery = socket?.Recovery;
        if (socket is not null)
        {
            // A new connection does not bring earlier events.
            report.Count("connections opened");
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
            report.Count("gaps filled");
            await FetchAsync();
        }
        else
        {
            Show(message);
        }

        if (message.From != memberId && !_drops && random.NextDouble() < DropRate)
        {
            Lose(socket);
        }
    }

    /// <summary>Loses the socket as a bad network does, as a closed laptop does, or as a stopping service does.</summary>
    private void Lose(ReliableSocket socket)
    {
        _drops = true;
        report.Count("sockets dropped");
        switch (random.Next(3))
        {
            case 0:
                socket.Drop();
                break;
            case 1:
                _recovery = null;
                socket.Drop();
                break;
            default:
                service.DropSockets(memberId);
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

    /// <summary>Shows the next message; a repeated message must equal the one shown before.</summary>
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
                report.Add(Violation.Incorrect, $"{memberId} got {message} after {Last}");
            }
        }
    }

    private static Shown Of(JsonNode message) =>
        new((long)message["seq"]!, message["from"]!.ToString(), message["clientId"]!.ToString(), message["text"]!.ToString());
}
