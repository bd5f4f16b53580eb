using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Connections.Cosmos;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Http;

/// <summary>One page of a list in an answer.</summary>
/// <param name="Value">The items.</param>
/// <param name="NextLink">The absolute address of the next page; absent on the last page. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Value, string? NextLink);

/// <summary>Reads the paging parameters of a query string and makes the link to the next page.</summary>
/// <remarks>Parameter names are case-insensitive, as everywhere in ASP.NET; links have them as in the contract.</remarks>
public static class PageQuery
{
    /// <summary>The parameter for the most items on a page.</summary>
    public const string LimitName = "limit";

    /// <summary>The parameter for the place in the list where a page begins.</summary>
    public const string ContinuationName = "continuation";

    private const int MaxShown = 40;

    /// <summary>Reads <c>limit</c> and <c>continuation</c>, which must come from the same list.</summary>
    public static PageRequest ReadPage<T>(this IQueryCollection query, ListQuestion<T> question, Fields fields)
        where T : class
    {
        var limit = query.ReadLimit(fields);
        ListPosition? after = null;
        if (query.TryReadOne(ContinuationName, fields, out var text) && !question.TryRead(text, out after))
        {
            fields.Refuse(
                ContinuationName,
                "This continuation is not from this list. Follow nextLink exactly as it was given, or start again without it.");
        }

        return new PageRequest(limit, after);
    }

    /// <summary>All parameters of a list.</summary>
    /// <param name="parameters">Those other than the limit and the continuation.</param>
    public static IReadOnlyList<string> OfList(params string[] parameters) => [.. parameters, LimitName, ContinuationName];

    /// <summary>
    /// Refuses each parameter that a call does not have, so that a mistyped filter does not return everything; null if there is none.
    /// </summary>
    public static Error? Unknown(this IQueryCollection query, IReadOnlyList<string> parameters)
    {
        var fields = new Fields();
        foreach (var name in query.Keys.Where(name => !parameters.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            var shown = name.Length <= MaxShown ? name : name[..MaxShown] + "…";
            var taken = parameters.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", parameters)}.";
            fields.Refuse(shown, $"This call has no such parameter. {taken}", FieldCode.UnknownParameter);
        }

        return fields.Valid ? null : fields.ToError();
    }

    /// <summary>Reads <c>limit</c>. Forms send empty values, so an empty one counts as absent.</summary>
    public static int ReadLimit(this IQueryCollection query, Fields fields)
    {
        if (!query.TryReadOne(LimitName, fields, out var text) || text.Length == 0)
        {
            return PageRequest.DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PageRequest.MaxLimit)
        {
            return limit;
        }

        fields.Refuse(LimitName, $"The limit must be a whole number from 1 to {PageRequest.MaxLimit}.", FieldCode.OutOfRange);
        return PageRequest.DefaultLimit;
    }

    /// <summary>Reads a parameter that may be given once. False if it is absent, or refused because it is given more than once.</summary>
    public static bool TryReadOne(this IQueryCollection query, string name, Fields fields, [NotNullWhen(true)] out string? text)
    {
        var values = query[name];
        text = values.Count == 1 ? values[0] ?? "" : null;
        if (values.Count > 1)
        {
            fields.Refuse(name, "The parameter may be given only once.", FieldCode.Repeated);
        }

        return text is not null;
    }

    /// <summary>The answer, with a link to the next page that repeats the limit and the list's own parameters.</summary>
    /// <param name="request">The request, whose parameters the link repeats.</param>
    /// <param name="parameters">The list's parameters other than the limit and the continuation.</param>
    public static Page<T> Answer<T>(HttpRequest request, ListPage<T> page, params string[] parameters)
    {
        if (page.Continuation is null)
        {
            return new Page<T>(page.Items, null);
        }

        var repeated =
            from given in request.Query
            let name = parameters.Append(LimitName).FirstOrDefault(name => name.Equals(given.Key, StringComparison.OrdinalIgnoreCase))
            where name is not null
            from value in given.Value
            select KeyValuePair.Create(name, value);
        var query = new QueryBuilder(repeated) { { ContinuationName, page.Continuation } };
        return new Page<T>(page.Items, Link(request, query));
    }

    /// <summary>The absolute address of the same list with other parameters.</summary>
    public static string Link(HttpRequest request, QueryBuilder query) =>
        UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
}
