using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connections.Http;

/// <summary>The ETag of an answer: a hash of its content, and of nothing else in the document.</summary>
/// <remarks>A write to one part of a document must not change the ETag of another part that somebody is editing.</remarks>
public static class ContentTag
{
    /// <summary>Whether a write may go ahead: <c>If-Match</c>, if sent, matches this content, and <c>If-None-Match</c> does not.</summary>
    /// <remarks>A condition that cannot be parsed fails, because a caller who sends one does not want an unconditional write.</remarks>
    /// <param name="current">The current content; null if there is none, which no tag and no <c>*</c> matches.</param>
    public static bool IsWriteAllowed<T>(HttpRequest request, T? current)
        where T : class
    {
        return (request.Headers.IfMatch is { Count: 0 } || IsNamed(request.Headers.IfMatch, strong: true) is true)
            && (request.Headers.IfNoneMatch is { Count: 0 } || IsNamed(request.Headers.IfNoneMatch, strong: false) is false);

        bool? IsNamed(StringValues header, bool strong) =>
            !EntityTagHeaderValue.TryParseStrictList(header, out var tags) || (tags.Count > 1 && tags.Contains(EntityTagHeaderValue.Any))
                ? null
                : current is not null && Names(tags, Of(current), strong);
    }

    /// <summary>A <c>Cache-Control</c> for the caller's own cache, which asks again before each use.</summary>
    public const string Revalidated = "private, no-cache";

    /// <summary>200 with the content and its ETag, or 304 when a GET's <c>If-None-Match</c> matches it.</summary>
    /// <param name="cache">
    /// The <c>Cache-Control</c>, for content that other members may see too; what is between members stays out of every cache, but an app
    /// can keep it with its ETag.
    /// </param>
    public static IResult Answer<T>(HttpRequest request, T content, string? cache = null)
    {
        if (cache is not null)
        {
            var headers = request.HttpContext.Response.Headers;
            headers.CacheControl = cache;
            if (cache.StartsWith("private", StringComparison.Ordinal))
            {
                // Members can share a browser.
                headers.Append(HeaderNames.Vary, HeaderNames.Authorization);
            }
        }

        // Written as the bytes that the tag is of: serialising a page of cards twice would cost as much again.
        var body = Serialized(content);
        return Answer(request, OfBytes(body), () => Results.Text(body, "application/json; charset=utf-8"));
    }

    /// <summary>200 with a document's bytes and their ETag, or 304 when a GET's <c>If-None-Match</c> matches it.</summary>
    public static IResult Answer(HttpRequest request, byte[] document, string contentType) =>
        Answer(request, OfBytes(document), () => Results.Bytes(document, contentType));

    /// <summary>204 after a write, with the ETag of the content as it is now.</summary>
    public static IResult NoContent<T>(HttpRequest request, T content)
    {
        request.HttpContext.Response.Headers.ETag = Of(content).ToString();
        return Answers.NoContent();
    }

    private static IResult Answer(HttpRequest request, EntityTagHeaderValue tag, Func<IResult> content)
    {
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && Names(request.GetTypedHeaders().IfNoneMatch, tag, strong: false)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : content();
    }

    private static bool Names(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue tag, bool strong) =>
        tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, strong));

    private static EntityTagHeaderValue Of<T>(T content) => OfBytes(Serialized(content));

    private static byte[] Serialized<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, Json.Options);

    private static EntityTagHeaderValue OfBytes(byte[] content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
}
