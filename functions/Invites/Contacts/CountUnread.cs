using Connections.Http;

namespace Connections.Invites.Contacts;

/// <summary>How many messages a member has not read, over all their connections.</summary>
public sealed record UnreadTotal(long Unread);

/// <summary>GET /api/connections/unread: the unread total, for a badge.</summary>
/// <remarks>
/// The Functions host tries functions in the order of their names, so this one must come before <c>GetConnection</c>, whose route matches
/// too.
/// </remarks>
public sealed class CountUnread(HttpApi http, ContactStore contacts)
{
    /// <summary>Answers 200 with an ETag, or 304. One request.</summary>
    [Function(nameof(CountUnread))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/unread")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
            ContentTag.Answer(request, new UnreadTotal(await contacts.UnreadAsync(caller.Id, ct))));
}
