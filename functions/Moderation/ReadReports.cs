using Connections.Cosmos;
using Connections.Http;
using Connections.Members;
using Connections.Safety;

namespace Connections.Moderation;

/// <summary>
/// GET /api/moderation/reports: open or closed reports, newest first. GET /api/moderation/reports/counts: their numbers. GET
/// /api/moderation/reports/{id}: one. GET /api/moderation/reports/{id}/files/{fileId}: a file of the reported message.
/// </summary>
public sealed class ReadReports(HttpApi http, ModeratedReports reports, ReportStore stored)
{
    private const string StateName = "state";
    private const string ReasonName = "reason";
    private const string MemberName = "member";

    private static readonly string[] Parameters = [StateName, ReasonName, MemberName];

    /// <summary>Answers 200 with a page. Two requests, and one for each message that the moderator sees the first time on a day.</summary>
    [Function("ListModeratedReports")]
    public Task List([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/reports")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var fields = new Fields();
                var (state, reason, member) = (ReadState(request, fields), ReadReason(request, fields), ReadMember(request, fields));
                var question = new ListQuestion<Report>(
                    "moderated", ModeratedReports.Order(reason is not null), caller.Id.Value, $"{state}", $"{reason}", $"{member}");
                var page = request.Query.ReadPage(question, fields);
                if (!fields.Valid)
                {
                    return fields.ToProblem();
                }

                var found = await question.PageAsync(
                    page, (after, count) => reports.ReadAsync(caller.Id, state, reason, member, after, count, ct));
                var shown = await reports.ShowAsync(caller.Id, found.Items, ct);
                return Answers.Ok(PageQuery.Answer(request, new ListPage<ModeratedReport>(shown, found.Continuation), Parameters));
            },
            roles: ModerationSettings.Roles,
            query: PageQuery.OfList(Parameters));

    /// <summary>Answers 200. Five requests; nine with <c>reason</c>, which adds the decisions in cases of that reason.</summary>
    [Function("CountModeratedReports")]
    public Task Count(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/reports/counts")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var fields = new Fields();
                var reason = ReadReason(request, fields);
                return fields.Valid ? Answers.Ok(await reports.CountAsync(caller.Id, reason, ct)) : fields.ToProblem();
            },
            roles: ModerationSettings.Roles,
            query: [ReasonName]);

    /// <summary>Answers 200 or 404. Two requests, and one for a message that the moderator sees the first time on a day.</summary>
    // The Functions host tries functions by their names: this one after the counts, whose address fits it too.
    [Function("ReadModeratedReport")]
    public Task Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/reports/{id}")] HttpRequest request, string id) =>
        http.Handle(
            request,
            async (caller, ct) => !Report.IsId(id) || await stored.FindAsync(id, ct) is not { } report ? Problems.NotFound("report")
                : report.Concerns(caller.Id) ? Problems.From(new OwnCase())
                : Answers.Ok((await reports.ShowAsync(caller.Id, [report], ct))[0]),
            roles: ModerationSettings.Roles);

    /// <summary>
    /// Answers 200 with a link to the copy of a file of a reported message, or 404. One request, and one for a message that the moderator
    /// sees the first time on a day.
    /// </summary>
    [Function("ReadReportedFile")]
    public Task ReadFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/reports/{id}/files/{fileId}")]
        HttpRequest request,
        string id,
        string fileId) =>
        http.Handle(
            request,
            async (caller, ct) => !Report.IsId(id) || await stored.FindAsync(id, ct) is not { } report ? Problems.NotFound("report")
                : report.Concerns(caller.Id) ? Problems.From(new OwnCase())
                : await reports.LinkAsync(caller.Id, report, fileId, ct) is { } link ? Answers.Ok(link)
                : Problems.NotFound("file"),
            roles: ModerationSettings.Roles);

    private static ReportState ReadState(HttpRequest request, Fields fields)
    {
        request.Query.TryReadOne(StateName, fields, out var text);
        if (text is not (null or "" or "open" or "closed"))
        {
            fields.Refuse(StateName, "The state must be open, closed, or absent.", FieldCode.UnknownValue);
        }

        return text == "closed" ? ReportState.Closed : ReportState.Open;
    }

    private static ReportReason? ReadReason(HttpRequest request, Fields fields) =>
        request.Query.TryReadOne(ReasonName, fields, out var text) && text.Length > 0 ? ReportNames.ReadReason(text, fields) : null;

    private static MemberId? ReadMember(HttpRequest request, Fields fields)
    {
        if (!request.Query.TryReadOne(MemberName, fields, out var text) || text.Length == 0)
        {
            return null;
        }

        if (!MemberId.TryParse(text, out var member))
        {
            fields.Refuse(MemberName, $"The member's id must be {MemberId.Form}.", FieldCode.BadForm);
        }

        return member;
    }
}
