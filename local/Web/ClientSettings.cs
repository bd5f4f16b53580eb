using Connections.Chat;
using Connections.Creators.Load;
using Connections.Invites;
using Connections.Safety;
using Connections.Settings;

namespace Connections.Local.Web;

/// <summary><c>/config.json</c>: the web client's settings, which make one build run anywhere.</summary>
/// <param name="Api">The prefix of <c>/api</c>; empty, because this host serves both.</param>
/// <param name="Pictures">The origins from which the client loads pictures of members, beside its own.</param>
public sealed record ClientSettings(string Api, SignIn SignIn, string Support, ClientLimits Limits, IReadOnlyList<string> Pictures)
{
    private const string ClientId = "connections-web";

    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    internal static ClientSettings Read(
        IConfiguration configuration, Uri host, InviteSettings invites, ChatSettings chat, SafetySettings safety, LoadSettings load) =>
        new(
            "",
            configuration["Web:SignIn"] switch
            {
                null or "" or "development" => new SignIn("development"),
                "oidc" => new SignIn("oidc")
                {
                    Authority = configuration.Required("Identity:Issuer", "the issuer's URL"),
                    ClientId = ClientId,
                    Scope = "openid profile email offline_access",
                },
                _ => throw new SettingException(
                    "The setting Web__SignIn is malformed. It takes development (pick a demo member) or oidc (OpenID Connect, as in Azure, "
                        + "with this host's issuer)."),
            },
            safety.SupportAddress,
            new ClientLimits(invites.MaxNote, chat.MaxText, safety.MaxDetails, (int)chat.EditFor.TotalSeconds),
            // The demo members' pictures are this host's, by the name that it was started with.
            [host.GetLeftPart(UriPartial.Authority), .. load.AvatarHosts.Select(name => "https://" + name)]);
}

/// <summary>The limits of the functions, which the web client shows in advance.</summary>
/// <param name="EditSeconds">How long after sending a message can be edited and deleted.</param>
public sealed record ClientLimits(int Note, int Message, int Details, int EditSeconds);

/// <summary>How members sign in.</summary>
/// <param name="Kind"><c>development</c>: the client lists the demo members; <c>oidc</c>: the issuer asks who signs in.</param>
public sealed record SignIn(string Kind)
{
    /// <summary>The issuer.</summary>
    public string? Authority { get; init; }

    /// <summary>The client's id at the issuer.</summary>
    public string? ClientId { get; init; }

    /// <summary>The scopes that the client asks for.</summary>
    public string? Scope { get; init; }
}
