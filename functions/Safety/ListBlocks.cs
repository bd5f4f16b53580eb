using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Safety;

/// <summary>A member whom the caller blocks.</summary>
/// <param name="Member">Who, as they are now.</param>
/// <param name="BlockedAt">Since when.</param>
public sealed record BlockedMember(Card Member, DateTimeOffset BlockedAt);

/// <summary>GET /api/blocks: whom the caller blocks, the latest block first. The only place where they see them.</summary>
public sealed class ListBlocks(HttpApi http, BlockStore blocks, MemberStore members)
{
    /// <summary>Answers 200 with a page. Two requests: the list, the members.</summary>
    [Function(nameof(ListBlocks))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "blocks")] HttpRequest request) =>
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
            var known = found.Items.Count > 0 ? await members.FindManyAsync(found.Items.Select(block => block.Id), ct) : new Dictionary<MemberId, Member>();
            BlockedMember[] shown =
            [
                .. from block in found.Items
                   where block.BlockedAt is not null
                   select new BlockedMember(Card.OfOrFormer(known.GetValueOrDefault(block.Id), block.Id), block.BlockedAt!.Value),
            ];
            return Answers.Ok(PageQuery.Answer(request, new ListPage<BlockedMember>(shown, found.Continuation)));
        });
}
