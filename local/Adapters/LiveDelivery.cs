using Connections.Chat;
using Connections.Emulators.WebPubSub;
using Connections.Members;

namespace Connections.Local.Adapters;

/// <summary>Live delivery by the Web PubSub emulator in this process.</summary>
internal sealed class LiveDelivery(LocalWebPubSub hub) : ILiveDelivery
{
    public Task SendAsync(MemberId to, string json, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        hub.Send(to.Value, json);
        return Task.CompletedTask;
    }

    public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct)
    {
        var made = hub.GetClientUrl(member.Value, lifetime);
        return Task.FromResult(new ClientAccess(made.Url, made.ExpiresAt));
    }

    public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct)
    {
        hub.Close(member.Value, except);
        return Task.CompletedTask;
    }

    public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => Task.FromResult(hub.IsOnline(member.Value));
}
