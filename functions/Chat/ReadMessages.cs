using System.Globalization;
using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>GET /api/connections/{id}/messages: newest first going back from <c>before</c>, or oldest first going forward from <c>after</c>.</summary>
/// <remarks>Two requests, at once: the connection, the page.</remarks>
public sealed class ReadMessages(HttpApi http, Conversations conversations, MessageStore messages)
{
    /// <summary>Answers the call.</summary>
    [Function(nameof(ReadMessages))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connections/{id}/messages")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var limit = request.Query.ReadLimit(fields);
            var before = Seq(request, "before", 1, fields);
            var after = Seq(request, "after", 0, fields);
            if (before is not null && after is not null)
            {
                fields.Refuse("after", "Cannot be given together with before.");
            }

            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var opening = conversations.OpenAsync(id, caller.Id, ct);
            var reading = after is { } from
                // One more than the page shows tells whether there is another page. Going back, the numbers tell: they end at 1.
                ? messages.ForwardFromAsync(id, from, limit + 1, ct)
                : messages.BackFromAsync(id, before, limit, ct);
            await Task.WhenAll(opening, reading);
            if (!(await opening).TryGet(out var connection, out var error))
            {
                return Problems.From(error);
            }

            // One request more for who asks from before the conversation as the two see it.
            var found = after < connection.SealedSeq ? await messages.ForwardFromAsync(id, connection.SealedSeq, limit + 1, ct) : await reading;
            var page = found.Take(limit).Where(message => message.Seq > connection.SealedSeq).Select(message => message.ToMessage()).ToList();
            var isLast = after is null ? page is [] || page[^1].Seq == connection.SealedSeq + 1 : found.Count <= limit;
            var next = isLast ? null : $"{request.Path}?{(after is null ? "before" : "after")}={page[^1].Seq}&limit={limit}";
            return Answers.Ok(new Page<Message>(page, next));
        });

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

        fields.Refuse(name, $"Must be a message's seq: a whole number of at least {min}.");
        return null;
    }
}
