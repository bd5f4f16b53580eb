using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connections.Http;

/// <summary>The ETag of an answer: made from what the answer says, and from nothing else that its document holds.</summary>
/// <remarks>A write of one part of a document must not make another part, that somebody has open, look changed.</remarks>
public static class ContentTag
{
    /// <summary>Whether a write's preconditions hold: <c>If-Match</c> is absent or names this content, and <c>If-None-Match</c> does not.</summary>
    /// <remarks>A condition that cannot be read does not hold: whoever sends one wants no write that it does not allow.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="current">What stands; null where nothing does, and then no tag and no <c>*</c> names it.</param>
    public static bool IsWriteAllowed<T>(HttpRequest request, T? current)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        return (request.Headers.IfMatch is { Count: 0 } || IsNamed(request.Headers.IfMatch, strong: true) is true)
            && (request.Headers.IfNoneMatch is { Count: 0 } || IsNamed(request.Headers.IfNoneMatch, strong: false) is false);

        bool? IsNamed(StringValues header, bool strong) =>
            !EntityTagHeaderValue.TryParseStrictList(header, out var tags) || (tags.Count > 1 && tags.Contains(EntityTagHeaderValue.Any)) ? null
            : current is not null && Names(tags, Of(current), strong);
    }

    /// <summary>200 with the content and its ETag, or 304 when a GET's <c>If-None-Match</c> names it.</summary>
    public static IResult Answer<T>(HttpRequest request, T content)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(request, Of(content), () => Answers.Ok(content));
    }

    /// <summary>200 with a document's bytes and their ETag, or 304 when a GET's <c>If-None-Match</c> names it.</summary>
    public static IResult Answer(HttpRequest request, byte[] document, string contentType)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(request, OfBytes(document), () => Results.Bytes(document, contentType));
    }

    private static IResult Answer(HttpRequest request, EntityTagHeaderValue tag, Func<IResult> content)
    {
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        return HttpMethods.IsGet(request.Method) && Names(request.GetTypedHeaders().IfNoneMatch, tag, strong: false)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : content();
    }

    private static bool Names(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue tag, bool strong) =>
        tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, strong));

    private static EntityTagHeaderValue Of<T>(T content) => OfBytes(JsonSerializer.SerializeToUtf8Bytes(content, Json.Options));

    private static EntityTagHeaderValue OfBytes(byte[] content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
}
