using Connections.Cosmos;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Safety;

/// <summary>A member that the caller blocks.</summary>
/// <param name="Member">The member as the caller saw them last; a card without a profile if the caller never could.</param>
/// <param name="BlockedAt">When the caller blocked them.</param>
/// <param name="ConnectionId">The connection whose messages the caller can still read; absent where there are none.</param>
public sealed record BlockedMember(Card Member, DateTimeOffset BlockedAt, string? ConnectionId = null);

/// <summary>GET /api/blocks: the members that the caller blocks, the latest block first. No other list shows them.</summary>
public sealed class ListBlocks(HttpApi http, BlockStore blocks, ContactStore contacts)
{
    /// <summary>Answers 200 with a page. Two requests: the list, and the caller's rows of its members, which keep the cards.</summary>
    [Function(nameof(ListBlocks))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/blocks")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var question = new ListQuestion<Block>("blocks", BlockStore.Order, caller.Id.Value);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var found = await question.PageAsync(page, (after, count) => blocks.ReadAsync(caller.Id, after, count, ct));
            var seen = await contacts.BlockedAsync(caller.Id, [.. found.Items.Select(block => block.Id)], ct);
            BlockedMember[] shown =
            [
                .. from block in found.Items
                   where block.BlockedAt is not null
                   let row = seen.GetValueOrDefault(block.Id)
                   select new BlockedMember(row?.Other ?? Card.Unseen(block.Id), block.BlockedAt!.Value, row?.ReadableId),
            ];
            return ContentTag.Answer(request, PageQuery.Answer(request, new ListPage<BlockedMember>(shown, found.Continuation)));
        }, query: PageQuery.OfList());
}
