using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Connections.Cosmos;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Http;

/// <summary>One page of a list, as calls answer it.</summary>
/// <param name="Value">The items.</param>
/// <param name="NextLink">The next page, relative to the host; absent on the last page. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Value, string? NextLink);

/// <summary>What lists read of a query string, and the link to their next page.</summary>
/// <remarks>Names are understood in any case, as everywhere in ASP.NET; a link has each by the name that the contract gives it.</remarks>
public static class PageQuery
{
    private const string LimitName = "limit";
    private const string ContinuationName = "continuation";

    /// <summary>Reads <c>limit</c> and <c>continuation</c>, which must be one that this question has given.</summary>
    public static PageRequest ReadPage<T>(this IQueryCollection query, ListQuestion<T> question, Fields fields)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(fields);
        var limit = query.ReadLimit(fields);
        ListPosition? after = null;
        if (query.TryReadOne(ContinuationName, fields, out var text) && !question.TryRead(text, out after))
        {
            fields.Refuse(ContinuationName, "Belongs to another list, or to none. Follow nextLink as it was given, or start again without it.");
        }

        return new PageRequest(limit, after);
    }

    /// <summary>Reads <c>limit</c>. An empty one is the same as none: forms send those.</summary>
    public static int ReadLimit(this IQueryCollection query, Fields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!query.TryReadOne(LimitName, fields, out var text) || text.Length == 0)
        {
            return PageRequest.DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PageRequest.MaxLimit)
        {
            return limit;
        }

        fields.Refuse(LimitName, $"Must be a whole number from 1 to {PageRequest.MaxLimit}.");
        return PageRequest.DefaultLimit;
    }

    /// <summary>Reads a parameter that can be given once. False when it is absent, or refused because it is there more than once.</summary>
    public static bool TryReadOne(this IQueryCollection query, string name, Fields fields, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(fields);
        var values = query[name];
        text = values.Count == 1 ? values[0] ?? "" : null;
        if (values.Count > 1)
        {
            fields.Refuse(name, "Is there more than once.");
        }

        return text is not null;
    }

    /// <summary>The answer, with a link to the next page that repeats the limit and the list's own parameters.</summary>
    /// <param name="request">What the link repeats.</param>
    /// <param name="page">What is shown.</param>
    /// <param name="parameters">The parameters that the list has beside the limit and the continuation.</param>
    public static Page<T> Answer<T>(HttpRequest request, ListPage<T> page, params string[] parameters)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(page);
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
        return new Page<T>(page.Items, request.Path + query.ToString());
    }
}
