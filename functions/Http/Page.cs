using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Http;

/// <summary>One page of a list, as calls answer it.</summary>
/// <param name="Value">The items.</param>
/// <param name="NextLink">The next page, relative to the host; absent on the last page. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Value, string? NextLink);

/// <summary>What a caller asked for of a list: how many, and from where on.</summary>
/// <param name="Limit">The most items on the page.</param>
/// <param name="Continuation">Cosmos DB's continuation token; null for the first page.</param>
public sealed record PageRequest(int Limit, string? Continuation)
{
    /// <summary>Items on a page unless the caller says otherwise.</summary>
    public const int DefaultLimit = 24;

    /// <summary>The most items on a page.</summary>
    public const int MaxLimit = 100;

    private const string ContinuationName = "continuation";
    private const int MaxContinuation = 8 * 1024;
    private const string Broken = "Follow nextLink as it was given, or start again without it.";

    /// <summary>Reads <c>limit</c> and <c>continuation</c> from the query.</summary>
    public static PageRequest Read(IQueryCollection query, Fields fields)
    {
        var limit = DefaultLimit;
        if (query["limit"] is [{ Length: > 0 } text, ..] && (!int.TryParse(text, out limit) || limit is < 1 or > MaxLimit))
        {
            fields.Refuse("limit", $"Must be a whole number from 1 to {MaxLimit}.");
        }

        string? continuation = null;
        if (query[ContinuationName] is { Count: > 0 } token && !TryDecode(token[0], out continuation))
        {
            fields.Refuse(ContinuationName, Broken);
        }

        return new PageRequest(limit, continuation);
    }

    /// <summary>The problem for a continuation that can be read, and that the database says is none of its own.</summary>
    public static Problem BrokenContinuation() => Problems.InvalidInput(ContinuationName, Broken);

    /// <summary>The answer, with a link to the next page that repeats the caller's own query.</summary>
    public static Page<T> Answer<T>(HttpRequest request, IReadOnlyList<T> value, string? continuation)
    {
        if (continuation is null)
        {
            return new Page<T>(value, null);
        }

        var query = new QueryBuilder(request.Query.Where(q => q.Key != ContinuationName))
        {
            { ContinuationName, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(continuation)) },
        };
        return new Page<T>(value, request.Path + query.ToString());
    }

    private static bool TryDecode(string? text, out string? continuation)
    {
        continuation = null;
        if (text is not { Length: > 0 and <= MaxContinuation } || !Base64Url.IsValid(text))
        {
            return false;
        }

        continuation = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return true;
    }
}
