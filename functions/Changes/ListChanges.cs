using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Changes;

/// <summary>
/// GET /api/changes: everything that changed for the caller since a token, and the token for next time; without <c>since</c> only a token
/// for now, which an app gets before it reads its lists.
/// </summary>
public sealed class ListChanges(
    HttpApi http, CallerGate gate, ChangeReader changes, ChangesSettings settings, TimeProvider time)
{
    private const string Since = "since";

    /// <summary>Answers 200 with a page. One request when nothing changed.</summary>
    [Function(nameof(ListChanges))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/changes")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var limit = request.Query.ReadLimit(fields);
            ChangesToken? since = null;
            if (request.Query.TryReadOne(Since, fields, out var text) && !ChangesToken.TryRead(text, caller.Id, out since))
            {
                fields.Refuse(
                    Since,
                    "This token is not one of yours. Send next exactly as it was given, or get a new one without since and read the lists "
                        + "again.");
            }

            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (since is null)
            {
                var token = await changes.BeginAsync(caller.Id, ct);
                return ContentTag.Answer(request, new ChangesPage([], null, token.Write(caller.Id), token.Unread));
            }

            // A token counts from a full minute. One of an earlier profile knows connections that are gone.
            if (time.Now() - since.IssuedAt > settings.TokensFor || since.IssuedAt.AddMinutes(1) < gate.BegunAt(caller.Id))
            {
                return Problems.From(new ChangesExpired(settings.TokensFor));
            }

            var found = await changes.ReadAsync(caller.Id, since, limit, ct);
            var page = found.HasMore
                ? PageQuery.Link(request, new QueryBuilder { { Since, found.Next.Write(caller.Id) }, { PageQuery.LimitName, $"{limit}" } })
                : null;
            var next = (found.Next with { Page = null }).Write(caller.Id);
            return ContentTag.Answer(request, new ChangesPage(found.Value, page, next, found.Next.Unread));
        }, query: [Since, PageQuery.LimitName]);
}
