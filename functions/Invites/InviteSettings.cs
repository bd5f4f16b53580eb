using Connections.Limits;
using Connections.Settings;

namespace Connections.Invites;

/// <summary>The settings of invites.</summary>
/// <param name="PerDay">Invites that one member may make on one UTC day. <c>Invites__PerDay</c>, 50.</param>
/// <param name="PendingAtMost">Invites of one member that may be pending at once. <c>Invites__PendingAtMost</c>, 500.</param>
/// <param name="ExpireAfter">How long an invite waits for an answer. <c>Invites__ExpireAfter</c>, 30 days.</param>
/// <param name="LockFor">
/// How long the inviter must wait after the invite was declined, revoked or ended by a block. <c>Invites__LockFor</c>, 21 days.
/// </param>
/// <param name="MaxNote">The longest note, in characters. <c>Invites__MaxNote</c>, 300.</param>
/// <param name="ShowAnsweredFor">How long answered invites stay on the pending page. <c>Invites__ShowAnsweredFor</c>, 30 days.</param>
/// <param name="RemindAfter">
/// How long an invite waits before its invitee gets the one reminder. <c>Invites__RemindAfter</c>, 7 days.
/// </param>
/// <param name="RequireConfirmedEmail">
/// Whether only a member with a confirmed address may invite. <c>Invites__RequireConfirmedEmail</c>, true.
/// </param>
public sealed record InviteSettings(
    int PerDay,
    int PendingAtMost,
    TimeSpan ExpireAfter,
    TimeSpan LockFor,
    int MaxNote,
    TimeSpan ShowAnsweredFor,
    TimeSpan RemindAfter,
    bool RequireConfirmedEmail = true)
{
    /// <summary>
    /// Invites a day of a member in their first days, or without a confirmed domain and enough acceptances. <c>Invites__NewPerDay</c>, 10.
    /// </summary>
    public int NewPerDay { get; init; } = 10;

    /// <summary>
    /// Invites a day of a member more than half of whose last answered ones were reported or blocked. <c>Invites__ReportedPerDay</c>, 5.
    /// </summary>
    public int ReportedPerDay { get; init; } = 5;

    /// <summary>How long a member counts as new. <c>Invites__NewFor</c>, 7 days.</summary>
    public TimeSpan NewFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many acceptances stand for a confirmed domain. <c>Invites__TrustedAfter</c>, 5.</summary>
    public int TrustedAfter { get; init; } = 5;

    /// <summary>How many of the last answered invites are looked at. <c>Invites__ConductOf</c>, 20.</summary>
    public int ConductOf { get; init; } = 20;

    /// <summary>The limit on inviting.</summary>
    public Allowance Inviting => new("invites", PerDay, TimeSpan.FromDays(1));

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed, or two of them contradict each other.</exception>
    public static InviteSettings Read(IConfiguration configuration)
    {
        var settings = new InviteSettings(
            configuration.Number("Invites:PerDay", 50, 1, 1000),
            configuration.Number("Invites:PendingAtMost", 500, 1, 10_000),
            configuration.Duration("Invites:ExpireAfter", TimeSpan.FromDays(30)),
            configuration.Duration("Invites:LockFor", TimeSpan.FromDays(21)),
            configuration.Number("Invites:MaxNote", 300, 1, 2000),
            configuration.Duration("Invites:ShowAnsweredFor", TimeSpan.FromDays(30)),
            configuration.Duration("Invites:RemindAfter", TimeSpan.FromDays(7)),
            configuration.Switch("Invites:RequireConfirmedEmail", true))
        {
            NewPerDay = configuration.Number("Invites:NewPerDay", 10, 1, 1000),
            ReportedPerDay = configuration.Number("Invites:ReportedPerDay", 5, 1, 1000),
            NewFor = configuration.Duration("Invites:NewFor", TimeSpan.FromDays(7)),
            TrustedAfter = configuration.Number("Invites:TrustedAfter", 5, 1, 1000),
            ConductOf = configuration.Number("Invites:ConductOf", 20, 2, 100),
        };
        return settings.RemindAfter < settings.ExpireAfter
            ? settings
            : throw new SettingException(
                $"The setting Invites__RemindAfter is {settings.RemindAfter:c} and Invites__ExpireAfter is {settings.ExpireAfter:c}. "
                + "A reminder must come before the invite expires: Invites__RemindAfter takes a length of time below "
                + "Invites__ExpireAfter.");
    }
}
