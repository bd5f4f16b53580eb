using Connections.Chat;
using Connections.Invites;
using Connections.Safety;
using Connections.Settings;

namespace Connections.Local.Web;

/// <summary><c>/config.json</c>: what the web client must know of where it runs. One build runs anywhere by it.</summary>
/// <param name="Api">What stands in front of <c>/api</c>: nothing, because this host serves both.</param>
/// <param name="SignIn">How members sign in.</param>
/// <param name="Support">The customer success manager's address.</param>
/// <param name="Limits">What the functions are set to allow.</param>
public sealed record ClientSettings(string Api, SignIn SignIn, string Support, ClientLimits Limits)
{
    private const string ClientId = "connections-web";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    internal static ClientSettings Read(IConfiguration configuration, InviteSettings invites, ChatSettings chat, SafetySettings safety) => new(
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
            _ => throw new SettingException("The setting Web__SignIn is malformed. It takes development (pick a demo member) or oidc (as in Azure: OpenID Connect with this host's issuer)."),
        },
        safety.SupportAddress,
        new ClientLimits(invites.MaxNote, chat.MaxText, safety.MaxDetails, (int)chat.EditFor.TotalSeconds));
}

/// <summary>What the functions are set to allow, so that the web client can say it beforehand.</summary>
/// <param name="Note">Characters of an invite's note.</param>
/// <param name="Message">Characters of a message.</param>
/// <param name="Details">Characters of what is said to a report.</param>
/// <param name="EditSeconds">For how long after it was sent a message can be edited and deleted.</param>
public sealed record ClientLimits(int Note, int Message, int Details, int EditSeconds);

/// <summary>How members sign in.</summary>
/// <param name="Kind"><c>development</c>: the client offers the demo members; <c>oidc</c>: the issuer asks who is there.</param>
public sealed record SignIn(string Kind)
{
    /// <summary>The issuer.</summary>
    public string? Authority { get; init; }

    /// <summary>The client's name at the issuer.</summary>
    public string? ClientId { get; init; }

    /// <summary>What the client asks of the issuer.</summary>
    public string? Scope { get; init; }
}
