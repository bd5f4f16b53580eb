using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Members;

/// <summary>Checks single fields of a profile. Each method returns a storable value and adds errors to the fields.</summary>
internal static partial class ProfileFields
{
    /// <summary>A line of text without a web address: it stands in emails to people who do not know the member.</summary>
    public static string? Line(Fields fields, string field, string? text, int max) =>
        WithoutLure(fields, field, fields.Text(field, text, max));

    /// <summary>Like <see cref="Line"/>, but required.</summary>
    public static string RequiredLine(Fields fields, string field, string? text, int max) =>
        WithoutLure(fields, field, fields.RequiredText(field, text, max))!;

    public static string? Handle(Fields fields, string? text)
    {
        var handle = Line(fields, "handle", text, ProfileLimits.Handle);
        if (handle is not null && !handle.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            fields.Refuse(
                "handle", "The handle may have only the letters a to z, digits and . _ -, without an @.", FieldCode.BadCharacter);
        }

        return handle;
    }

    /// <summary>An https URL that shows where it leads: no user name or password, nothing to escape, an honest host.</summary>
    /// <param name="field">The field's JSON name.</param>
    /// <param name="standing">
    /// The stored URL, which is always allowed, so that a member can send a profile back as they read it. The pictures of demo members, for
    /// example, are http URLs on the local machine.
    /// </param>
    public static string? Url(Fields fields, string field, string? text, string? standing = null)
    {
        var url = fields.Text(field, text, ProfileLimits.Url);
        if (url is null || url == standing)
        {
            return url;
        }

        if (Address().Match(url) is not { Success: true } match
            || !Uri.TryCreate(url, UriKind.Absolute, out _) || url.EnumerateRunes().Any(IsHidden))
        {
            fields.Refuse(
                field,
                "The address must be an https address such as https://example.com/me, without a user name.",
                FieldCode.BadAddress);
        }
        else if (!DomainName.IsHonest(match.Groups["host"].Value))
        {
            fields.Refuse(field, "The address must have a host that shows where it leads, such as example.com: letters of one alphabet, "
                + "digits, hyphens and dots.", FieldCode.BadAddress);
        }

        return url;
    }

    private static string? WithoutLure(Fields fields, string field, string? text)
    {
        if (Lure.IsIn(text))
        {
            fields.Refuse(
                field, "The text has a web address. Leave it out here, and give it as the website.", FieldCode.HasAddress);
        }

        return text;
    }

    // Invisible characters, some of which change the text direction. Emoji and some scripts need the joiners.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);

    /// <summary>Values from a published list.</summary>
    /// <param name="what">What a value is called in the error.</param>
    public static IReadOnlyList<string> Published(
        Fields fields, string list, IReadOnlyList<string?>? values, int max, IReadOnlyList<string> published, string what) =>
        Each(fields, list, values, max, (field, text) =>
        {
            var value = PublishedLists.Find(published, text);
            if (value is null)
            {
                fields.Refuse(field, $"The {what} must be one of {string.Join(", ", published)}.", FieldCode.UnknownValue);
            }

            return value;
        }).Distinct(StringComparer.Ordinal).ToArray();

    public static IReadOnlyList<string> Tags(Fields fields, IReadOnlyList<string?>? values) =>
        Each(fields, "tags", values, ProfileLimits.Tags, (field, text) => fields.RequiredText(field, text, ProfileLimits.Tag))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

    public static IReadOnlyList<string> Languages(Fields fields, IReadOnlyList<string?>? values) =>
        Each(fields, "languages", values, ProfileLimits.Languages, (field, text) => Language(fields, field, text ?? ""))
            .Distinct(StringComparer.Ordinal).ToArray();

    public static string? Language(Fields fields, string field, string? text)
    {
        var tag = LanguageTag.Find(text);
        if (tag is null && text is not null)
        {
            fields.Refuse(field, "The language must be a BCP 47 tag such as en or pt-BR.", FieldCode.BadForm);
        }

        return tag;
    }

    public static string? Country(Fields fields, string? text)
    {
        var country = Countries.Find(text);
        if (country is null && VisibleText.IsVisible(text))
        {
            fields.Refuse("country", "The country must be an ISO 3166 alpha-2 code such as DE or GB.", FieldCode.UnknownValue);
        }

        return country;
    }

    /// <summary>The platforms with the source of their numbers.</summary>
    /// <param name="standing">The stored platforms. Numbers that do not change keep their source and the time of their check.</param>
    /// <param name="now">The time of the check of an import that does not say one.</param>
    public static IReadOnlyList<Platform> Platforms(
        Fields fields,
        IReadOnlyList<PlatformChange?>? values,
        IReadOnlyList<Platform> standing,
        PlatformSource source,
        DateTimeOffset now)
    {
        var platforms = Each(fields, "platforms", values, ProfileLimits.Platforms, (field, sent) =>
        {
            var platform = PlatformOf(fields, field, sent, standing);
            if (sent?.CheckedAt > now)
            {
                fields.Refuse(field + ".checkedAt", "The time of a check must not be in the future.", FieldCode.OutOfRange);
            }

            var known = standing.FirstOrDefault(known => known.Source == PlatformSource.Import && HasSameNumbers(known, platform));
            return source == PlatformSource.Self
                ? platform with { Source = known?.Source ?? PlatformSource.Self, CheckedAt = known?.CheckedAt }
                : platform with
                {
                    Source = PlatformSource.Import,
                    CheckedAt = sent?.CheckedAt?.InMilliseconds() ?? known?.CheckedAt ?? now,
                };
        });
        for (var i = 1; i < platforms.Count; i++)
        {
            var (name, handle) = (platforms[i].Name, platforms[i].Handle);
            if (platforms.Take(i).Any(p => p.Name == name && string.Equals(p.Handle, handle, StringComparison.OrdinalIgnoreCase)))
            {
                fields.Refuse($"platforms[{i}]", "Another platform in the list has the same name and handle.", FieldCode.Duplicate);
            }
        }

        return platforms;
    }

    private static bool HasSameNumbers(Platform one, Platform other) =>
        (one.Name, one.Followers, one.Engagement) == (other.Name, other.Followers, other.Engagement)
            && string.Equals(one.Handle, other.Handle, StringComparison.OrdinalIgnoreCase);

    private static Platform PlatformOf(Fields fields, string field, PlatformChange? sent, IReadOnlyList<Platform> standing)
    {
        sent ??= new PlatformChange(null, null, null, null, null);
        var name = PublishedLists.Find(PublishedLists.Platforms, sent.Name);
        if (name is null)
        {
            fields.RefuseValue(
                field + ".name", sent.Name, "The platform must be one of " + string.Join(", ", PublishedLists.Platforms) + ".");
        }

        var followers = sent.Followers ?? 0;
        if (followers is < 0 or > ProfileLimits.Followers)
        {
            fields.Refuse(
                field + ".followers",
                $"Followers must be a whole number from 0 to {ProfileLimits.Followers}.",
                FieldCode.OutOfRange);
        }

        // Written so that NaN is refused too.
        var engagement = sent.Engagement ?? 0;
        if (!(engagement >= 0 && engagement <= 1))
        {
            fields.Refuse(
                field + ".engagement", "The engagement must be a fraction from 0 to 1; 0.034 is 3.4%.", FieldCode.OutOfRange);
        }

        return new Platform(
            name ?? "",
            fields.RequiredText(field + ".handle", sent.Handle, ProfileLimits.PlatformHandle),
            Url(fields, field + ".url", sent.Url, standing.FirstOrDefault(platform => platform.Url == sent.Url)?.Url),
            followers,
            // JSON allows negative zero, which would show its sign.
            Math.Max(engagement, 0));
    }

    // Stops at the limit, so that a long list does not cause thousands of errors.
    private static List<TValue> Each<TSent, TValue>(
        Fields fields, string field, IReadOnlyList<TSent>? values, int max, Func<string, TSent, TValue?> read)
        where TValue : class
    {
        if (values?.Count > max)
        {
            fields.Refuse(field, $"The list has {values.Count} entries; at most {max} are allowed.", FieldCode.TooMany);
        }

        return (values ?? []).Take(max).Select((value, i) => read($"{field}[{i}]", value)).OfType<TValue>().ToList();
    }

    // Nothing before the host, and no character that a URL must escape (RFC 3986), except letters of any script.
    [GeneratedRegex("""\Ahttps://(?<host>\[[0-9a-f:.]+\]|[^\s/?#@"<>\\^`{|}:\[\]]+)(:[0-9]{1,5})?([/?#][^\s"<>\\^`{|}]*)?\z""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
