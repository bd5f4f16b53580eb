using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Chat.Sockets;

/// <summary>Keeps the number of a member's open sockets within a limit: the newest stay, older sockets are closed.</summary>
/// <remarks>
/// A document in the member's partition of <c>contacts</c> lists the newest connections, as many as may be open. It does not matter which
/// of them have closed since: closing all others leaves no more open than allowed.
/// </remarks>
public sealed class OpenSockets(Containers containers, ILiveDelivery live, ChatSettings settings, TimeProvider time)
{
    private const string DocumentId = "sockets";

    /// <summary>
    /// Adds a connection that is about to open. One request to the database; past the limit two, and one to live delivery.
    /// </summary>
    public async Task AddAsync(MemberId member, string connectionId, CancellationToken ct)
    {
        // Another socket of this member can create the document first, once in its life.
        var added = await OptimisticWrite.RunAsync<Sockets>(
            time,
            async _ =>
            {
                var (status, patched) = await PatchAsync(
                    member,
                    [PatchOperation.Add("/connections/-", connectionId), PatchOperation.Increment("/opened", 1)],
                    condition: null,
                    ct);
                if (status == HttpStatusCode.OK)
                {
                    return patched!;
                }

                var first = new Sockets(DocumentId, member, 1, [connectionId]);
                return await containers.Contacts.TryCreateAsync(first, member.Value, ct) ? first : new Superseded();
            },
            ct);
        await KeepNewestAsync(added, ct);
    }

    private async Task KeepNewestAsync(Sockets sockets, CancellationToken ct)
    {
        if (sockets.Connections.Count <= settings.SocketsAtMost)
        {
            return;
        }

        var newest = sockets.Connections.TakeLast(settings.SocketsAtMost).ToArray();
        await live.CloseAsync(sockets.MemberId, newest, ct);
        // If another socket has opened since, its own call shortens the list.
        await PatchAsync(sockets.MemberId, [PatchOperation.Set("/connections", newest)], $"c.opened = {sockets.Opened}", ct);
    }

    private Task<(HttpStatusCode Status, Sockets? Sockets)> PatchAsync(
        MemberId member, IReadOnlyList<PatchOperation> operations, string? condition, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<Sockets>(DocumentId, member.Value, operations, condition, ct, answers: true);

    /// <summary>The document.</summary>
    /// <param name="Id">The same for every member.</param>
    /// <param name="MemberId">The partition key.</param>
    /// <param name="Opened">How many sockets of the member have ever opened.</param>
    /// <param name="Connections">Web PubSub's ids of the newest connections, the newest last.</param>
    private sealed record Sockets(string Id, MemberId MemberId, long Opened, IReadOnlyList<string> Connections);
}
