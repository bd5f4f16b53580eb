using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Http;

/// <summary>How often calls may be made, on each instance. Half of each number may come at once.</summary>
/// <param name="ReadsPerMinute">Reads of one member. <c>Limits__ReadsPerMinute</c>, 300.</param>
/// <param name="WritesPerMinute">Other calls of one member. <c>Limits__WritesPerMinute</c>, 120.</param>
/// <param name="LivePerMinute">Calls about who is there and who types, of one member. <c>Limits__LivePerMinute</c>, 60.</param>
/// <param name="AccessPerMinute">Socket URLs that one member may ask for. <c>Limits__AccessPerMinute</c>, 20.</param>
/// <param name="SocketsPerMinute">Sockets that one member may open. <c>Limits__SocketsPerMinute</c>, 60.</param>
/// <param name="ProfilesPerMinute">Changes of one member's profile. <c>Limits__ProfilesPerMinute</c>, 12.</param>
/// <param name="ExportsPerHour">Exports of one member's data. <c>Limits__ExportsPerHour</c>, 10.</param>
/// <param name="RepeatsPerMinute">Sends, edits and deletions of one member that had been made before. <c>Limits__RepeatsPerMinute</c>, 60.</param>
/// <param name="OpenPerMinute">Calls that need no token, from one address. <c>Limits__OpenPerMinute</c>, 120.</param>
/// <param name="ServicePerMinute">Web PubSub's events, from one address; the service has few. <c>Limits__ServicePerMinute</c>, 6,000.</param>
/// <param name="BadTokensPerMinute">Calls without a good token, from one address. <c>Limits__BadTokensPerMinute</c>, 60.</param>
public sealed record CallLimitSettings(
    int ReadsPerMinute,
    int WritesPerMinute,
    int LivePerMinute,
    int AccessPerMinute,
    int SocketsPerMinute,
    int ProfilesPerMinute,
    int ExportsPerHour,
    int RepeatsPerMinute,
    int OpenPerMinute,
    int ServicePerMinute,
    int BadTokensPerMinute)
{
    private const int Most = 1_000_000;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static CallLimitSettings Read(IConfiguration configuration) => new(
        configuration.Number("Limits:ReadsPerMinute", 300, 1, Most),
        configuration.Number("Limits:WritesPerMinute", 120, 1, Most),
        configuration.Number("Limits:LivePerMinute", 60, 1, Most),
        configuration.Number("Limits:AccessPerMinute", 20, 1, Most),
        configuration.Number("Limits:SocketsPerMinute", 60, 1, Most),
        configuration.Number("Limits:ProfilesPerMinute", 12, 1, Most),
        configuration.Number("Limits:ExportsPerHour", 10, 1, Most),
        configuration.Number("Limits:RepeatsPerMinute", 60, 1, Most),
        configuration.Number("Limits:OpenPerMinute", 120, 1, Most),
        configuration.Number("Limits:ServicePerMinute", 6_000, 1, Most),
        configuration.Number("Limits:BadTokensPerMinute", 60, 1, Most));
}
