using System.Globalization;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Chat;

/// <summary>
/// GET /api/connections/{id}/messages: messages before <c>before</c>, the newest first, or after <c>after</c>, the oldest first; with
/// <c>q</c> those that have its words, the newest first.
/// GET /api/connections/{id}/messages/{seq}: one message.
/// </summary>
/// <remarks>They can be read after the connection has ended, and by a member who blocks the other.</remarks>
public sealed class ReadMessages(
    HttpApi http, Conversations conversations, MessageStore messages, Quotes quotes, MessageSearch search, CallLimits limits)
{
    private const string Before = "before";
    private const string After = "after";

    /// <summary>
    /// Answers 200 with a page. Two requests at once: the connection, the page. For a search one after the other, and a third where the
    /// newest messages have too few matches. One more where the page quotes messages that it does not have.
    /// </summary>
    [Function(nameof(ReadMessages))]
    public Task List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/{id}/messages")] HttpRequest request,
        string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var limit = request.Query.ReadLimit(fields);
            var before = Seq(request, Before, 1, fields);
            var after = Seq(request, After, 0, fields);
            var text = SearchText.Read(request.Query, fields);
            if (before is not null && after is not null)
            {
                fields.Refuse(After, "The parameters after and before cannot be given together.", FieldCode.Conflict);
            }

            if (after is not null && !text.IsAbsent)
            {
                fields.Refuse(After, "A search goes back: give before, or neither of the two.", FieldCode.Conflict);
            }

            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (!text.IsAbsent)
            {
                return await SearchAsync(request, caller, id, text, before, limit, ct);
            }

            var opening = conversations.OpenToReadAsync(id, caller.Id, ct);
            var reading = after is { } from
                // One message more than the page holds tells whether there is another page. Going back, the numbers tell, because they end
                // at 1.
                ? messages.ForwardFromAsync(id, from, limit + 1, ct)
                : messages.BackFromAsync(id, before, limit, ct);
            await Task.WhenAll(opening, reading);
            if (!(await opening).TryGet(out var connection, out var error))
            {
                return Problems.From(error);
            }

            // One request more when the page would begin with sealed messages.
            var sealedSeq = connection.SealedSeq;
            var found = after < sealedSeq ? await messages.ForwardFromAsync(id, sealedSeq, limit + 1, ct) : await reading;
            var page = await quotes.ShowAsync(id, [.. found.Take(limit).Where(message => message.Seq > sealedSeq)], caller.Id, ct);
            var isLast = after is null ? page is [] || page[^1].Seq == sealedSeq + 1 : found.Count <= limit;
            var next = isLast ? null : PageQuery.Link(
                request,
                new QueryBuilder { { after is null ? Before : After, $"{page[^1].Seq}" }, { PageQuery.LimitName, $"{limit}" } });
            return ContentTag.Answer(request, new Page<Message>(page, next));
        }, query: [SearchText.Parameter, Before, After, PageQuery.LimitName]);

    /// <summary>
    /// Answers 200 with a message, also a deleted one. Two requests at once: the connection, the message; one more where it quotes another.
    /// </summary>
    [Function("ReadMessage")]
    public Task Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/{id}/messages/{seq}")] HttpRequest request,
        string id,
        string seq) =>
        http.Handle(request, async (caller, ct) =>
        {
            var isNumber = long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var opening = conversations.OpenToReadAsync(id, caller.Id, ct);
            var reading = isNumber ? messages.FindAsync(id, number, ct) : Task.FromResult<MessageDocument?>(null);
            await Task.WhenAll(opening, reading);
            return !(await opening).TryGet(out var connection, out var error) ? Problems.From(error)
                : await reading is { } message && number > connection.SealedSeq
                    ? ContentTag.Answer(request, message.ToMessage(caller.Id, await quotes.FindAsync(message, ct)))
                : Problems.NotFound("message");
        });

    private async Task<IResult> SearchAsync(
        HttpRequest request, Caller caller, string id, SearchText text, long? before, int limit, CancellationToken ct)
    {
        if (limits.Refuse(caller.Id, CallKind.Search) is { } tooMany)
        {
            return Problems.From(tooMany);
        }

        // First, so that nobody can make the service search in a conversation of others.
        if (!(await conversations.OpenToReadAsync(id, caller.Id, ct)).TryGet(out var connection, out var error))
        {
            return Problems.From(error);
        }

        var (found, rest) = text.FindsNothing
            ? ([], null)
            : await search.FindAsync(id, text.Words, before, connection.SealedSeq, limit, ct);
        var next = rest is null ? null : PageQuery.Link(
            request,
            new QueryBuilder
            {
                { SearchText.Parameter, request.Query[SearchText.Parameter].ToString() },
                { Before, $"{rest}" },
                { PageQuery.LimitName, $"{limit}" },
            });
        return ContentTag.Answer(request, new Page<Message>(await quotes.ShowAsync(id, found, caller.Id, ct), next));
    }

    private static long? Seq(HttpRequest request, string name, long min, Fields fields)
    {
        if (!request.Query.TryReadOne(name, fields, out var text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && seq >= min)
        {
            return seq;
        }

        fields.Refuse(name, $"The parameter must be a message's seq: a whole number of at least {min}.", FieldCode.OutOfRange);
        return null;
    }
}
