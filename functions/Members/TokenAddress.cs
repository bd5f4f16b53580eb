using System.Text.Json.Serialization;
using Connections.Http;

namespace Connections.Members;

/// <summary>Why a member has no address for notices.</summary>
public enum AddressProblem
{
    /// <summary>The member's token has no address.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>The issuer says that the member has not confirmed the address.</summary>
    [JsonStringEnumMemberName("unverified")]
    Unverified,

    /// <summary>The email service cannot deliver to the address.</summary>
    [JsonStringEnumMemberName("not-deliverable")]
    NotDeliverable,
}

/// <summary>The address that a token gives a member who has none.</summary>
public static class TokenAddress
{
    /// <summary>The address, as mail is sent to it, or why there is none.</summary>
    /// <remarks>
    /// An address that the issuer calls unconfirmed may be anybody's, and the links in notices answer for whoever reads them. An issuer that
    /// says neither is believed.
    /// </remarks>
    public static (string? Address, AddressProblem? Problem) Of(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller switch
        {
            _ when !VisibleText.IsVisible(caller.Email) => (null, AddressProblem.Missing),
            { EmailVerified: false } => (null, AddressProblem.Unverified),
            _ when EmailAddress.Find(caller.Email) is { } address => (address, null),
            _ => (null, AddressProblem.NotDeliverable),
        };
    }
}
