using Connections.Http;

namespace Connections.Safety;

/// <summary>GET /api/reports/{id}: a report that the caller made.</summary>
public sealed class ReadReport(HttpApi http, ReportStore reports)
{
    /// <summary>Answers 200 or 404. One request.</summary>
    [Function(nameof(ReadReport))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/reports/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
            Report.IsId(id) && await reports.FindAsync(id, ct) is { ReporterErased: null } report && report.MemberId == caller.Id
                ? ContentTag.Answer(request, SentReport.Of(report))
                : Problems.NotFound("report"));
}
