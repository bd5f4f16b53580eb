namespace Connections.Local.WebPubSub;

/// <summary>What <see cref="LocalWebPubSub"/> must be told.</summary>
/// <param name="BaseUrl">
/// The host's own URL, which client URLs begin with (http becomes ws, https wss). Asked at each call, because a host that
/// listens on port 0 knows its port only once it listens.
/// </param>
/// <param name="SigningKey">
/// The HMAC key of client tokens, at least 32 bytes. Keep it with the host's data (<see cref="SigningKeyFile"/>), so that a
/// URL that a client already holds still works when the host was started again.
/// </param>
public sealed record LocalWebPubSubOptions(Func<Uri> BaseUrl, byte[] SigningKey)
{
    /// <summary>The application's event handler, which is asked whether a client may connect; null where every client with a token may.</summary>
    public Func<Uri>? EventHandler { get; init; }

    /// <summary>How long a client of the reliable subprotocol that lost its socket can take its connection up again.</summary>
    /// <remarks>
    /// Azure keeps it for at least 30 seconds, and client libraries try for 30 seconds from when they notice. Twice that,
    /// because the host may notice long before the client does.
    /// </remarks>
    public TimeSpan RecoveryWindow { get; init; } = TimeSpan.FromSeconds(60);
}
