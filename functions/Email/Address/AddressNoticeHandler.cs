using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email.Address;

/// <summary>The two emails about a change of address: the link to the new address, and the warning to the old one.</summary>
/// <remarks>Nobody can mute them, and neither has a text of the member's, because the new address may be a stranger's.</remarks>
public sealed class AddressNoticeHandler(MemberStore members, AddressRenderer renderer, LinkSettings links, TimeProvider time)
    : INoticeHandler
{
    /// <inheritdoc/>
    public IReadOnlyList<NoticeKind> Kinds => [NoticeKind.ConfirmAddress, NoticeKind.AddressWarning];

    private static NoticeDecision NotOwed { get; } = new NoticeDecision.Drop("no longer owed");

    /// <inheritdoc/>
    public async Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct)
    {
        var member = (await members.FindAsync(notice.To, ct))?.Value;
        StaleReadException.ThrowIf(member is null || member.EmailChanges < notice.EmailChange, "A member");
        return member!.HasErased(notice.OwedSince) ? NotOwed
            : notice.Kind == NoticeKind.AddressWarning ? Warn(member, notice, ct)
            : await ConfirmAsync(member, notice, ct);
    }

    private async Task<NoticeDecision> ConfirmAsync(Member member, Notice notice, CancellationToken ct)
    {
        if (member.EmailChange is not { Sent: not true } change || change.Number != notice.EmailChange || change.ExpiresAt <= time.Now())
        {
            return NotOwed;
        }

        // As for an invite: each attempt has a key of its own, and its hash is stored before the email can arrive.
        var key = LinkKey.New();
        return await members.TryAddEmailLinkAsync(member, LinkKey.HashOf(key), ct)
            ? new NoticeDecision.Send(
                renderer.Confirm(member.Language, links.ToApi(AddressLinkToken.PathOf(member.Id, key))).To(change.Address, change.Address),
                () => members.MarkEmailLinkSentAsync(member, change.Number, ct))
            : NotOwed;
    }

    private NoticeDecision Warn(Member member, Notice notice, CancellationToken ct) =>
        member.EmailWarnings.FirstOrDefault(warning => warning.Number == notice.EmailChange) is { } warning
            ? new NoticeDecision.Send(
                renderer.Warn(member.Language, links.To("profile")).To(warning.Address, warning.Address),
                () => members.MarkEmailWarnedAsync(member.Id, warning.Number, ct))
            : NotOwed;
}
