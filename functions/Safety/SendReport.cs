using Connections.Http;

namespace Connections.Safety;

/// <summary>The answer to a report.</summary>
/// <param name="Id">The report's id, which support sees too.</param>
public sealed record ReportReceipt(string Id);

/// <summary>POST /api/reports: reports a member or a message, with a reason. It reaches support by email, with what was reported.</summary>
public sealed class SendReport(HttpApi http, ReportService reports, SafetySettings settings)
{
    /// <summary>The header with the reporter's own key for the report, the same when a call is repeated.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int MaxKey = 128;

    /// <summary>
    /// Answers 201, or 200 with the first report when its key was used before, whether or not there is such a member; 404 for a text that
    /// cannot be an id, and for a message that does not exist or is not in a conversation of the caller's.
    /// </summary>
    [Function(nameof(SendReport))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reports")] HttpRequest request) =>
        http.Handle<ReportRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var (reason, details) = body.Read(fields, settings);
            var key = fields.Text(KeyHeader, request.Headers[KeyHeader], MaxKey);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            return (await reports.ReportAsync(caller.Id, body, reason, details, key, ct)).Answer(reported =>
            {
                var receipt = new ReportReceipt(reported.Report.Id);
                return reported.IsNew ? Answers.Created($"/api/reports/{receipt.Id}", receipt) : Answers.Ok(receipt);
            });
        });
}
