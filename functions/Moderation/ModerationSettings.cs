using Connections.Http;
using Connections.Settings;

namespace Connections.Moderation;

/// <summary>The settings of moderation.</summary>
/// <param name="KeepAudit">How long an entry of the audit trail is kept. <c>Moderation__KeepAudit</c>, 730 days.</param>
/// <param name="MaxStatement">The longest statement of reasons, in characters. <c>Moderation__MaxStatement</c>, 2,000.</param>
public sealed record ModerationSettings(TimeSpan KeepAudit, int MaxStatement)
{
    // As long as Cosmos DB can count in seconds.
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>The roles that open the desk. An admin may do what a moderator may.</summary>
    public static IReadOnlyList<string> Roles { get; } = [Caller.Moderator, Caller.Admin];

    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static ModerationSettings Read(IConfiguration configuration)
    {
        var keep = configuration.Duration("Moderation:KeepAudit", TimeSpan.FromDays(730));
        return new ModerationSettings(
            keep < LongestKept ? keep : LongestKept, configuration.Number("Moderation:MaxStatement", 2000, 1, 10_000));
    }
}
