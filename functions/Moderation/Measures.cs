using Connections.Http;
using Connections.Members.Standing;
using Connections.Safety;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Moderation;

/// <summary>The body of a suspension.</summary>
/// <param name="Reason">One of the published reasons for reports.</param>
/// <param name="Until">When it ends by itself; absent where a moderator has to lift it.</param>
/// <param name="Statement">The statement of reasons, which the member gets by email.</param>
public sealed record SuspensionRequest(string? Reason, DateTimeOffset? Until, string? Statement);

/// <summary>The body of a call that lifts a suspension or an unlisting, if it has one.</summary>
/// <param name="Statement">Why, for the audit trail and for the member, who gets it by email.</param>
public sealed record LiftRequest(string? Statement);

/// <summary>
/// PUT and DELETE /api/moderation/members/{id}/suspension: suspends a member, or lifts that. DELETE
/// /api/moderation/members/{id}/unlisting: lets a creator list themselves again. Repeated, the same.
/// </summary>
public sealed class Measures(HttpApi http, ModerationService moderation, ModerationSettings settings, TimeProvider time)
{
    /// <summary>Answers 200 with the suspension that holds now.</summary>
    [Function("SuspendMember")]
    public Task Suspend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/moderation/members/{id}/suspension")] HttpRequest request,
        string id) =>
        http.Handle<SuspensionRequest>(
            request,
            async (caller, body, ct) =>
            {
                var fields = new Fields();
                var reason = ReportNames.ReadReason(body.Reason, fields);
                var statement = fields.RequiredText("statement", body.Statement, settings.MaxStatement, lines: true);
                var until = ReadUntil(body.Until, fields, time.Now());
                return !fields.Valid ? fields.ToProblem()
                    : !MemberId.TryParse(id, out var member) ? Problems.NotFound("member")
                    : (await moderation.SuspendAsync(caller.Id, member, reason, until, statement, ct)).Answer(Answers.Ok);
            },
            roles: ModerationSettings.Roles);

    /// <summary>Answers 204, also when no suspension held.</summary>
    [Function("LiftSuspension")]
    public Task LiftSuspension(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/moderation/members/{id}/suspension")] HttpRequest request,
        string id) =>
        LiftAsync(request, id, moderation.LiftSuspensionAsync, nameof(LiftSuspension));

    /// <summary>Answers 204, also when the member was not unlisted. The creator is listed only once they list themselves.</summary>
    [Function("LiftUnlisting")]
    public Task LiftUnlisting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/moderation/members/{id}/unlisting")] HttpRequest request,
        string id) =>
        LiftAsync(request, id, moderation.LiftUnlistingAsync, nameof(LiftUnlisting));

    /// <summary>Reads the end of a suspension, which must be to come.</summary>
    internal static DateTimeOffset? ReadUntil(DateTimeOffset? text, Fields fields, DateTimeOffset now)
    {
        if (text <= now)
        {
            fields.Refuse(
                "until", "The end must be to come. Leave it out for a suspension that a moderator has to lift.", FieldCode.OutOfRange);
        }

        return text?.InMilliseconds();
    }

    private Task LiftAsync(
        HttpRequest request,
        string id,
        Func<MemberId, MemberId, string?, CancellationToken, Task<Result<bool>>> lift,
        string method) => http.Handle(
            request,
            async (caller, ct) =>
            {
                if (!(await ReadStatementAsync(request, ct)).TryGet(out var statement, out var error))
                {
                    return Problems.From(error);
                }

                return MemberId.TryParse(id, out var member)
                    ? (await lift(caller.Id, member, statement.Statement, ct)).Answer(_ => Answers.NoContent())
                    : Problems.NotFound("member");
            },
            media: null,
            roles: ModerationSettings.Roles,
            method: method);

    /// <summary>Reads why something is lifted. A call without a body gives no reason.</summary>
    private async Task<Result<LiftRequest>> ReadStatementAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true || request.ContentLength == 0)
        {
            return new LiftRequest(Statement: null);
        }

        if (!(await HttpApi.ReadAsync<LiftRequest>(request, ct)).TryGet(out var body, out var error))
        {
            return error;
        }

        var fields = new Fields();
        var statement = fields.RequiredText("statement", body.Statement, settings.MaxStatement, lines: true);
        return fields.Valid ? new LiftRequest(statement) : fields.ToError();
    }
}
