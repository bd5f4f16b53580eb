using Connections.Notices;

namespace Connections.Members;

/// <summary>A change of address that waits until somebody who reads the new address confirms it.</summary>
/// <param name="Number">The member's number for it, from 1; <see cref="Member.EmailChanges"/> of the newest.</param>
/// <param name="Address">The new address. Personal: never logged.</param>
/// <param name="AskedAt">When the member asked for it.</param>
/// <param name="ExpiresAt">Until when its link works.</param>
/// <param name="LinkHashes">The hashes of the keys in its email, one a try to send it; the keys themselves are not stored.</param>
/// <param name="Sent">Whether its email was sent; absent before.</param>
/// <param name="UndeliveredAt">When the email service reported that the email did not arrive; absent otherwise.</param>
public sealed record EmailChange(
    int Number,
    string Address,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<string> LinkHashes,
    bool? Sent = null,
    DateTimeOffset? UndeliveredAt = null);

/// <summary>A warning that is owed to the address that a member has while they ask for another one.</summary>
/// <param name="Number">The number of the change.</param>
/// <param name="Address">The address that is warned. Personal: never logged.</param>
/// <param name="OwedSince">When the change was asked for.</param>
public sealed record EmailWarning(int Number, string Address, DateTimeOffset OwedSince);

/// <summary>The link that confirmed an address.</summary>
/// <param name="Hash">The hash of its key.</param>
/// <param name="At">When it did.</param>
public sealed record EmailConfirmation(string Hash, DateTimeOffset At);

/// <summary>The life of a member's address: functions from the member as they are to what they become.</summary>
/// <remarks>
/// Only a link that was sent to the new address changes an address; a token that names another one does not. The emails are owed in the
/// same write as the change, and the change feed queues them.
/// </remarks>
public static class EmailChanges
{
    /// <summary>How long the same request counts as repeated, so that a call that is sent again sends no second email.</summary>
    public static readonly TimeSpan RepeatFor = TimeSpan.FromMinutes(1);

    /// <summary>How long a link shows that it confirmed the address.</summary>
    public static readonly TimeSpan ShowFor = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The member after asking for an address. Asking for the one that they have and have confirmed withdraws a change. The same object
    /// when nothing is new.
    /// </summary>
    /// <param name="confirmFor">How long the link works.</param>
    public static Member Asking(this Member member, string address, DateTimeOffset now, TimeSpan confirmFor)
    {
        var isOwn = IsSame(member.Email, address);
        // An address that bounced can be confirmed again: the link reaches it once the mailbox works.
        if (isOwn && member.EmailConfirmed && !member.EmailBounces)
        {
            return member.EmailChange is null ? member : member with { EmailChange = null };
        }

        if (member.EmailChange is { UndeliveredAt: null } waiting && waiting.Address == address && now - waiting.AskedAt < RepeatFor)
        {
            return member;
        }

        var number = member.EmailChanges + 1;
        return member with
        {
            EmailChanges = number,
            EmailChange = new EmailChange(number, address, now, now + confirmFor, []),
            EmailConfirmation = null,
            EmailWarnings = member.Email is { } known && !isOwn
                ? [.. member.EmailWarnings, new EmailWarning(number, known, now)]
                : member.EmailWarnings,
            EmailOwedSince = member.EmailOwedSince ?? now,
        };
    }

    /// <summary>Whether a key opens the member's change now. Compared in constant time.</summary>
    public static bool Opens(this Member member, string key, DateTimeOffset now) =>
        LinkKey.MatchesAny(member.EmailChange?.LinkHashes ?? [], key) && now < member.EmailChange!.ExpiresAt;

    /// <summary>Whether this key confirmed the address lately. Compared in constant time.</summary>
    public static bool WasConfirmedBy(this Member member, string key, DateTimeOffset now) =>
        member.EmailConfirmation is { } last && LinkKey.Matches(last.Hash, LinkKey.HashOf(key)) & now < last.At + ShowFor;

    /// <summary>The member with the address that a key confirms.</summary>
    public static Member Confirming(this Member member, string key, DateTimeOffset now) =>
        (member with
        {
            Email = member.EmailChange!.Address,
            EmailConfirmed = true,
            BouncedEmail = null,
            EmailChange = null,
            EmailConfirmation = new EmailConfirmation(LinkKey.HashOf(key), now),
        }).Indexed().WithCardDue(member, now);

    /// <summary>Whether an operation id is that of the email with the link to the address that waits.</summary>
    public static bool IsMailOfChange(this Member member, Guid operationId) => member.EmailChange is { } change
        && operationId == NoticeHandover.OperationId(NoticeId(member.Id, change.Number, NoticeKind.ConfirmAddress));

    /// <summary>Whether two addresses are the same: providers do not tell them apart by case.</summary>
    public static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The emails that the member's changes owe. Their ids are fixed, so that however often they are queued, each is one email.
    /// </summary>
    public static IEnumerable<Notice> EmailNotices(this Member member)
    {
        if (member.EmailChange is { Sent: not true } change)
        {
            yield return Of(NoticeKind.ConfirmAddress, change.Number, change.AskedAt);
        }

        foreach (var warning in member.EmailWarnings)
        {
            yield return Of(NoticeKind.AddressWarning, warning.Number, warning.OwedSince);
        }

        Notice Of(NoticeKind kind, int number, DateTimeOffset since) =>
            new(NoticeId(member.Id, number, kind), kind, "", 0, member.Id, since, EmailChange: number);
    }

    private static string NoticeId(MemberId member, int number, NoticeKind kind) => $"{member.Value}.{number}.{kind}";
}
