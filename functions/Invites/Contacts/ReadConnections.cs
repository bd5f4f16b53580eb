using Connections.Cosmos;
using Connections.Http;
using Connections.Members.Standing;

namespace Connections.Invites.Contacts;

/// <summary>
/// GET /api/connections: contacts, the latest conversation first, all or with <c>show</c> a part of them; or with <c>state=ended</c> those
/// whose connection has ended, the latest end first; or with <c>id</c> those that it names, in any state. GET /api/connections/{id}: one
/// contact, in any state.
/// </summary>
public sealed class ReadConnections(HttpApi http, ContactStore contacts, Suspensions suspensions, TimeProvider time)
{
    private const string StateName = "state";
    private const string IdName = "id";
    private const string ShowName = "show";

    /// <summary>Answers 200 with a page. One request.</summary>
    [Function("ListConnections")]
    public Task List([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            if (request.Query.ContainsKey(IdName))
            {
                return await ReadAsync(request, caller.Id, fields, ct);
            }

            request.Query.TryReadOne(StateName, fields, out var state);
            if (state is not (null or "" or "connected" or "ended"))
            {
                fields.Refuse(StateName, "The state must be connected, ended, or absent.", FieldCode.UnknownValue);
            }

            var isEnded = state == "ended";
            if (ReadPart(request, isEnded, fields) is { } part)
            {
                return await ReadAsync(request, caller.Id, part, fields, ct);
            }

            var question = isEnded
                ? new ListQuestion<ContactRow>("ended", ContactStore.EndOrder, caller.Id.Value)
                : new ListQuestion<ContactRow>("connections", ContactStore.TalkOrder, caller.Id.Value);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var found = await question.PageAsync(page, (after, count) => isEnded
                ? contacts.EndedAsync(caller.Id, after, count, ct)
                : contacts.ConversationsAsync(caller.Id, after, count, ct));
            return ContactAnswers.Page(request, found, time.Now(), StateName);
        }, query: PageQuery.OfList(StateName, IdName, ShowName));

    private static InboxPart? ReadPart(HttpRequest request, bool isEnded, Fields fields)
    {
        if (!request.Query.TryReadOne(ShowName, fields, out var text) || text.Length == 0)
        {
            return null;
        }

        InboxPart? part = text switch
        {
            "inbox" => InboxPart.Inbox,
            "unread" => InboxPart.Unread,
            "pinned" => InboxPart.Pinned,
            "archived" => InboxPart.Archived,
            _ => null,
        };
        if (part is null)
        {
            fields.Refuse(ShowName, "The parameter must be inbox, unread, pinned, archived, or absent.", FieldCode.UnknownValue);
        }
        else if (isEnded)
        {
            fields.Refuse(ShowName, "The parameter does not go together with the state ended.", FieldCode.Conflict);
        }

        return part;
    }

    private async Task<IResult> ReadAsync(HttpRequest request, MemberId caller, InboxPart part, Fields fields, CancellationToken ct)
    {
        var question = new ListQuestion<ContactRow>($"connections {part}", ContactStore.OrderOf(part), caller.Value);
        var page = request.Query.ReadPage(question, fields);
        return !fields.Valid ? fields.ToProblem() : ContactAnswers.Page(
            request,
            await question.PageAsync(
                page,
                (after, count) => contacts.InboxAsync(caller, part, after, count, ct),
                rows => Task.FromResult<IReadOnlyList<ContactRow?>>(
                    [.. rows.Select(row => part == InboxPart.Unread && row is { Unread: 0, MarkedUnread: not true } ? null : row)])),
            time.Now(),
            StateName,
            ShowName);
    }

    private async Task<IResult> ReadAsync(HttpRequest request, MemberId caller, Fields fields, CancellationToken ct)
    {
        string[] ofLists = [StateName, ShowName, PageQuery.LimitName, PageQuery.ContinuationName];
        foreach (var name in ofLists.Where(request.Query.ContainsKey))
        {
            fields.Refuse(name, "The parameter does not go together with id, which names the connections.", FieldCode.Conflict);
        }

        List<string> ids = [.. request.Query[IdName].OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Count > PageRequest.MaxLimit)
        {
            fields.Refuse(IdName, $"At most {PageRequest.MaxLimit} ids can be given.", FieldCode.TooMany);
        }

        if (!fields.Valid)
        {
            return fields.ToProblem();
        }

        var rows = (await contacts.FindAllAsync(caller, [.. ids.Where(ConnectionId.IsValid)], ct)).ToDictionary(row => row.Id);
        var suspended = await suspensions.NowAsync(ct);
        var shown = ids.Select(rows.GetValueOrDefault).OfType<ContactRow>()
            .Where(row => row.Pair.Hidden is not true && row.IsOpenTo(suspended)).ToList();
        return ContactAnswers.Page(request, new ListPage<ContactRow>(shown, null), time.Now());
    }

    /// <summary>
    /// Answers 200 with one contact. The caller's own partition is read, so that a connection of others, or one with a member who blocks
    /// the caller, is not found.
    /// </summary>
    [Function("GetConnection")]
    public Task Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
            ConnectionId.IsValid(id)
                && await contacts.FindAsync(caller.Id, id, ct) is { Pair.Hidden: not true } row
                && row.IsOpenTo(await suspensions.NowAsync(ct))
                ? ContentTag.Answer(request, Contact.Of(row, time.Now()))
                : Problems.From(InviteErrors.NoConnection));
}

/// <summary>Answers with lists of contacts.</summary>
public static class ContactAnswers
{
    /// <summary>200 with a page of rows as their member sees them now.</summary>
    /// <param name="request">The request, which the link to the next page repeats.</param>
    /// <param name="parameters">The list's parameters beside the limit and the continuation.</param>
    public static IResult Page(HttpRequest request, ListPage<ContactRow> found, DateTimeOffset now, params string[] parameters)
    {
        var contacts = new ListPage<Contact>([.. found.Items.Select(row => Contact.Of(row, now))], found.Continuation);
        return ContentTag.Answer(request, PageQuery.Answer(request, contacts, parameters));
    }
}
