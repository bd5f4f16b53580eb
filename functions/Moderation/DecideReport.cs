using Connections.Http;
using Connections.Safety;

namespace Connections.Moderation;

/// <summary>The body of a decision.</summary>
/// <param name="Decision">One of the published list.</param>
/// <param name="Until">When a suspension ends by itself; absent where a moderator has to lift it.</param>
/// <param name="Statement">The statement of reasons, which the member concerned gets by email.</param>
public sealed record DecisionRequest(string? Decision, DateTimeOffset? Until, string? Statement);

/// <summary>POST /api/moderation/reports/{id}/decision: decides an open report. Of two decisions at once one wins.</summary>
public sealed class DecideReport(
    HttpApi http, ModerationService moderation, ModeratedReports reports, ModerationSettings settings, TimeProvider time)
{
    /// <summary>
    /// Answers 200 with the report, also when the same moderator sends the same decision again; 409 with the decision that stands
    /// otherwise.
    /// </summary>
    [Function(nameof(DecideReport))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/moderation/reports/{id}/decision")] HttpRequest request,
        string id) =>
        http.Handle<DecisionRequest>(
            request,
            async (caller, body, ct) =>
            {
                var fields = new Fields();
                var decision = ReportNames.ReadDecision(body.Decision, fields);
                var statement = fields.RequiredText("statement", body.Statement, settings.MaxStatement, lines: true);
                var until = Measures.ReadUntil(body.Until, fields, time.Now());
                if (until is not null && decision != DecisionKind.Suspend)
                {
                    fields.Refuse("until", "Only a suspension has an end. Leave it out.", FieldCode.Conflict);
                }

                if (!fields.Valid)
                {
                    return fields.ToProblem();
                }

                var decided = await moderation.DecideAsync(caller.Id, id, decision, until, statement, ct);
                return decided.TryGet(out var report, out var error)
                    ? Answers.Ok((await reports.ShowAsync(caller.Id, [report], ct))[0])
                    : Problems.From(error);
            },
            roles: ModerationSettings.Roles);
}
