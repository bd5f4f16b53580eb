using Connections.Limits;
using Connections.Settings;

namespace Connections.Chat;

/// <summary>The settings of chat.</summary>
/// <param name="MaxText">The longest message, in characters. <c>Chat__MaxText</c>, 4,000.</param>
/// <param name="PerMinute">
/// Messages that one member may send or edit in a minute, over all conversations and devices. <c>Chat__PerMinute</c>, 30.
/// </param>
/// <param name="EditFor">How long after it was sent a message can be edited and deleted. <c>Chat__EditFor</c>, 15 minutes.</param>
/// <param name="AccessFor">How long a client URL can be opened. <c>Chat__AccessFor</c>, one hour.</param>
/// <param name="SocketsAtMost">
/// Sockets of one member that may be open at once; with more, the oldest are closed. <c>Chat__SocketsAtMost</c>, 30.
/// </param>
/// <param name="DigestAfter">
/// How long a message is unread before its recipient gets an email, if not online. <c>Chat__DigestAfter</c>, 15 minutes.
/// </param>
public sealed record ChatSettings(int MaxText, int PerMinute, TimeSpan EditFor, TimeSpan AccessFor, int SocketsAtMost, TimeSpan DigestAfter)
{
    /// <summary>The longest client id, in characters; room for a UUID and a prefix.</summary>
    public const int MaxClientId = 64;

    /// <summary>The most messages that one call sends.</summary>
    public const int MaxBatch = 20;

    /// <summary>Conversations that one member may pin. <c>Chat__PinnedAtMost</c>, 3.</summary>
    public int PinnedAtMost { get; init; } = 3;

    /// <summary>Texts that one member may save. <c>Chat__SavedTextsAtMost</c>, 20.</summary>
    public int SavedTextsAtMost { get; init; } = 20;

    /// <summary>The cap on pins.</summary>
    public Cap Pinned => new("pinned", PinnedAtMost);

    /// <summary>The limit on sending and editing.</summary>
    public Allowance Sending => new("messages", PerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static ChatSettings Read(IConfiguration configuration) => new(
        configuration.Number("Chat:MaxText", 4000, 1, 10_000),
        configuration.Number("Chat:PerMinute", 30, 1, 10_000),
        configuration.Duration("Chat:EditFor", TimeSpan.FromMinutes(15)),
        configuration.Duration("Chat:AccessFor", TimeSpan.FromHours(1)),
        configuration.Number("Chat:SocketsAtMost", 30, 1, 1000),
        configuration.Duration("Chat:DigestAfter", TimeSpan.FromMinutes(15)))
    {
        PinnedAtMost = configuration.Number("Chat:PinnedAtMost", 3, 1, 20),
        SavedTextsAtMost = configuration.Number("Chat:SavedTextsAtMost", 20, 1, 20),
    };
}
