using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Invites.Contacts;

/// <summary>Lists of contacts as calls answer them.</summary>
public static class ContactAnswers
{
    /// <summary>A page of rows as their member sees them at a moment; the problem for a broken continuation.</summary>
    public static IResult Page(HttpRequest request, CosmosPage<ContactRow>? found, DateTimeOffset now) => found is null
        ? PageRequest.BrokenContinuation()
        : Answers.Ok(PageRequest.Answer<Contact>(request, [.. found.Items.Select(row => Contact.Of(row, now))], found.Continuation));
}
