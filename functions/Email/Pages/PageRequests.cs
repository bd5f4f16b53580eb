using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connections.Email.Pages;

/// <summary>Reads the requests to the pages behind email links.</summary>
public static class PageRequests
{
    // Browsers send three or four.
    private const int MostLanguages = 10;

    // Our forms have one short field. A mail provider's has one too, perhaps as multipart with a boundary and headers.
    private static readonly FormOptions FormLimits = new()
    {
        ValueCountLimit = 8,
        KeyLengthLimit = 64,
        ValueLengthLimit = 256,
        MultipartBodyLengthLimit = 4096,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 1024,
    };

    /// <summary>The language with sentences that the browser prefers; null when no language of the header has sentences.</summary>
    /// <remarks>
    /// Anybody can send a header of 32 KB, so only the first ten entries are read. Entries that are not a language range with a weight from
    /// 0 to 1 (RFC 9110, 12.5.4) are ignored, and so are languages with a weight of 0, which the browser refuses.
    /// </remarks>
    public static string? PreferredLanguage(this HttpRequest request) =>
        request.Headers.AcceptLanguage
            .SelectMany(line => new StringTokenizer(line ?? "", [',']))
            .Take(MostLanguages)
            .Select(entry => StringWithQualityHeaderValue.TryParse(entry, out var language) ? language : null)
            .Where(language => language is { Value.Length: <= LanguageTag.MaxLength, Quality: null or > 0 })
            .OrderByDescending(language => language!.Quality ?? 1)
            .Select(language => Sentences.TryFind(language!.Value.Value)?.Language)
            .FirstOrDefault(language => language is not null);

    /// <summary>The posted form, URL-encoded or multipart; empty when the body is not a form or is larger than the pages' forms.</summary>
    public static async Task<IFormCollection> ReadSmallFormAsync(this HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await new FormFeature(request, FormLimits).ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>The field <c>answer</c> of a posted form, <c>accept</c> or <c>decline</c>; null for anything else.</summary>
    public static async Task<InviteAnswer?> ReadInviteAnswerAsync(this HttpRequest request, CancellationToken ct) =>
        (string?)(await request.ReadSmallFormAsync(ct))["answer"] switch
        {
            "accept" => InviteAnswer.Accept,
            "decline" => InviteAnswer.Decline,
            _ => null,
        };
}
