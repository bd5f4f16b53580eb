using System.Text.Json;
using Connections.Http;
using Connections.Members;
using Connections.Notices;

namespace Connections.Email.Preferences;

/// <summary>The notices that a member gets and their address, as calls show them.</summary>
/// <param name="Notices">Whether the member gets each kind, by the kind's name, such as <c>inviteReceived</c>.</param>
/// <param name="Address">The member's address; null when the member has none.</param>
/// <param name="AddressProblem">Why there is no address, according to the member's current token, or what is wrong with it.</param>
public sealed record EmailPreferences(IReadOnlyDictionary<string, bool> Notices, string? Address, AddressProblem? AddressProblem)
{
    /// <summary>A member's preferences.</summary>
    /// <param name="caller">The member's token, which tells why there is no address; null if that does not matter.</param>
    public static EmailPreferences Of(Member member, Caller? caller = null) =>
        new(
            NoticeKinds.All.ToDictionary(kind => kind.JsonName(), kind => !member.MutedNotices.Contains(kind), StringComparer.Ordinal),
            member.Email,
            member.EmailBounces ? Members.AddressProblem.Bounces
                : member.Email is null && caller is not null ? TokenAddress.Of(caller).Problem
                : null);
}

/// <summary>The body of a call that changes the preferences.</summary>
/// <remarks>
/// A kind that the body leaves out stays as it is, and a kind that the server does not know is ignored: a client that is older or newer
/// than the server changes no kind by accident.
/// </remarks>
/// <param name="Notices">Whether the member gets each kind, by name.</param>
public sealed record EmailPreferencesChange(IReadOnlyDictionary<string, JsonElement>? Notices)
{
    /// <summary>The changed member; the same object if the change has no effect.</summary>
    public Result<Member> Apply(Member member)
    {
        if (Notices is null)
        {
            return new InvalidInput("notices", "An object with true or false for the name of each notice is required.", FieldCode.Required);
        }

        var fields = new Fields();
        var muted = member.MutedNotices.ToHashSet();
        foreach (var (name, value) in Notices)
        {
            if (!NoticeKinds.TryParse(name, out var kind) || value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                fields.Refuse("notices." + name, "The value must be true or false.", FieldCode.WrongType);
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
