using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connections.Telemetry;

namespace Connections.Http;

/// <summary>Kinds of member calls. Each kind has its own limit.</summary>
public enum CallKind
{
    /// <summary>Reads something. The default for a GET.</summary>
    Read,

    /// <summary>Changes something. The default for every other method.</summary>
    Write,

    /// <summary>Reads or sends state that lasts a few seconds: presence and typing.</summary>
    Live,

    /// <summary>Gets the URL of a socket.</summary>
    Access,

    /// <summary>Opens a socket.</summary>
    Socket,

    /// <summary>Changes the member's profile, which all contacts see.</summary>
    Profile,

    /// <summary>Exports everything stored about the member.</summary>
    Export,

    /// <summary>Repeats an earlier call. Counted in addition to the kind of the call.</summary>
    Repeat,

    /// <summary>Counts what a filter finds. Counted in addition to the kind of the call.</summary>
    Count,

    /// <summary>Searches a conversation. Counted in addition to the kind of the call.</summary>
    Search,
}

/// <summary>A call that was counted against a limit.</summary>
/// <remarks>The headers are those of draft-ietf-httpapi-ratelimit-headers-10.</remarks>
/// <param name="Refused">The error if it was too many; otherwise null.</param>
/// <param name="Policy">The header <c>RateLimit-Policy</c>: the limit.</param>
/// <param name="Left">The header <c>RateLimit</c>: how many calls can come at once now, and in how many seconds all of them can.</param>
public sealed record CountedCall(Error? Refused, string Policy, string Left);

/// <summary>Limits on calls: by member for a call with a valid token, and by address otherwise.</summary>
/// <remarks>
/// They protect the service and cost no request: each instance holds its own in memory. Limits that must hold over all instances
/// (invites, reports) are counted in the database; each instance tells the others of the messages that it counted.
/// </remarks>
public sealed class CallLimits(CallLimitSettings settings, TimeProvider time)
{
    private readonly FrozenDictionary<CallKind, Limit<MemberId>> _ofMembers = new (CallKind Kind, string What, int Times, TimeSpan Period)[]
    {
        (CallKind.Read, "pages and lists can be read", settings.ReadsPerMinute, Minute),
        (CallKind.Write, "changes can be made", settings.WritesPerMinute, Minute),
        (CallKind.Live, "presence and typing calls can be made", settings.LivePerMinute, Minute),
        (CallKind.Access, "connections for live events can be opened", settings.AccessPerMinute, Minute),
        (CallKind.Socket, "sockets can be opened", settings.SocketsPerMinute, Minute),
        (CallKind.Profile, "changes of a profile can be made", settings.ProfilesPerMinute, Minute),
        (CallKind.Export, "exports can be made", settings.ExportsPerHour, Hour),
        (CallKind.Repeat, "messages, edits, deletions and reactions can be sent again", settings.RepeatsPerMinute, Minute),
        (CallKind.Count, "counts for filters can be made", settings.CountsPerMinute, Minute),
        (CallKind.Search, "searches in conversations can be made", settings.SearchesPerMinute, Minute),
    }.ToFrozenDictionary(limit => limit.Kind, limit =>
        new Limit<MemberId>($"{limit.Kind}", "You are", limit.What, new Rate(limit.Times, limit.Period), time));

    private readonly Limit<UInt128> _open = new(
        "Open", "Your network is", "calls without signing in can be made", new Rate(settings.OpenPerMinute, Minute), time);
    private readonly Limit<UInt128> _pictures = new(
        "Pictures", "Your network is", "pictures can be loaded", new Rate(settings.PicturesPerMinute, Minute), time);
    private readonly Limit<UInt128> _service = new(
        "Service", "This address is", "events can be sent", new Rate(settings.ServicePerMinute, Minute), time);
    private readonly Limit<UInt128> _badTokens =
        new("BadTokens", "Your network is", "calls without a valid token can be made", new Rate(settings.BadTokensPerMinute, Minute), time);

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    private static TimeSpan Hour => TimeSpan.FromHours(1);

    /// <summary>Counts a member's call.</summary>
    public CountedCall Count(MemberId member, CallKind kind) => _ofMembers[kind].Count(member);

    /// <summary>Counts a member's call; an error if the member has made too many of this kind.</summary>
    public Error? Refuse(MemberId member, CallKind kind) => Count(member, kind).Refused;

    /// <summary>Counts a call that needs no token, by its address.</summary>
    public CountedCall CountOpen(HttpRequest request) => _open.Count(AddressOf(request));

    /// <summary>Counts a picture that is loaded, by its address: a page shows many.</summary>
    public CountedCall CountPicture(HttpRequest request) => _pictures.Count(AddressOf(request));

    /// <summary>Counts a Web PubSub event. Each address sends for many members.</summary>
    public CountedCall CountService(HttpRequest request) => _service.Count(AddressOf(request));

    /// <summary>Counts a call without a valid token; an error if its address has made too many.</summary>
    /// <remarks>
    /// Call this after checking the token, which takes about as long as the rest of the call. A limit before the check would let one caller
    /// lock out everybody behind the same address whose token this instance has not seen yet.
    /// </remarks>
    public Error? RefuseBadToken(HttpRequest request) => _badTokens.Count(AddressOf(request)).Refused;

    /// <summary>The address of a caller. A 64-bit IPv6 network counts as one address, because it belongs to one customer.</summary>
    /// <remarks>
    /// Taken from the connection and never from a header, because callers can send any header. In Azure the connection is the Functions
    /// host's; Microsoft's package for ASP.NET Core replaces its address with the last entry of <c>X-Forwarded-For</c>, which Azure's front
    /// end added. Entries that a caller sent come before it and are ignored.
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

    /// <param name="name">The tag in telemetry.</param>
    /// <param name="who">The start of the message: who is too fast.</param>
    /// <param name="what">The middle of the message: what is counted.</param>
    /// <param name="rate">The allowed rate.</param>
    private sealed class Limit<TKey>(string name, string who, string what, Rate rate, TimeProvider time)
        where TKey : notnull
    {
        private readonly RateLimiter<TKey> _limiter = new(rate, time);
        private readonly string _name = $"\"{name.ToLowerInvariant()}\"";
        private readonly string _policy = string.Create(
            CultureInfo.InvariantCulture, $"\"{name.ToLowerInvariant()}\";q={rate.Times};w={(int)rate.Period.TotalSeconds}");

        public CountedCall Count(TKey key)
        {
            var used = _limiter.Use(key);
            var fullIn = (int)Math.Ceiling(used.FullIn.TotalSeconds);
            var left = string.Create(CultureInfo.InvariantCulture, $"{_name};r={used.Remaining};t={fullIn}");
            return new CountedCall(used.Wait == TimeSpan.Zero ? null : Refusal(used.Wait), _policy, left);
        }

        private TooManyCalls Refusal(TimeSpan wait)
        {
            Signals.Limited.Add(1, new KeyValuePair<string, object?>("limit", name));
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            return new TooManyCalls(
                $"{who} too fast: {rate.Times} {what} {(rate.Period == Hour ? "an hour" : "a minute")}. Try again in "
                    + $"{(seconds == 1 ? "a second" : $"{seconds} seconds")}.")
            {
                RetryAfter = TimeSpan.FromSeconds(seconds),
                Until = time.Now().AddSeconds(seconds),
            };
        }
    }
}
