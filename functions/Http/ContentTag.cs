using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connections.Http;

/// <summary>The ETag of an answer: made from what the answer says, and from nothing else that its document holds.</summary>
/// <remarks>A write of one part of a document must not make another part, that somebody has open, look changed.</remarks>
public static class ContentTag
{
    /// <summary>Whether <c>If-Match</c> is absent or names this content. One that cannot be read names nothing.</summary>
    public static bool IsWriteAllowed<T>(HttpRequest request, T current)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.IfMatch.Count == 0 || Names(request.GetTypedHeaders().IfMatch, Of(current), strong: true);
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
