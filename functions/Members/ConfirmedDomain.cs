using System.Globalization;
using System.Text;

namespace Connections.Members;

/// <summary>The domain that shows which organisation a member belongs to.</summary>
/// <remarks>
/// Anybody can call themselves anything, but only people of an organisation have an address at its domain. Two names are at one domain if
/// one owner registered it: <c>eu.mail.example.com</c> and <c>www.example.com</c> are, <c>anna.github.io</c> and <c>ben.github.io</c> are
/// not. A domain where everybody gets an address proves nothing.
/// </remarks>
public static class ConfirmedDomain
{
    /// <summary>The registrable domain of both a confirmed address and a website, in ASCII; null if there is none that counts.</summary>
    /// <param name="email">The address; the caller knows that it is confirmed.</param>
    /// <param name="website">An https URL.</param>
    public static string? Of(string? email, string? website)
    {
        if (email is null || website is null || !Uri.TryCreate(website, UriKind.Absolute, out var url))
        {
            return null;
        }

        var (mailHost, domain) = (email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant(), DomainOf(url.Host));
        return domain is not null && domain == DomainOf(mailHost) && !FreeMail.Has(mailHost) && !FreeMail.Has(domain) ? domain : null;
    }

    private static string? DomainOf(string host) =>
        DomainName.ToAscii(host.ToLowerInvariant()) is { } ascii ? PublicSuffixes.RegistrableDomain(ascii) : null;
}

/// <summary>The public suffix list (https://publicsuffix.org): the names below which anybody can register one.</summary>
/// <remarks>
/// Both of its parts count: below <c>co.uk</c> registries give names, below <c>github.io</c> a company does, and in neither case do two
/// neighbours have one owner. <c>.ci/renew-domain-lists</c> renews the file, which begins with its date.
/// </remarks>
internal static class PublicSuffixes
{
    private const string File = "Members/public_suffix_list.dat";

    private static readonly Lazy<HashSet<string>> Rules = new(Read);

    /// <summary>The registrable domain of a lower-case ASCII name: its public suffix and a label more. Null for a suffix itself.</summary>
    public static string? RegistrableDomain(string name)
    {
        var rules = Rules.Value;
        string? child = null;
        for (var suffix = name; ; suffix = Parent(suffix)!)
        {
            // The longest rule wins, an exception (!) over all; a name that no rule matches has its last label as suffix.
            if (rules.Contains('!' + suffix))
            {
                return suffix;
            }

            if (Parent(suffix) is not { } parent || rules.Contains(suffix) || rules.Contains("*." + parent))
            {
                return child;
            }

            child = suffix;
        }
    }

    /// <summary>Whether a label in any script, in lower case, is a top-level domain.</summary>
    public static bool IsTopLevel(string label) =>
        (Ascii.IsValid(label) ? label : DomainName.Encode(label)) is { } ascii
        && (Rules.Value.Contains(ascii) || Rules.Value.Contains("*." + ascii));

    private static string? Parent(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? name[(dot + 1)..] : null;

    private static HashSet<string> Read() => Lists.Lines(File)
        .Where(line => !line.StartsWith("//", StringComparison.Ordinal))
        .Select(line => Ascii.IsValid(line) ? line : new IdnMapping().GetAscii(line))
        .ToHashSet(StringComparer.Ordinal);
}

/// <summary>Providers where anybody gets an address, for good or for ten minutes.</summary>
/// <remarks><c>.ci/renew-domain-lists</c> renews the file, which begins with its date and its source.</remarks>
internal static class FreeMail
{
    private const string File = "Members/free_mail_domains.txt";

    // What the list lacks, and the domains of documentation (RFC 2606), at which everybody's examples are.
    private static readonly string[] More =
    [
        "126.net", "a1.net", "alicedsl.de", "charter.net", "chello.at", "example.com", "example.net", "example.org", "hey.com",
        "privaterelay.appleid.com", "rr.com", "tuta.com", "tuta.io",
    ];

    private static readonly Lazy<HashSet<string>> Domains =
        new(() => Lists.Lines(File).Where(line => line[0] != '#').Concat(More).ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether a lower-case ASCII name is that of such a provider.</summary>
    public static bool Has(string name) => Domains.Value.Contains(name);
}

/// <summary>The lists of names in this assembly.</summary>
internal static class Lists
{
    /// <summary>The lines of a list, without blank ones.</summary>
    public static IEnumerable<string> Lines(string file) => Resources.Read(file).Split('\n')
        .Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Trim());
}
