using System.Net;
using System.Net.Sockets;

namespace Connections.Local;

/// <summary>The sockets that the host will listen on, bound before anything else starts.</summary>
/// <remarks>
/// A port in use is then reported at once, and the parts that need the host's URL have it early, also with port 0. Clients cannot connect
/// until the server listens.
/// </remarks>
internal sealed class ListeningSockets : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private ListeningSockets(Uri url) => Url = url;

    /// <summary>The host's URL.</summary>
    public Uri Url { get; private set; }

    /// <summary>The host's URL for calls from this machine, whatever the host is called.</summary>
    public Uri Loopback => new($"http://127.0.0.1:{Url.Port}");

    /// <summary>The addresses that the sockets are bound to.</summary>
    public IEnumerable<IPEndPoint> Endpoints => _sockets.Select(s => (IPEndPoint)s.LocalEndPoint!);

    /// <summary>Binds the port of <paramref name="url"/>.</summary>
    /// <exception cref="LocalHostException">The port is in use or cannot be bound.</exception>
    public static ListeningSockets Open(Uri url, bool expose)
    {
        var sockets = new ListeningSockets(url);
        try
        {
            if (expose)
            {
                sockets.Bind(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, url.Port);
            }
            else if (IPAddress.TryParse(url.Host, out var address))
            {
                sockets.Bind(address, url.Port);
            }
            else
            {
                sockets.Bind(IPAddress.Loopback, url.Port);
                if (url.Port != 0 && Socket.OSSupportsIPv6)
                {
                    sockets.Bind(IPAddress.IPv6Loopback, url.Port);
                }
            }

            sockets.Url = NameOf(url, expose, sockets.Endpoints.First().Port);
            return sockets;
        }
        catch (SocketException e)
        {
            sockets.Dispose();
            throw Refused(url, e);
        }
    }

    /// <summary>The error for a port that the host cannot listen on.</summary>
    public static LocalHostException Refused(Uri url, Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or not SocketException
            ? new($"Port {url.Port} is in use by another program. Stop it, or listen elsewhere: --urls http://localhost:{url.Port + 1}.")
            : new($"The host cannot listen on {url}: {e.Message}.");

    /// <summary>Hands an endpoint's socket to the server, which closes it.</summary>
    public Socket Take(EndPoint endpoint)
    {
        var socket = _sockets.First(s => s.LocalEndPoint!.Equals(endpoint));
        _sockets.Remove(socket);
        return socket;
    }

    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    // A free port is free on 127.0.0.1 only. By the name localhost a client could reach another program on ::1.
    private static Uri NameOf(Uri url, bool expose, int port)
    {
        var isEverywhere = IPAddress.TryParse(url.Host, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
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
            // Containers can have IPv6 but no ::1; 127.0.0.1 is enough.
            socket.Dispose();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
