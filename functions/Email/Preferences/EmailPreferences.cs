using System.Text.Json;
using Connections.Http;
using Connections.Members;
using Connections.Notices;

namespace Connections.Email.Preferences;

/// <summary>Which notices a member gets and where they go, as the calls show it.</summary>
/// <param name="Notices">Each kind by its name, such as <c>inviteReceived</c>, and whether the member gets it.</param>
/// <param name="Address">Where they go; null while they can go nowhere.</param>
/// <param name="AddressProblem">Why they can go nowhere, by what the member's token says now.</param>
public sealed record EmailPreferences(IReadOnlyDictionary<string, bool> Notices, string? Address, AddressProblem? AddressProblem)
{
    /// <summary>The member's.</summary>
    /// <param name="member">The member.</param>
    /// <param name="caller">The member's token, which tells why there is no address; null where nobody asks.</param>
    public static EmailPreferences Of(Member member, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new(
            NoticeKinds.All.ToDictionary(kind => kind.JsonName(), kind => !member.MutedNotices.Contains(kind), StringComparer.Ordinal),
            member.Email,
            member.Email is null && caller is not null ? TokenAddress.Of(caller).Problem : null);
    }
}

/// <summary>What a member sends to change them.</summary>
/// <remarks>
/// A kind that is left out stays as it is, and one that this server does not know is ignored: a client older or newer than the
/// server changes nothing that it did not mean to.
/// </remarks>
/// <param name="Notices">Whether the member gets each kind, by name.</param>
public sealed record EmailPreferencesChange(IReadOnlyDictionary<string, JsonElement>? Notices)
{
    /// <summary>The member as changed, or what is wrong with the change.</summary>
    public Result<Member> Apply(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (Notices is null)
        {
            return new InvalidInput("notices", "Is required: an object of true or false by the name of each notice.");
        }

        var fields = new Fields();
        var muted = member.MutedNotices.ToHashSet();
        foreach (var (name, value) in Notices)
        {
            if (!NoticeKinds.TryParse(name, out var kind))
            {
                continue;
            }

            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                fields.Refuse("notices." + name, "Must be true or false.");
            }
            else if (value.GetBoolean())
            {
                muted.Remove(kind);
            }
            else
            {
                muted.Add(kind);
            }
        }

        return fields.Valid ? member.Muting(muted) : fields.ToError();
    }
}

/// <summary>Changes of what a member's document says about notices.</summary>
internal static class MutedNotices
{
    /// <summary>The member with exactly these kinds muted; the same object when that is so already.</summary>
    public static Member Muting(this Member member, IReadOnlySet<NoticeKind> muted) =>
        muted.SetEquals(member.MutedNotices) ? member : member with { MutedNotices = [.. muted.Order()] };
}
