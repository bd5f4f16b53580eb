using Connections.Limits;
using Connections.Members;

namespace Connections.Invites;

/// <summary>How many invites a member can send on a day, which follows their conduct.</summary>
/// <param name="Limit">The limit, as the database decides it.</param>
/// <param name="NewUntil">The end of the member's first days; null when they are over.</param>
public sealed record InviteCaps(ConductLimit Limit, DateTimeOffset? NewUntil)
{
    /// <summary>The caps of a member at a moment.</summary>
    public static InviteCaps Of(Member member, DateTimeOffset now, InviteSettings settings)
    {
        var newUntil = member.CreatedAt + settings.NewFor;
        var isNew = now < newUntil;
        return new InviteCaps(
            new ConductLimit(
                settings.PerDay,
                Math.Min(settings.NewPerDay, settings.PerDay),
                Math.Min(settings.ReportedPerDay, settings.PerDay),
                settings.ConductOf / 2,
                isNew ? null : member.ConfirmedDomain is not null ? 0 : settings.TrustedAfter),
            isNew ? newUntil : null);
    }
}

/// <summary>Notes what became of invites with their inviter's allowance, as the connections and reports tell it.</summary>
public sealed class InviteConduct(AllowanceStore allowances, ConnectionStore connections, InviteSettings settings)
{
    /// <summary>Notes the answer to the last invite of a pair, if there is one. At most two requests; safe to repeat.</summary>
    public Task FollowAsync(Connection connection, CancellationToken ct) => OutcomeOf(connection) is { } outcome
        ? NoteAsync(connection, outcome, connection.AnsweredAt ?? connection.InvitedAt, ct)
        : Task.CompletedTask;

    /// <summary>
    /// Notes that the member who got the last invite of a pair reported its sender. At most three requests; safe to repeat.
    /// </summary>
    public async Task ReportedAsync(MemberId reporter, MemberId reported, DateTimeOffset at, CancellationToken ct)
    {
        if (await connections.FindAsync(ConnectionId.Of(reporter, reported), ct) is { Value: var connection }
            && connection.WasInvited
            && connection.Inviter == reported)
        {
            await NoteAsync(connection, Outcome.Reported, at, ct);
        }
    }

    private Task NoteAsync(Connection connection, Outcome outcome, DateTimeOffset at, CancellationToken ct) => allowances.NoteAsync(
        settings.Inviting,
        connection.Inviter,
        new AnsweredUse($"{connection.Id}_{connection.InviteNumber}", outcome, at),
        settings.ConductOf,
        ct);

    private static Outcome? OutcomeOf(Connection connection) => connection.State switch
    {
        _ when !connection.WasInvited => null,
        ConnectionState.Connected => Outcome.Accepted,
        ConnectionState.Declined => Outcome.Declined,
        ConnectionState.Blocked when connection.IsBlockedBy(connection.Invitee) => Outcome.Reported,
        _ => null,
    };
}
