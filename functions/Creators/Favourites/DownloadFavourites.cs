using Connections.Cosmos;
using Connections.Http;
using Connections.Members;

namespace Connections.Creators.Favourites;

/// <summary>GET /api/favourites.csv: the caller's favourites, or those of a list, as a file for spreadsheets.</summary>
/// <remarks>
/// The rows are what <see cref="ListFavourites"/> shows, in the same order. It reads and writes a page at a time. After an error the answer
/// breaks off, which clients notice.
/// </remarks>
public sealed class DownloadFavourites(HttpApi http, FavouriteStore favourites, ViewerCards cards)
{
    private const string Csv = "text/csv";

    /// <summary>The most rows.</summary>
    public const int MaxRows = 10_000;

    /// <summary>Answers 200 with a file. Four requests for each hundred favourites. It has the limit of exports.</summary>
    [Function(nameof(DownloadFavourites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/favourites.csv")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var fields = new Fields();
                var list = ListFavourites.ReadList(request, fields);
                // The first page is read before the answer begins, so that an outage is answered as of any call.
                return fields.Valid
                    ? new File(this, caller.Id, list, await ReadAsync(caller.Id, list, after: null, ct))
                    : fields.ToProblem();
            },
            CallKind.Export,
            media: Csv,
            query: [ListFavourites.ListName]);

    private async Task<Rows> ReadAsync(MemberId caller, string? list, ListPosition? after, CancellationToken ct)
    {
        var page = await favourites.ReadAsync(caller, list, after, PageRequest.MaxLimit, ct);
        var seen = await cards.FindAsync(caller, [.. page.Select(one => one.Id)], ct);
        return new Rows(
            [.. seen.OfType<Card>().Select(FavouritesCsv.Line)],
            page.Count == PageRequest.MaxLimit ? FavouriteStore.Order.PositionOf(page[^1], null) : null);
    }

    private async Task WriteAsync(File file, HttpResponse to, CancellationToken ct)
    {
        await to.WriteAsync(FavouritesCsv.Header, ct);
        var (rows, written) = (file.First, 0);
        while (true)
        {
            await to.WriteAsync(string.Concat(rows.Lines.Take(MaxRows - written)), ct);
            written += rows.Lines.Count;
            if (rows.Next is null || written >= MaxRows)
            {
                return;
            }

            rows = await ReadAsync(file.Caller, file.List, rows.Next, ct);
        }
    }

    /// <summary>The lines of a page, and the place where the next one begins; null on the last.</summary>
    private sealed record Rows(IReadOnlyList<string> Lines, ListPosition? Next);

    private sealed record File(DownloadFavourites Download, MemberId Caller, string? List, Rows First) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/csv; charset=utf-8";
            httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"connections-favourites.csv\"";
            return Download.WriteAsync(this, httpContext.Response, httpContext.RequestAborted);
        }
    }
}
