using Connections.Cosmos;
using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites.Contacts;

/// <summary>GET /api/connections: contacts, the most recent talk first. GET /api/connections/{id}: one, in whatever state.</summary>
public sealed class ReadConnections(HttpApi http, ContactStore contacts, TimeProvider time)
{
    /// <summary>The list.</summary>
    [Function("ListConnections")]
    public Task List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connections")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var question = new ListQuestion<ContactRow>("connections", ContactStore.TalkOrder, caller.Id.Value);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var found = await question.PageAsync(page, (after, count) => contacts.ConversationsAsync(caller.Id, after, count, ct));
            return ContactAnswers.Page(request, found, time.Now());
        });

    /// <summary>One. It is read from the caller's own partition, so a stranger's is simply not found; nor is one that a block hides.</summary>
    [Function("GetConnection")]
    public Task Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connections/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
            ConnectionId.IsOne(id) && await contacts.FindAsync(caller.Id, id, ct) is { Pair.Hidden: not true } row
                ? Answers.Ok(Contact.Of(row, time.Now()))
                : Problems.From(InviteErrors.NoConnection));
}
