using System.Text.Json;
using Connections.Cosmos;
using Connections.Http;
using Connections.Members;

namespace Connections.Creators;

/// <summary>GET /api/creators: cards of the listed creators that match all filters, including the caller if listed.</summary>
/// <remarks>A creator who blocks the caller, or whom the caller blocks or has put away, is left out.</remarks>
public sealed class FindCreators(HttpApi http, CreatorSearch search, ViewerStateReader viewer)
{
    private static readonly string[] Parameters = [.. CreatorFilter.Parameters, "sort"];

    /// <summary>
    /// Answers 200 with a page. One query, or one for each platform that is asked for, then the viewer state; repeated only for a page that
    /// blocks, creators put away, relations that are not wanted, or creators who are on several of the platforms, made short.
    /// </summary>
    [Function(nameof(FindCreators))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/creators")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var filter = CreatorFilter.Read(request.Query, fields);
            var question = new ListQuestion<FoundCreator>("creators", CreatorQuery.Order(filter.Sort), JsonSerializer.Serialize(filter));
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (filter.MatchesNobody)
            {
                return Answer(new ListPage<Card>([], null));
            }

            return Answer(await question.PageAsync(page, ReadAsync, ShowAsync));

            IResult Answer(ListPage<Card> cards) =>
                ContentTag.Answer(request, PageQuery.Answer(request, cards, Parameters), ContentTag.Revalidated);

            Task<IReadOnlyList<FoundCreator>> ReadAsync(ListPosition? after, int count) => search.FindAsync(filter, after, count, ct);

            async Task<IReadOnlyList<Card?>> ShowAsync(IReadOnlyList<FoundCreator> found)
            {
                var seen = await viewer.FindAsync(caller.Id, [.. found.Select(creator => creator.Card.Id)], ct);
                return
                [
                    .. from creator in found
                       let card = creator.Shown(filter)
                       select card is not null && seen.MayFind(card.Id, filter.OnlyUnrelated) ? seen.On(card) : null,
                ];
            }
        }, query: PageQuery.OfList(Parameters));
}
