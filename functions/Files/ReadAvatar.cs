using Connections.Http;
using Microsoft.Net.Http.Headers;

namespace Connections.Files;

/// <summary>GET /api/avatars/{folder}/{id}: the picture of a profile, for everybody.</summary>
/// <remarks>
/// An address never shows another picture, so a browser keeps it for a year. No file of a message can be read here: see
/// <see cref="FileId"/>. Whatever a picture turned out to be, a browser would run nothing of it.
/// </remarks>
public sealed class ReadAvatar(HttpApi http, IFileStore store)
{
    /// <summary>Answers 200 with the bytes, 304 or 404. No request, and one to the store.</summary>
    [Function(nameof(ReadAvatar))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/avatars/{folder}/{id}")] HttpRequest request,
        string folder,
        string id) =>
        http.HandlePicture(request, async ct =>
            FilePath.IsFolder(folder) && FileId.IsOf(FilePurpose.Avatar, id)
                && await store.OpenAsync($"{new FilePath(folder, id)}", ct) is { } picture
                ? new Answer(picture, id)
                : Problems.NotFound("picture"));

    private sealed record Answer(StoredFile Picture, string Id) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var picture = Picture;
            var (request, response) = (httpContext.Request, httpContext.Response);
            var tag = new EntityTagHeaderValue($"\"{Id}\"");
            response.Headers.ETag = tag.ToString();
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            // The web client can be on another origin.
            response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = picture.Type;
            response.ContentLength = picture.Size;
            if (!HttpMethods.IsHead(request.Method))
            {
                await picture.Content.CopyToAsync(response.Body, httpContext.RequestAborted);
            }
        }
    }
}
