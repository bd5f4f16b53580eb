using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Connections.Chat;

/// <summary>A URL by which a client opens a Web PubSub socket, for one member and a short time. A secret: never log it.</summary>
public sealed record ClientAccess(Uri Url, DateTimeOffset ExpiresAt)
{
    /// <summary>The access by a URL. It expires with the token in the URL.</summary>
    public static ClientAccess Of(Uri url) =>
        new(url, new DateTimeOffset(new JsonWebToken(QueryHelpers.ParseQuery(url.Query)["access_token"]).ValidTo));
}

/// <summary>Live delivery to members' open clients: Web PubSub in Azure, <c>local/Emulators</c> on one machine.</summary>
/// <remarks>Clients do not depend on events: they fetch what they missed.</remarks>
public interface ILiveDelivery
{
    /// <summary>The hub that all clients connect to.</summary>
    const string Hub = "connections";

    /// <summary>Sends JSON to all of the member's open clients; succeeds when there are none.</summary>
    Task SendAsync(MemberId to, string json, CancellationToken ct);

    /// <summary>Makes a client URL for the member.</summary>
    /// <param name="member">The member whose events the client gets.</param>
    /// <param name="lifetime">How long the URL can be opened, at most.</param>
    Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct);

    /// <summary>Closes the member's open clients, except the connections named.</summary>
    Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct);

    /// <summary>Whether the member has a client open now.</summary>
    Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct);
}
