using System.Text.Json.Serialization;
using Connections.Http;

namespace Connections.Members;

/// <summary>Email addresses to which the email service can deliver.</summary>
/// <remarks>
/// Azure Communication Services Email accepts ASCII addresses (RFC 5321) and has no SMTPUTF8 (RFC 6531). A domain in another script has an
/// ASCII form, which is stored. The part before the @ has none: nobody can deliver to <c>josé@example.com</c>, and <c>jose@example.com</c>
/// may belong to somebody else. Quoted local parts are refused, and with them addresses with two dots in a row (<c>a..b@docomo.ne.jp</c>),
/// which RFC 5321 allows only in quotes.
/// </remarks>
public static class EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalPart = 64;

    /// <summary>Reads an address as people type it. Returns the form for sending mail, or null if no mail can be sent to it.</summary>
    public static string? Find(string? text)
    {
        if (text is not { Length: <= 2 * MaxLength }
            || VisibleText.Trim(text).Split('@') is not [{ Length: > 0 and <= MaxLocalPart } local, var domain])
        {
            return null;
        }

        return local.Split('.')
            .All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c)))
            && DomainName.ToAscii(domain) is { } ascii
            && local.Length + 1 + ascii.Length <= MaxLength
                ? $"{local}@{ascii}"
                : null;
    }
}

/// <summary>Why a member has no address for notices, or one that does not work.</summary>
public enum AddressProblem
{
    /// <summary>The token has no address.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>The issuer says that the member has not confirmed the address.</summary>
    [JsonStringEnumMemberName("unverified")]
    Unverified,

    /// <summary>The email service cannot deliver to the address.</summary>
    [JsonStringEnumMemberName("not-deliverable")]
    NotDeliverable,

    /// <summary>There is an address, but emails to it come back.</summary>
    [JsonStringEnumMemberName("bounces")]
    Bounces,
}

/// <summary>The address in a token, for a member who has none.</summary>
public static class TokenAddress
{
    /// <summary>The address in the form for sending mail, or the reason why there is none.</summary>
    /// <remarks>
    /// An unconfirmed address may belong to anybody, and whoever reads a notice can use the links in it. An issuer that sends no
    /// <c>email_verified</c> is trusted.
    /// </remarks>
    public static (string? Address, AddressProblem? Problem) Of(Caller caller) =>
        caller switch
        {
            _ when !VisibleText.IsVisible(caller.Email) => (null, AddressProblem.Missing),
            { EmailVerified: false } => (null, AddressProblem.Unverified),
            _ when EmailAddress.Find(caller.Email) is { } address => (address, null),
            _ => (null, AddressProblem.NotDeliverable),
        };

    /// <summary>Whether the issuer says that the token's address is confirmed, and emails can go to it.</summary>
    public static bool IsConfirmed(Caller caller) => caller.EmailVerified == true && Of(caller).Address is not null;

    /// <summary>
    /// The member with what the token says of their address: the address, if they have none, and that it is confirmed, if the issuer says
    /// so of the same address. The same object if nothing is new.
    /// </summary>
    public static Member Noted(this Member member, Caller caller, DateTimeOffset now)
    {
        var address = Of(caller).Address;
        var email = member.Email ?? address;
        var isConfirmed = member.EmailConfirmed
            || (caller.EmailVerified == true && address is not null && EmailChanges.IsSame(address, email));
        return email == member.Email && isConfirmed == member.EmailConfirmed
            ? member
            : (member with { Email = email, EmailConfirmed = isConfirmed }).Indexed().WithCardDue(member, now);
    }
}
