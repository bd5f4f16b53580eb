namespace Connections.Members;

/// <summary>The rules for profiles, and for listed profiles.</summary>
public static class ProfileRules
{
    /// <summary>The member with the new profile, ready to be written, or all errors in it.</summary>
    /// <remarks>
    /// Pure. <see cref="ProfileContent.Kind"/> never changes once set: a change may omit or repeat it, and <see cref="KindIsSet"/> refuses
    /// another one. <see cref="Member.ListedAt"/> is when the creator was first listed, and stays when they are listed again.
    /// </remarks>
    /// <param name="source">Who states the numbers of the platforms.</param>
    /// <param name="picture">The address of the picture, where the member uploaded one.</param>
    public static Result<Member> Apply(
        Member member, ProfileChange change, DateTimeOffset now, PlatformSource source = PlatformSource.Self, Uri? picture = null)
    {
        var fields = new Fields();
        var kind = Kind(fields, change.Kind);
        var changed = member with
        {
            Kind = member.Kind ?? kind,
            DisplayName = ProfileFields.RequiredLine(fields, "displayName", change.DisplayName, ProfileLimits.DisplayName),
            Handle = ProfileFields.Handle(fields, change.Handle),
            Headline = ProfileFields.Line(fields, "headline", change.Headline, ProfileLimits.Headline),
            Bio = fields.Text("bio", change.Bio, ProfileLimits.Bio, lines: true),
            AvatarUrl = picture?.AbsoluteUri ?? ProfileFields.Url(fields, "avatarUrl", change.AvatarUrl, member.AvatarUrl),
            Organisation = ProfileFields.Line(fields, "organisation", change.Organisation, ProfileLimits.Organisation),
            Website = ProfileFields.Url(fields, "website", change.Website, member.Website),
            Categories = ProfileFields.Published(
                fields, "categories", change.Categories, ProfileLimits.Categories, PublishedLists.Categories, "category"),
            Tags = ProfileFields.Tags(fields, change.Tags),
            Platforms = ProfileFields.Platforms(fields, change.Platforms, member.Platforms, source, now),
            Country = ProfileFields.Country(fields, change.Country),
            Languages = ProfileFields.Languages(fields, change.Languages),
            OpenTo = Collaborations("openTo", change.OpenTo),
            Formats = ProfileFields.Published(
                fields, "formats", change.Formats, ProfileLimits.Choices, PublishedLists.Formats, "format"),
            RateFrom = ProfileFields.Rate(fields, change.RateFrom),
            LeadTime = ProfileFields.Number(fields, "leadTime", change.LeadTime, 0, ProfileLimits.LeadTime),
            AvailableFrom = ProfileFields.Day(fields, "availableFrom", change.AvailableFrom),
            Expects = fields.Text("expects", change.Expects, ProfileLimits.Expects, lines: true),
            Offers = Collaborations("offers", change.Offers),
            About = fields.Text("about", change.About, ProfileLimits.About, lines: true),
            Language = ProfileFields.Language(fields, "language", VisibleText.IsVisible(change.Language) ? change.Language : null),
            Listed = change.Listed ?? false,
        };
        if (fields.Valid && kind is not null && kind != changed.Kind)
        {
            return new KindIsSet(changed.Kind!.Value);
        }

        if (fields.Valid && changed.Listed)
        {
            RefuseIncomplete(fields, changed);
        }

        if (source == PlatformSource.Import && !string.IsNullOrEmpty(change.Avatar))
        {
            fields.Refuse("avatar", "Only a member can upload a picture. Give its address in avatarUrl.", FieldCode.Conflict);
        }

        if (changed.Listed && member.Standing?.Unlisting is not null)
        {
            fields.Refuse(
                "listed",
                "A moderator took this profile off the list. Answer the email about it; until a moderator lifts that, send false.",
                FieldCode.Conflict);
        }

        return fields.Valid
            ? (changed with { ListedAt = changed.ListedAt ?? (changed.Listed ? now : null) })
                .Dropping(member.AvatarUrl).Indexed().WithCardDue(member, now)
            : fields.ToError();

        IReadOnlyList<string> Collaborations(string field, IReadOnlyList<string?>? sent) => ProfileFields.Published(
            fields, field, sent, ProfileLimits.Choices, PublishedLists.Collaborations, "kind of collaboration");
    }

    private static MemberKind? Kind(Fields fields, string? text)
    {
        switch (text)
        {
            case null:
                return null;
            case "brand":
                return MemberKind.Brand;
            case "creator":
                return MemberKind.Creator;
            default:
                fields.Refuse("kind", "The kind must be brand or creator.", FieldCode.UnknownValue);
                return null;
        }
    }

    // One error each, so that the member sees everything that is missing.
    private static void RefuseIncomplete(Fields fields, Member member)
    {
        Need(member.Kind is MemberKind.Creator, "Only a creator can be listed. Send the kind creator.");
        Need(member.Handle is not null, "A listed profile needs a handle.");
        Need(member.Headline is not null, "A listed profile needs a headline.");
        Need(member.Categories.Count > 0, "A listed profile needs one or more categories.");
        Need(member.Platforms.Count > 0, "A listed profile needs one or more platforms.");

        void Need(bool met, string error)
        {
            if (!met)
            {
                fields.Refuse("listed", error, FieldCode.Incomplete);
            }
        }
    }
}

/// <summary>Limits on lengths (in Unicode code points) and counts. A profile at every limit fits into the largest body.</summary>
public static class ProfileLimits
{
    /// <summary>The longest display name. The shortest has 1.</summary>
    public const int DisplayName = 80;

    /// <summary>The longest handle.</summary>
    public const int Handle = 40;

    /// <summary>The longest headline.</summary>
    public const int Headline = 120;

    /// <summary>The longest bio.</summary>
    public const int Bio = 2000;

    /// <summary>The longest name of an organisation.</summary>
    public const int Organisation = 80;

    /// <summary>The longest URL.</summary>
    public const int Url = 500;

    /// <summary>The most categories.</summary>
    public const int Categories = 5;

    /// <summary>The most tags.</summary>
    public const int Tags = 20;

    /// <summary>The longest tag.</summary>
    public const int Tag = 30;

    /// <summary>The most platforms.</summary>
    public const int Platforms = 10;

    /// <summary>The longest handle on a platform; some platforms allow any script.</summary>
    public const int PlatformHandle = 100;

    /// <summary>The most followers: more than the people on earth.</summary>
    public const long Followers = 10_000_000_000;

    /// <summary>The most languages.</summary>
    public const int Languages = 10;

    /// <summary>The most kinds of collaboration, and the most formats.</summary>
    public const int Choices = 10;

    /// <summary>The largest amount of a rate: enough for every currency.</summary>
    public const long Rate = 10_000_000_000;

    /// <summary>The longest lead time, in days.</summary>
    public const int LeadTime = 365;

    /// <summary>The first year of a day.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year of a day.</summary>
    public const int LastYear = 2099;

    /// <summary>The longest text about what a creator expects of a brand.</summary>
    public const int Expects = 600;

    /// <summary>The longest text about what it is like to work with a brand.</summary>
    public const int About = 600;
}
