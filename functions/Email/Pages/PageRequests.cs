using Connections.Email.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Email.Pages;

/// <summary>What the pages behind email links need of a request.</summary>
public static class PageRequests
{
    // A form of ours has one short field; a mail provider's has one too, as multipart with a boundary and headers of its own.
    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 8,
        KeyLengthLimit = 64,
        ValueLengthLimit = 256,
        MultipartBodyLengthLimit = 4096,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 1024,
    };

    /// <summary>The first language that the browser asks for and that there are sentences in; null when there is none.</summary>
    public static string? PreferredLanguage(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Sentences.TryFind(language.Value.Value)?.Language)
            .FirstOrDefault(language => language is not null);
    }

    /// <summary>The posted form, url-encoded or multipart; empty when the body is not one or goes over what a form of ours can hold.</summary>
    public static async Task<IFormCollection> ReadSmallFormAsync(this HttpRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await new FormFeature(request, Limits).ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>The answer in a posted form; null when it holds none.</summary>
    public static async Task<InviteAnswer?> ReadInviteAnswerAsync(this HttpRequest request, CancellationToken ct) =>
        ParseInviteAnswer((await request.ReadSmallFormAsync(ct))["answer"]);

    /// <summary>Reads <c>accept</c> or <c>decline</c>; null for anything else.</summary>
    public static InviteAnswer? ParseInviteAnswer(string? text) => text switch
    {
        "accept" => InviteAnswer.Accept,
        "decline" => InviteAnswer.Decline,
        _ => null,
    };
}
