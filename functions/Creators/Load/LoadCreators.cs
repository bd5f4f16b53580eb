using System.Text.Json;
using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Connections.Creators.Load;

/// <summary>POST /api/admin/creators: loads creators in bulk, one JSON object a line, for callers with the role <c>admin</c>.</summary>
/// <remarks>
/// Answers a line for each row that was not loaded, in the order of the rows and as they are found; all others are loaded. The
/// same load again changes nothing. A body with too many bytes or rows is refused as a whole, before any row is loaded.
/// </remarks>
public sealed class LoadCreators(HttpApi http, CreatorLoad load, LoadSettings settings)
{
    private const string Role = "admin";
    private const string Ndjson = "application/x-ndjson";

    // The Functions host keeps every route that begins with the word admin for itself and refuses it by its text. A parameter
    // that matches nothing but that word makes the same address.
    private const string Route = "{area:regex(^admin$)}/creators";

    /// <summary>Answers 200 with the rejected rows; an empty body when there are none.</summary>
    [Function(nameof(LoadCreators))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!caller.Roles.Contains(Role))
            {
                return Problems.From(new RoleRequired(Role));
            }

            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                || type.MediaType.Value?.ToLowerInvariant() is not (Ndjson or "application/ndjson" or "application/jsonl"))
            {
                return Problems.From(new UnsupportedMediaType(Ndjson));
            }

            if (!(await RequestBody.ReadAsync(request, LoadSettings.MaxBody, ct)).TryGet(out var body, out var error))
            {
                return Problems.From(error);
            }

            var lines = NdjsonLines.Of(body).Take(settings.MaxRows + 1).ToList();
            return lines.Count > settings.MaxRows ? Problems.From(new TooManyRows(settings.MaxRows)) : new Answer(load.RunAsync(lines, ct));
        });

    private sealed record Answer(IAsyncEnumerable<RejectedRow> Rows) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = Ndjson;
            await foreach (var row in Rows)
            {
                await JsonSerializer.SerializeAsync(response.Body, row, Json.Options, httpContext.RequestAborted);
                await response.Body.WriteAsync("\n"u8.ToArray(), httpContext.RequestAborted);
                await response.Body.FlushAsync(httpContext.RequestAborted);
            }
        }
    }
}

/// <summary>A load has more rows than one call takes.</summary>
public sealed record TooManyRows(int Limit) : Error(
    "too-many-rows", ErrorKind.TooLarge, "The body has too many rows", $"Send at most {Limit} rows in one call. None of these was loaded.");
