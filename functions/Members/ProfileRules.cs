namespace Connections.Members;

/// <summary>What a profile may hold, and what a listed one must.</summary>
public static class ProfileRules
{
    /// <summary>The member with the profile replaced by what was sent, ready to be written; or everything that is wrong with it.</summary>
    /// <remarks>
    /// Pure. <see cref="ProfileContent.Kind"/> is set once: later it may be left out or repeated, and another one is refused with
    /// <see cref="KindIsSet"/>. <see cref="Member.ListedAt"/> is when a creator was first listed and stays when they come back.
    /// </remarks>
    public static Result<Member> Apply(Member member, ProfileChange change, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(change);
        var fields = new Fields();
        var kind = Kind(fields, change.Kind);
        var changed = member with
        {
            Kind = member.Kind ?? kind,
            DisplayName = fields.RequiredText("displayName", change.DisplayName, ProfileLimits.DisplayName),
            Handle = ProfileFields.Handle(fields, change.Handle),
            Headline = fields.Text("headline", change.Headline, ProfileLimits.Headline),
            Bio = fields.Text("bio", change.Bio, ProfileLimits.Bio, lines: true),
            AvatarUrl = ProfileFields.Url(fields, "avatarUrl", change.AvatarUrl, member.AvatarUrl),
            Organisation = fields.Text("organisation", change.Organisation, ProfileLimits.Organisation),
            Website = ProfileFields.Url(fields, "website", change.Website, member.Website),
            Categories = ProfileFields.Categories(fields, change.Categories),
            Tags = ProfileFields.Tags(fields, change.Tags),
            Platforms = ProfileFields.Platforms(fields, change.Platforms, member.Platforms),
            Country = ProfileFields.Country(fields, change.Country),
            Languages = ProfileFields.Languages(fields, change.Languages),
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

        return fields.Valid
            ? (changed with { ListedAt = changed.ListedAt ?? (changed.Listed ? now : null) }).Indexed().OwingCard(member, now)
            : fields.ToError();
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
                fields.Refuse("kind", "Must be brand or creator.");
                return null;
        }
    }

    // Named one by one, so that a member sees how far it still is to being found.
    private static void RefuseIncomplete(Fields fields, Member member)
    {
        Need(member.Kind is MemberKind.Creator, "Only a creator can be listed: send kind creator.");
        Need(member.Handle is not null, "Needs a handle.");
        Need(member.Headline is not null, "Needs a headline.");
        Need(member.Categories.Count > 0, "Needs at least one of categories.");
        Need(member.Platforms.Count > 0, "Needs at least one of platforms.");

        void Need(bool met, string error)
        {
            if (!met)
            {
                fields.Refuse("listed", error);
            }
        }
    }
}

/// <summary>A member stays what they first said they are.</summary>
public sealed record KindIsSet(MemberKind Kept) : Error(
    "kind-is-set",
    ErrorKind.Conflict,
    "What a member is here for is set once",
    $"This profile is a {(Kept is MemberKind.Brand ? "brand" : "creator")}'s. Send the same kind or leave it out; to be the other, sign in as another member.");
