using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connections.Email.Pages;

/// <summary>What the pages behind email links need of a request.</summary>
public static class PageRequests
{
    // Browsers send three or four.
    private const int MostLanguages = 10;

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
    /// <remarks>
    /// Anybody can send this header, 32 KB of it, so only its beginning is read: the first ten entries. An entry that is no language range with
    /// a weight from 0 to 1 (RFC 9110, 12.5.4) is passed over, and so is a language that the browser refuses by a weight of 0.
    /// </remarks>
    public static string? PreferredLanguage(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.AcceptLanguage
            .SelectMany(line => new StringTokenizer(line ?? "", [',']))
            .Take(MostLanguages)
            .Select(entry => StringWithQualityHeaderValue.TryParse(entry, out var language) ? language : null)
            .Where(language => language is { Value.Length: <= LanguageTag.MaxLength, Quality: null or > 0 })
            .OrderByDescending(language => language!.Quality ?? 1)
            .Select(language => Sentences.TryFind(language!.Value.Value)?.Language)
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
