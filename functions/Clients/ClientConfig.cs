using Connections.Chat;
using Connections.Chat.SavedTexts;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Files;
using Connections.Http;
using Connections.Invites;
using Connections.Members;
using Connections.Safety;

namespace Connections.Clients;

/// <summary>What a client must know before its member signs in.</summary>
/// <param name="Identity">Where and how members sign in.</param>
/// <param name="Clients">The apps that are known here, by the names that the settings give them.</param>
/// <param name="Limits">The limits of fields and lists.</param>
/// <param name="Files">What files can be sent.</param>
/// <param name="EditSeconds">For how long a message can be edited and deleted after it was sent.</param>
/// <param name="AvatarHosts">
/// The hosts from which an app may load pictures of members, beside the API's own. Any other picture would tell its owner who looks at it,
/// when and from where.
/// </param>
public sealed record ClientConfig(
    IdentityConfig Identity,
    IReadOnlyList<AppConfig> Clients,
    FieldLimits Limits,
    FileLimits Files,
    int EditSeconds,
    IReadOnlyList<string> AvatarHosts);

/// <summary>Where and how members sign in.</summary>
/// <param name="Issuer">The issuer, as in its tokens.</param>
/// <param name="Discovery">The issuer's OpenID discovery document.</param>
/// <param name="Audience">The audience that tokens must have.</param>
/// <param name="Scope">The scopes to ask for, separated by spaces.</param>
public sealed record IdentityConfig(string Issuer, Uri Discovery, string Audience, string Scope);

/// <summary>An app of the product.</summary>
/// <param name="Name">Its name, such as <c>ios</c>.</param>
/// <param name="ClientId">Its client id at the issuer; absent if it has none.</param>
/// <param name="OldestVersion">The oldest version that is served; an older one must be updated. Absent if all are.</param>
public sealed record AppConfig(string Name, string? ClientId, string? OldestVersion);

/// <summary>What files can be sent.</summary>
/// <param name="Pictures">The types of pictures.</param>
/// <param name="Documents">The other types.</param>
/// <param name="PictureBytes">The largest picture.</param>
/// <param name="DocumentBytes">The largest document.</param>
/// <param name="Pixels">The most pixels of a picture, width times height.</param>
/// <param name="Name">The longest name.</param>
/// <param name="Alt">The longest description of a picture.</param>
/// <param name="InMessage">The most files of one message.</param>
public sealed record FileLimits(
    IReadOnlyList<string> Pictures,
    IReadOnlyList<string> Documents,
    int PictureBytes,
    int DocumentBytes,
    int Pixels,
    int Name,
    int Alt,
    int InMessage)
{
    /// <summary>The limits of this deployment.</summary>
    public static FileLimits Of(FilesSettings files)
    {
        return new(
            [.. FileType.All.Where(type => type.IsPicture).Select(type => type.Media)],
            [.. FileType.All.Where(type => !type.IsPicture).Select(type => type.Media)],
            files.MaxPicture,
            files.MaxDocument,
            files.MaxPixels,
            CreateFile.MaxName,
            FilesSettings.MaxAlt,
            FilesSettings.MaxOfMessage);
    }
}

/// <summary>The limits of fields, in Unicode code points or items.</summary>
public sealed record FieldLimits(
    int DisplayName,
    int Handle,
    int Headline,
    int Bio,
    int Organisation,
    int Url,
    int Categories,
    int Tags,
    int Tag,
    int Platforms,
    int PlatformHandle,
    int Languages,
    long Followers,
    int OpenTo,
    int Formats,
    int Offers,
    long Rate,
    int LeadTime,
    int Expects,
    int About,
    int Note,
    int Message,
    int MessageClientId,
    int MessageBatch,
    int SavedTexts,
    int SavedTextName,
    int ReportDetails,
    int SearchText,
    int SearchWords,
    int FilterValues,
    int PageSize,
    int BodyBytes)
{
    /// <summary>The limits of this deployment.</summary>
    public static FieldLimits Of(InviteSettings invites, ChatSettings chat, SafetySettings safety)
    {
        return new(
            ProfileLimits.DisplayName,
            ProfileLimits.Handle,
            ProfileLimits.Headline,
            ProfileLimits.Bio,
            ProfileLimits.Organisation,
            ProfileLimits.Url,
            ProfileLimits.Categories,
            ProfileLimits.Tags,
            ProfileLimits.Tag,
            ProfileLimits.Platforms,
            ProfileLimits.PlatformHandle,
            ProfileLimits.Languages,
            ProfileLimits.Followers,
            ProfileLimits.Choices,
            ProfileLimits.Choices,
            ProfileLimits.Choices,
            ProfileLimits.Rate,
            ProfileLimits.LeadTime,
            ProfileLimits.Expects,
            ProfileLimits.About,
            invites.MaxNote,
            chat.MaxText,
            ChatSettings.MaxClientId,
            ChatSettings.MaxBatch,
            chat.SavedTextsAtMost,
            SavedTextsRequest.MaxName,
            safety.MaxDetails,
            Members.SearchText.MaxLength,
            Members.SearchText.MaxWords,
            CreatorFilter.MaxValues,
            PageRequest.MaxLimit,
            HttpApi.MaxBody);
    }
}
