using System.Text.Json;
using Connections.Http;
using Connections.Settings;
using Microsoft.Net.Http.Headers;

namespace Connections.Creators.Load;

/// <summary>POST /api/admin/creators: loads creators in bulk, one JSON object per line, for callers with the role <c>admin</c>.</summary>
/// <remarks>
/// The answer has a line for each rejected row, in the order of the rows, streamed as they are found; all other rows are loaded. Repeating
/// a load changes nothing. A body with too many bytes or rows is refused before any row is loaded.
/// </remarks>
public sealed class LoadCreators(HttpApi http, CreatorLoad load, LoadSettings settings)
{
    private const string Ndjson = "application/x-ndjson";

    /// <summary>Answers 200 with the rejected rows, or an empty body if there are none.</summary>
    [Function(nameof(LoadCreators))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/creators")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!caller.Roles.Contains(Caller.Admin))
            {
                return Problems.From(new RoleRequired(Caller.Admin));
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
        }, media: Ndjson);

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

/// <summary>The settings of a load of creators.</summary>
/// <param name="MaxRows">The most rows in one call. <c>Load__MaxRows</c>, 1,000.</param>
/// <param name="AvatarHosts">
/// The hosts whose pictures clients load, beside this product's own: those of the platform that creators are loaded from.
/// <c>Load__AvatarHosts</c>, none.
/// </param>
public sealed record LoadSettings(int MaxRows, IReadOnlyList<string> AvatarHosts)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBody = 8 * 1024 * 1024;

    /// <summary>The largest row, in bytes: the same as the body of a member's own call.</summary>
    public const int MaxRow = Http.HttpApi.MaxBody;

    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static LoadSettings Read(IConfiguration configuration) =>
        new(configuration.Number("Load:MaxRows", 1000, 1, 10_000), configuration.Hosts("Load:AvatarHosts"));
}
