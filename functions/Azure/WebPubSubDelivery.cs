using Azure.Core;
using Azure.Messaging.WebPubSub;
using Connections.Chat;

namespace Connections.Azure;

/// <summary>Live delivery by Azure Web PubSub.</summary>
public sealed class WebPubSubDelivery(WebPubSubServiceClient client) : ILiveDelivery
{
    /// <inheritdoc/>
    public Task SendAsync(MemberId to, string json, CancellationToken ct) =>
        client.SendToUserAsync(to.Value, RequestContent.Create(BinaryData.FromString(json)), ContentType.ApplicationJson, context: new()
        {
            CancellationToken = ct,
        });

    /// <inheritdoc/>
    /// <remarks>
    /// The client library asks the service for a token of whole minutes, and counts them when some of the time has passed: a token for an
    /// hour holds for 59 minutes. The URL itself says until when.
    /// </remarks>
    public async Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
        ClientAccess.Of(await client.GetClientAccessUriAsync(lifetime, member.Value, cancellationToken: ct));

    /// <inheritdoc/>
    public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
        client.CloseUserConnectionsAsync(member.Value, except, reason: null, new() { CancellationToken = ct });

    /// <inheritdoc/>
    public async Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) =>
        await client.UserExistsAsync(member.Value, new() { CancellationToken = ct });
}
