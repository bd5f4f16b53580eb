using Connections.Cosmos;
using Connections.Http;
using Connections.Limits;

namespace Connections.Creators.Favourites;

/// <summary>
/// PUT and DELETE /api/favourites/{creatorId}: marks a listed creator and says what the mark carries, or removes it. Both are idempotent.
/// GET answers what the mark carries.
/// </summary>
/// <remarks>With If-Match, PUT changes only a mark that carries what the caller read; with If-None-Match *, it only makes one.</remarks>
public sealed class ChangeFavourites(
    HttpApi http, ViewerCards creators, FavouriteStore favourites, CapStore caps, FavouriteSettings settings, TimeProvider time)
{
    /// <summary>Answers 200 with an ETag, or 304; 404 if the caller has not marked the creator, or may not see them any more.</summary>
    [Function("ReadFavourite")]
    public Task Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/favourites/{creatorId}")] HttpRequest request,
        string creatorId) =>
        http.Handle(request, async (caller, ct) =>
            MemberId.TryParse(creatorId, out var creator) && (await creators.FindAsync(caller.Id, [creator], ct))[0] is { Mark: { } mark }
                ? ContentTag.Answer(request, mark)
                : Problems.NotFound("creator"));

    /// <summary>
    /// Marks. Answers 204, for a body that says what the mark carries with the ETag of that; 404 if there is no such listed creator or a
    /// block hides them. Two requests in parallel, then one for the cap and one for the mark; a mark that is there is changed with five,
    /// and one more request reads how the names of lists are spelled.
    /// </summary>
    [Function("MarkFavourite")]
    public Task Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/favourites/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(creatorId, out var creator))
            {
                return Problems.NotFound("creator");
            }

            var (said, fields) = (new FavouriteRequest(), new Fields());
            if (request.HasBody() && !(await HttpApi.ReadAsync<FavouriteRequest>(request, ct)).TryGet(out said, out var error))
            {
                return Problems.From(error);
            }

            var change = said.Read(fields);
            return !fields.Valid ? fields.ToProblem()
                : said.SaysNothing && request.Headers is { IfMatch.Count: 0, IfNoneMatch.Count: 0 }
                    ? (await MarkAsync(new Favourite(creator, caller.Id, time.Now()), ct)).Answer ?? Answers.NoContent()
                    : await ChangeAsync(request, caller.Id, creator, change, ct);
        }, media: null);

    /// <summary>Removes the mark. Answers 204, also if there was none.</summary>
    [Function("UnmarkFavourite")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/favourites/{creatorId}")] HttpRequest request,
        string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (MemberId.TryParse(creatorId, out var creator))
            {
                await caps.DeleteAsync(settings.Marked, caller.Id, inner => favourites.UnmarkAsync(caller.Id, creator, inner), ct);
            }

            return Answers.NoContent();
        }, media: null);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, MemberId caller, MemberId creator, Func<Favourite, Favourite> change, CancellationToken ct)
    {
        var done = await OptimisticWrite.RunAsync<Done>(
            time,
            async _ =>
            {
                var known = await favourites.FindAsync(caller, creator, ct);
                if (!ContentTag.IsWriteAllowed(request, known?.Value.Mark))
                {
                    return new Done(Problems.StaleWrite());
                }

                if (known is null)
                {
                    var asked = change(new Favourite(creator, caller, time.Now()));
                    var marked = await favourites.SpelledAsOthersAsync(asked, before: null, ct);
                    var (isNew, refused) = await MarkAsync(marked, ct);
                    return refused is not null ? new Done(refused)
                        : isNew ? new Done(ContentTag.NoContent(request, marked.Mark))
                        : new Superseded();
                }

                // A creator who is tied to the caller and not listed any more is still among the favourites.
                if ((await creators.FindAsync(caller, [creator], ct))[0] is null)
                {
                    return new Done(Problems.NotFound("creator"));
                }

                var changed = await favourites.SpelledAsOthersAsync(change(known.Value), known.Value.Lists, ct);
                return await favourites.TryReplaceAsync(changed, known.ETag, ct)
                    ? new Done(ContentTag.NoContent(request, changed.Mark))
                    : new Superseded();
            },
            ct);
        return done.Answer;
    }

    /// <summary>Marks a creator who may be marked. Whether the mark is new, and the answer of a refusal.</summary>
    private async Task<(bool IsNew, IResult? Answer)> MarkAsync(Favourite favourite, CancellationToken ct)
    {
        var (member, creator) = (favourite.MemberId, favourite.Id);
        if (!await creators.IsListedAsync(member, creator, ct))
        {
            return (false, Problems.NotFound("creator"));
        }

        var written = await caps.WriteAsync(
            settings.Marked,
            member,
            inner => favourites.CountAsync(member, inner),
            inner => favourites.MarkAsync(favourite, inner),
            async inner => await favourites.FindAsync(member, creator, inner) is not null,
            ct);
        return (
            written is CappedWrite.Written,
            written is CappedWrite.NoRoom ? Problems.From(new FavouriteLimit(settings.AtMost)) : null);
    }

    private sealed record Done(IResult Answer);
}
