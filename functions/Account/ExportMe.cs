using Connections.Http;
using Connections.Members;

namespace Connections.Account;

/// <summary>GET /api/me/export: everything stored about the caller, as one JSON document.</summary>
/// <remarks>
/// It reads and writes a page at a time, so that memory does not grow with the length of conversations. After an error the answer breaks
/// off, which clients notice; no complete document ever lacks a part.
/// </remarks>
public sealed class ExportMe(HttpApi http, Registration registration, ExportWriter export)
{
    /// <summary>Answers 200 with a file.</summary>
    [Function(nameof(ExportMe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me/export")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) => (await registration.EnsureAsync(caller, ct)).Answer(own => new Answer(own.Value, export)),
            CallKind.Export,
            gated: false,
            whileSuspended: true);

    private sealed record Answer(Member Member, ExportWriter Export) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"connections-export.json\"";
            return Export.WriteAsync(Member, httpContext.Response.BodyWriter, httpContext.RequestAborted);
        }
    }
}
