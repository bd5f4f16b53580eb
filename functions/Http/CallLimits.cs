using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Connections.Http;

/// <summary>What a member's call counts as. Each has a limit of its own.</summary>
public enum CallKind
{
    /// <summary>Reads something. A GET is one, unless its function says otherwise.</summary>
    Read,

    /// <summary>Changes something. Every other call is one, unless its function says otherwise.</summary>
    Write,

    /// <summary>Asks for, or tells, what is true for a few seconds.</summary>
    Live,

    /// <summary>Asks for a socket's URL.</summary>
    Access,

    /// <summary>Opens a socket.</summary>
    Socket,

    /// <summary>Changes what all contacts see of the member.</summary>
    Profile,

    /// <summary>Reads everything that is stored about the member.</summary>
    Export,

    /// <summary>Turned out to have been made before; counts beside what else the call is.</summary>
    Repeat,
}

/// <summary>The limits on calls: by member where there is a good token, by address where there is none.</summary>
/// <remarks>
/// They protect the service and cost no request: they are held in memory, by each instance for itself. What must hold over all instances
/// (messages, invites, reports) is counted in the database.
/// </remarks>
public sealed class CallLimits(CallLimitSettings settings, TimeProvider time)
{
    private readonly FrozenDictionary<CallKind, Limit<MemberId>> _ofMembers = new (CallKind Kind, string What, int Times, TimeSpan Period)[]
    {
        (CallKind.Read, "pages and lists can be read", settings.ReadsPerMinute, Minute),
        (CallKind.Write, "changes can be made", settings.WritesPerMinute, Minute),
        (CallKind.Live, "calls about who is there and who types can be made", settings.LivePerMinute, Minute),
        (CallKind.Access, "connections for live events can be opened", settings.AccessPerMinute, Minute),
        (CallKind.Socket, "sockets can be opened", settings.SocketsPerMinute, Minute),
        (CallKind.Profile, "changes of a profile can be made", settings.ProfilesPerMinute, Minute),
        (CallKind.Export, "exports can be made", settings.ExportsPerHour, Hour),
        (CallKind.Repeat, "messages, edits and deletions can be sent again", settings.RepeatsPerMinute, Minute),
    }.ToFrozenDictionary(limit => limit.Kind, limit => new Limit<MemberId>($"{limit.Kind}", "You are", limit.What, new Rate(limit.Times, limit.Period), time));

    private readonly Limit<UInt128> _open = new("Open", "Your network is", "calls without signing in can be made", new Rate(settings.OpenPerMinute, Minute), time);
    private readonly Limit<UInt128> _service = new("Service", "This address is", "events can be sent", new Rate(settings.ServicePerMinute, Minute), time);
    private readonly Limit<UInt128> _badTokens =
        new("BadTokens", "Your network is", "calls without a valid token can be made", new Rate(settings.BadTokensPerMinute, Minute), time);

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    private static TimeSpan Hour => TimeSpan.FromHours(1);

    /// <summary>Counts a member's call; an error when the member has made too many of the kind.</summary>
    public Error? Refuse(MemberId member, CallKind kind) => _ofMembers[kind].Refuse(member);

    /// <summary>Counts a call that needs no token; an error when too many come from its address.</summary>
    public Error? RefuseOpen(HttpRequest request) => _open.Refuse(AddressOf(request));

    /// <summary>Counts an event of Web PubSub's, which comes for many members from few addresses; an error when too many come from its address.</summary>
    public Error? RefuseService(HttpRequest request) => _service.Refuse(AddressOf(request));

    /// <summary>Counts a call without a good token; an error when too many come from its address.</summary>
    /// <remarks>
    /// Asked after the token was checked, which takes about as long as the rest of the call. A limit before the check would let one caller
    /// lock out everybody else behind the same address whose token this instance has not seen.
    /// </remarks>
    public Error? RefuseBadToken(HttpRequest request) => _badTokens.Refuse(AddressOf(request));

    /// <summary>Where a call comes from. An IPv6 network of 64 bits is one address, because one customer has all of it.</summary>
    /// <remarks>
    /// The connection's own address, and no header of the request: a caller can write any. In Azure the connection is the Functions
    /// host's, and Microsoft's package for ASP.NET Core puts in its place the last entry of <c>X-Forwarded-For</c>, which Azure's front end
    /// wrote; whatever a caller wrote stands before it and is not looked at.
    /// </remarks>
    private static UInt128 AddressOf(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } address)
        {
            return UInt128.Zero;
        }

        Span<byte> bytes = stackalloc byte[16];
        var isShort = address.AddressFamily == AddressFamily.InterNetwork;
        (isShort ? address.MapToIPv6() : address).TryWriteBytes(bytes, out _);
        if (!isShort && !address.IsIPv4MappedToIPv6)
        {
            bytes[8..].Clear();
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <param name="name">By which operators know it.</param>
    /// <param name="who">Whom it refuses, as a sentence begins.</param>
    /// <param name="what">What it counts, as the sentence goes on.</param>
    /// <param name="rate">How often.</param>
    /// <param name="time">The clock.</param>
    private sealed class Limit<TKey>(string name, string who, string what, Rate rate, TimeProvider time)
        where TKey : notnull
    {
        private readonly RateLimiter<TKey> _limiter = new(rate, time);

        public TooManyCalls? Refuse(TKey key)
        {
            var wait = _limiter.Use(key);
            if (wait == TimeSpan.Zero)
            {
                return null;
            }

            Signals.Limited.Add(1, new KeyValuePair<string, object?>("limit", name));
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            return new TooManyCalls(
                $"{who} too fast: {rate.Times} {what} {(rate.Period == Hour ? "an hour" : "a minute")}. Try again in {(seconds == 1 ? "a second" : $"{seconds} seconds")}.")
            {
                RetryAfter = TimeSpan.FromSeconds(seconds),
                Until = time.Now().AddSeconds(seconds),
            };
        }
    }
}
