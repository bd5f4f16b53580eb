using Connections.Settings;

namespace Connections.Http;

/// <summary>How many calls each instance allows. Half of each number may come in a burst.</summary>
/// <param name="ReadsPerMinute">One member's reads. <c>Limits__ReadsPerMinute</c>, 300.</param>
/// <param name="WritesPerMinute">One member's other calls. <c>Limits__WritesPerMinute</c>, 120.</param>
/// <param name="LivePerMinute">One member's presence and typing calls. <c>Limits__LivePerMinute</c>, 60.</param>
/// <param name="AccessPerMinute">Socket URLs that one member may ask for. <c>Limits__AccessPerMinute</c>, 20.</param>
/// <param name="SocketsPerMinute">Sockets that one member may open. <c>Limits__SocketsPerMinute</c>, 60.</param>
/// <param name="ProfilesPerMinute">Changes to one member's profile. <c>Limits__ProfilesPerMinute</c>, 12.</param>
/// <param name="ExportsPerHour">Exports of one member's data. <c>Limits__ExportsPerHour</c>, 10.</param>
/// <param name="RepeatsPerMinute">One member's repeated sends, edits, deletions and reactions. <c>Limits__RepeatsPerMinute</c>, 60.</param>
/// <param name="CountsPerMinute">One member's counts for filters. <c>Limits__CountsPerMinute</c>, 60.</param>
/// <param name="SearchesPerMinute">One member's searches in conversations. <c>Limits__SearchesPerMinute</c>, 60.</param>
/// <param name="OpenPerMinute">Calls that need no token, from one address. <c>Limits__OpenPerMinute</c>, 120.</param>
/// <param name="PicturesPerMinute">Pictures of profiles loaded from one address. <c>Limits__PicturesPerMinute</c>, 1,200.</param>
/// <param name="ServicePerMinute">Web PubSub events from one of its few addresses. <c>Limits__ServicePerMinute</c>, 6,000.</param>
/// <param name="BadTokensPerMinute">Calls without a valid token from one address. <c>Limits__BadTokensPerMinute</c>, 60.</param>
public sealed record CallLimitSettings(
    int ReadsPerMinute,
    int WritesPerMinute,
    int LivePerMinute,
    int AccessPerMinute,
    int SocketsPerMinute,
    int ProfilesPerMinute,
    int ExportsPerHour,
    int RepeatsPerMinute,
    int CountsPerMinute,
    int SearchesPerMinute,
    int OpenPerMinute,
    int PicturesPerMinute,
    int ServicePerMinute,
    int BadTokensPerMinute)
{
    private const int Max = 1_000_000;

    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static CallLimitSettings Read(IConfiguration configuration) => new(
        configuration.Number("Limits:ReadsPerMinute", 300, 1, Max),
        configuration.Number("Limits:WritesPerMinute", 120, 1, Max),
        configuration.Number("Limits:LivePerMinute", 60, 1, Max),
        configuration.Number("Limits:AccessPerMinute", 20, 1, Max),
        configuration.Number("Limits:SocketsPerMinute", 60, 1, Max),
        configuration.Number("Limits:ProfilesPerMinute", 12, 1, Max),
        configuration.Number("Limits:ExportsPerHour", 10, 1, Max),
        configuration.Number("Limits:RepeatsPerMinute", 60, 1, Max),
        configuration.Number("Limits:CountsPerMinute", 60, 1, Max),
        configuration.Number("Limits:SearchesPerMinute", 60, 1, Max),
        configuration.Number("Limits:OpenPerMinute", 120, 1, Max),
        configuration.Number("Limits:PicturesPerMinute", 1_200, 1, Max),
        configuration.Number("Limits:ServicePerMinute", 6_000, 1, Max),
        configuration.Number("Limits:BadTokensPerMinute", 60, 1, Max));
}
