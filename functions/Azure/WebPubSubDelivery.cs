using Azure.Core;
using Azure.Messaging.WebPubSub;
using Connections.Chat;
using Connections.Members;

namespace Connections.Azure;

/// <summary>Live delivery by Azure Web PubSub.</summary>
public sealed class WebPubSubDelivery(WebPubSubServiceClient client, TimeProvider time) : ILiveDelivery
{
    /// <inheritdoc/>
    public Task SendAsync(MemberId to, string json, CancellationToken ct) =>
        client.SendToUserAsync(to.Value, RequestContent.Create(BinaryData.FromString(json)), ContentType.ApplicationJson, context: new() { CancellationToken = ct });

    /// <inheritdoc/>
    public async Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct)
    {
        // By its length, not its end: the client counts in whole minutes, and of the time until an end it would drop one.
        var expiresAt = time.Now() + lifetime;
        return new ClientAccess(await client.GetClientAccessUriAsync(lifetime, member.Value, cancellationToken: ct), expiresAt);
    }

    /// <inheritdoc/>
    public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
        client.CloseUserConnectionsAsync(member.Value, except, reason: null, new() { CancellationToken = ct });

    /// <inheritdoc/>
    public async Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => await client.UserExistsAsync(member.Value, new() { CancellationToken = ct });
}
