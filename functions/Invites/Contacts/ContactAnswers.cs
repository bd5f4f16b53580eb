using Connections.Cosmos;
using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Invites.Contacts;

/// <summary>Lists of contacts as calls answer them.</summary>
public static class ContactAnswers
{
    /// <summary>A page of rows as their member sees them at a moment.</summary>
    /// <param name="request">The call.</param>
    /// <param name="found">The rows.</param>
    /// <param name="now">The moment.</param>
    /// <param name="parameters">The parameters that the list has beside the limit and the continuation.</param>
    public static IResult Page(HttpRequest request, ListPage<ContactRow> found, DateTimeOffset now, params string[] parameters)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Answers.Ok(PageQuery.Answer(request, new ListPage<Contact>([.. found.Items.Select(row => Contact.Of(row, now))], found.Continuation), parameters));
    }
}
