namespace Connections.Members;

/// <summary>Email addresses that the email service can deliver to.</summary>
/// <remarks>
/// Azure Communication Services Email takes addresses of RFC 5321 in ASCII; it does not offer SMTPUTF8 (RFC 6531). A domain in another script
/// has a form in ASCII, and is stored in that. The part before the @ has none: <c>josé@example.com</c> cannot be delivered to, and
/// <c>jose@example.com</c> may be somebody else. A quoted part before the @ is not taken either; that leaves out addresses with two dots in a row
/// (<c>a..b@docomo.ne.jp</c>), which are none by RFC 5321 unless they are quoted.
/// </remarks>
public static class EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalPart = 64;

    /// <summary>Reads an address as people type it, blank space at its ends too, and writes it as mail is sent to it. Null when no mail can be.</summary>
    public static string? Find(string? text)
    {
        if (text is not { Length: <= 2 * MaxLength } || VisibleText.Trim(text).Split('@') is not [{ Length: > 0 and <= MaxLocalPart } local, var domain])
        {
            return null;
        }

        return local.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c)))
            && DomainName.ToAscii(domain) is { } ascii
            && local.Length + 1 + ascii.Length <= MaxLength
                ? $"{local}@{ascii}"
                : null;
    }
}
