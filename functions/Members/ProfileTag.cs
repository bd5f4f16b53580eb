using System.Security.Cryptography;
using System.Text.Json;
using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connections.Members;

/// <summary>The ETag of a profile: made from what the profile says, and from nothing else that its document holds.</summary>
/// <remarks>A write of the member's email preferences must not make the profile that they have open look changed.</remarks>
internal static class ProfileTag
{
    /// <summary>Whether <c>If-Match</c> is absent or names this profile. One that cannot be read names nothing.</summary>
    public static bool IsWriteAllowed(HttpRequest request, Profile current) =>
        request.Headers.IfMatch.Count == 0 || Names(request.GetTypedHeaders().IfMatch, current, strong: true);

    /// <summary>200 with the profile and its ETag, or 304 when <c>If-None-Match</c> names it.</summary>
    public static IResult Answer(HttpRequest request, Profile profile)
    {
        request.HttpContext.Response.Headers.ETag = Of(profile).ToString();
        return HttpMethods.IsGet(request.Method) && Names(request.GetTypedHeaders().IfNoneMatch, profile, strong: false)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Answers.Ok(profile);
    }

    private static bool Names(IList<EntityTagHeaderValue> tags, Profile profile, bool strong)
    {
        var tag = Of(profile);
        return tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, strong));
    }

    private static EntityTagHeaderValue Of(Profile profile)
    {
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(profile, Json.Options));
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"");
    }
}
