using System.Net;
using System.Net.Sockets;

namespace Connections.Local;

/// <summary>The sockets that the host will listen on, taken before anything else is started.</summary>
/// <remarks>
/// So a port in use is told at once, and the host's URL is known (port 0 too) while what depends on it is set up. Nobody can
/// connect until the server listens.
/// </remarks>
internal sealed class Doors : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private Doors(Uri url) => Url = url;

    /// <summary>Where to call the host.</summary>
    public Uri Url { get; private set; }

    /// <summary>Where this machine can call it, whatever its name.</summary>
    public Uri Loopback => new($"http://127.0.0.1:{Url.Port}");

    /// <summary>What the sockets are bound to.</summary>
    public IEnumerable<IPEndPoint> Endpoints => _sockets.Select(s => (IPEndPoint)s.LocalEndPoint!);

    /// <summary>Takes the port of <paramref name="url"/>.</summary>
    /// <exception cref="LocalHostException">It is in use, or not ours to take.</exception>
    public static Doors Open(Uri url, bool expose)
    {
        var doors = new Doors(url);
        try
        {
            if (expose)
            {
                doors.Bind(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, url.Port);
            }
            else if (IPAddress.TryParse(url.Host, out var address))
            {
                doors.Bind(address, url.Port);
            }
            else
            {
                doors.Bind(IPAddress.Loopback, url.Port);
                if (url.Port != 0 && Socket.OSSupportsIPv6)
                {
                    doors.Bind(IPAddress.IPv6Loopback, url.Port);
                }
            }

            doors.Url = NameOf(url, expose, doors.Endpoints.First().Port);
            return doors;
        }
        catch (SocketException e)
        {
            doors.Dispose();
            throw Refused(url, e);
        }
    }

    /// <summary>What a person is told of a port that cannot be listened on.</summary>
    public static LocalHostException Refused(Uri url, Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or not SocketException
            ? new($"Port {url.Port} is in use by another program. Stop it, or listen elsewhere: --urls http://localhost:{url.Port + 1}.")
            : new($"{url} cannot be listened on: {e.Message}.");

    /// <summary>Hands the socket of an endpoint to the server, which closes it.</summary>
    public Socket Take(EndPoint endpoint)
    {
        var socket = _sockets.First(s => s.LocalEndPoint!.Equals(endpoint));
        _sockets.Remove(socket);
        return socket;
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    // A free port is free on one address; the name localhost could lead to somebody else's on another.
    private static Uri NameOf(Uri url, bool expose, int port)
    {
        var isEverywhere = IPAddress.TryParse(url.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        var host = expose && isEverywhere ? "localhost" : url.Port == 0 && !expose ? "127.0.0.1" : url.Host;
        return new UriBuilder(Uri.UriSchemeHttp, host, port).Uri;
    }

    private void Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            _sockets.Add(socket);
        }
        catch (SocketException e) when (address.Equals(IPAddress.IPv6Loopback) && e.SocketErrorCode != SocketError.AddressAlreadyInUse)
        {
            // A machine can have IPv6 but no ::1, as containers do; 127.0.0.1 is enough.
            socket.Dispose();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
