using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Chat.Sockets;

/// <summary>Keeps the number of a member's open sockets within a limit: the newest stay, older ones are closed.</summary>
/// <remarks>
/// A document in the member's partition of <c>contacts</c> lists the connections that opened last, as many as may be open. Which of them have closed
/// since need not be known: closing all but these leaves no more of them open than may be.
/// </remarks>
public sealed class OpenSockets(Containers containers, ILiveDelivery live, ChatSettings settings)
{
    private const string DocumentId = "sockets";

    // A lost race means that another socket of this member made the document, once in its life.
    private const int MaxRaces = 5;

    /// <summary>Takes a connection that is about to open. One request to the database; two and one to live delivery past the limit.</summary>
    public async Task AddAsync(MemberId member, string connectionId, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var (status, sockets) = await PatchAsync(
                member, [PatchOperation.Add("/connections/-", connectionId), PatchOperation.Increment("/opened", 1)], condition: null, ct);
            if (status == HttpStatusCode.OK)
            {
                await KeepNewestAsync(sockets!, ct);
                return;
            }

            if (await containers.Contacts.TryCreateAsync(new Sockets(DocumentId, member, 1, [connectionId]), member.Value, ct))
            {
                return;
            }
        }

        throw new InvalidOperationException("The list of a member's sockets is neither there nor absent.");
    }

    private async Task KeepNewestAsync(Sockets sockets, CancellationToken ct)
    {
        if (sockets.Connections.Count <= settings.SocketsAtMost)
        {
            return;
        }

        var newest = sockets.Connections.TakeLast(settings.SocketsAtMost).ToArray();
        await live.CloseAsync(sockets.MemberId, newest, ct);
        // When another socket has opened since, its own call shortens the list.
        await PatchAsync(sockets.MemberId, [PatchOperation.Set("/connections", newest)], $"FROM c WHERE c.opened = {sockets.Opened}", ct);
    }

    private Task<(HttpStatusCode Status, Sockets? Sockets)> PatchAsync(
        MemberId member, IReadOnlyList<PatchOperation> operations, string? condition, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<Sockets>(
            DocumentId, member.Value, operations, new PatchItemRequestOptions { FilterPredicate = condition, EnableContentResponseOnWrite = true }, ct);

    /// <summary>The document.</summary>
    /// <param name="Id">The same for every member.</param>
    /// <param name="MemberId">Whose sockets; the partition key.</param>
    /// <param name="Opened">How many have ever opened.</param>
    /// <param name="Connections">Web PubSub's ids of the newest, the newest last.</param>
    private sealed record Sockets(string Id, MemberId MemberId, long Opened, IReadOnlyList<string> Connections);
}
