using Connections.Members;

namespace Connections.Local.DemoData;

/// <summary>A member that a developer can sign in as.</summary>
/// <param name="Email">The address of their notices, which go to the outbox at <c>/dev/mail</c>.</param>
public sealed record DemoMember(MemberId Id, string DisplayName, MemberKind Kind, string Email);

/// <summary>The members that every local host starts with: a brand, a creator, a moderator, a suspended brand, and the demo
/// creators.</summary>
public static class DemoCast
{
    /// <summary>How many demo creators the sign-in page offers.</summary>
    public const int Offered = 20;

    private static readonly DateTimeOffset Since = new(2024, 1, 8, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The brand that the tour in <c>docs/tour.md</c> acts as.</summary>
    public static MemberId BrandId { get; } = new("demo-brand");

    /// <summary>The creator that the tour invites.</summary>
    public static MemberId CreatorId { get; } = new("demo-creator");

    /// <summary>The moderator of <c>/moderation</c>.</summary>
    public static MemberId ModeratorId { get; } = new("demo-moderator");

    /// <summary>A brand that a moderator has suspended.</summary>
    public static MemberId SuspendedId { get; } = new("demo-suspended");

    /// <summary>The roles in the tokens of a member.</summary>
    public static IReadOnlyList<string> RolesOf(string id) => id == ModeratorId.Value ? ["moderator"] : [];

    /// <summary>The demo brand.</summary>
    public static Member Brand(Uri avatars) => new Member
    {
        Id = BrandId,
        Kind = MemberKind.Brand,
        DisplayName = "Linnea Berg",
        Handle = "nordlys",
        Headline = "Partnerships at Nordlys Outdoor",
        Bio = "Nordlys makes rain jackets that can be mended. We look for creators who are out in all weather.",
        AvatarUrl = Avatar(avatars, BrandId),
        Organisation = "Nordlys Outdoor",
        Website = "https://nordlys.example",
        Categories = ["outdoors", "sustainability"],
        Country = "NO",
        Languages = ["en", "nb"],
        Offers = ["paid", "gifted", "ambassador"],
        About = "You test the jacket for two months before you say a word. We pay within two weeks, and never ask you to delete a bad "
            + "review.",
        Language = "en",
        Email = "demo-brand@nordlys.example",
        EmailConfirmed = true,
        CreatedAt = Since,
    }.Indexed();

    /// <summary>The demo creator, who is listed.</summary>
    public static Member Creator(Uri avatars) => new Member
    {
        Id = CreatorId,
        Kind = MemberKind.Creator,
        DisplayName = "Maya Okafor",
        Handle = "maya.outside",
        Headline = "Day hikes you can reach by bus",
        Bio = "Based in Lagos and Leeds. I map every walk, and how wet your feet get.\n\nWrite to me with an idea, not with a script.",
        AvatarUrl = Avatar(avatars, CreatorId),
        Website = "https://maya-outside.example.com",
        Categories = ["outdoors", "travel"],
        Tags = ["hiking", "by bus", "slow travel"],
        Platforms =
        [
            new("instagram", "maya.outside", "https://instagram.example.com/maya.outside", 48_200, 0.041, PlatformSource.Import,
                Since.AddDays(1000)),
            new("youtube", "mayaoutside", "https://youtube.example.com/mayaoutside", 12_900, 0.058),
        ],
        Country = "GB",
        Languages = ["en"],
        OpenTo = ["paid", "affiliate", "event"],
        Formats = ["short-video", "photo-set", "written"],
        RateFrom = new Rate(350, "GBP"),
        LeadTime = 14,
        AvailableFrom = new DateOnly(2026, 9, 1),
        Expects = "Tell me who the walk is for and what must not be shown. I choose the words, you get one round of changes, and kit that "
            + "I test stays with me.",
        Answers = DemoTerms.Answered("day"),
        Language = "en",
        Listed = true,
        ListedAt = Since,
        Email = "demo-creator@example.com",
        CreatedAt = Since,
    }.Indexed();

    /// <summary>The demo moderator.</summary>
    public static Member Moderator(Uri avatars) => new Member
    {
        Id = ModeratorId,
        Kind = MemberKind.Brand,
        DisplayName = "Ines Duarte",
        Headline = "Moderator",
        Organisation = "Connections",
        AvatarUrl = Avatar(avatars, ModeratorId),
        Language = "en",
        Email = "demo-moderator@example.com",
        CreatedAt = Since,
    }.Indexed();

    /// <summary>The demo brand that is suspended.</summary>
    public static Member Suspended(Uri avatars) => new Member
    {
        Id = SuspendedId,
        Kind = MemberKind.Brand,
        DisplayName = "Quick Reach",
        Headline = "Ten thousand followers by Friday",
        Organisation = "Quick Reach Media",
        AvatarUrl = Avatar(avatars, SuspendedId),
        Language = "en",
        Email = "demo-suspended@example.com",
        CreatedAt = Since,
    }.Indexed();

    /// <summary>
    /// The members of <c>GET /dev/members</c>: the brand, the creator, the first demo creators, then the moderator and the suspended brand.
    /// </summary>
    public static IReadOnlyList<DemoMember> Members(int creators, Uri avatars) =>
        Enumerable.Range(1, Math.Min(creators, Offered))
            .Select(number => DemoCreator.Create(number, avatars))
            .Prepend(Creator(avatars))
            .Prepend(Brand(avatars))
            .Concat(creators > 0 ? [Moderator(avatars), Suspended(avatars)] : [])
            .Select(m => new DemoMember(m.Id, m.DisplayName, m.Kind!.Value, m.Email!))
            .ToArray();

    private static string Avatar(Uri avatars, MemberId id) => new Uri(avatars, id + ".svg").AbsoluteUri;
}
