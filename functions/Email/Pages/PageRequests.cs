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
    private const int MaxLanguages = 10;

    private const int ShortValue = 256;

    // A character of four bytes, escaped.
    private const int LongestCharacter = 12;

    // The other fields, and what multipart puts around each.
    private const int AroundValues = 4096;

    /// <summary>The language with sentences that the browser prefers; null when no language of the header has sentences.</summary>
    /// <remarks>
    /// Anybody can send a header of 32 KB, so only the first ten entries are read. Entries that are not a language range with a weight from
    /// 0 to 1 (RFC 9110, 12.5.4) are ignored, and so are languages with a weight of 0, which the browser refuses.
    /// </remarks>
    public static string? PreferredLanguage(this HttpRequest request) =>
        request.Headers.AcceptLanguage
            .SelectMany(line => new StringTokenizer(line ?? "", [',']))
            .Take(MaxLanguages)
            .Select(entry => StringWithQualityHeaderValue.TryParse(entry, out var language) ? language : null)
            .Where(language => language is { Value.Length: <= LanguageTag.MaxLength, Quality: null or > 0 })
            .OrderByDescending(language => language!.Quality ?? 1)
            .Select(language => Sentences.TryFind(language!.Value.Value)?.Language)
            .FirstOrDefault(language => language is not null);

    /// <summary>The posted form, URL-encoded or multipart; empty when the body is not a form or is larger than the pages' forms.</summary>
    /// <param name="longest">The longest value of the form, in characters; the short ones of most forms by default.</param>
    public static async Task<IFormCollection> ReadSmallFormAsync(this HttpRequest request, CancellationToken ct, int longest = 0)
    {
        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await new FormFeature(request, LimitsFor(Math.Max(ShortValue, longest * LongestCharacter))).ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>The posted form of an invite's page.</summary>
    /// <param name="maxDetails">The longest details of a report, in characters.</param>
    public static async Task<InviteForm> ReadInviteFormAsync(this HttpRequest request, int maxDetails, CancellationToken ct)
    {
        var form = await request.ReadSmallFormAsync(ct, maxDetails);
        InviteAnswer? answer = (string?)form["answer"] switch
        {
            "accept" => InviteAnswer.Accept,
            "decline" => InviteAnswer.Decline,
            "report" => InviteAnswer.Report,
            _ => null,
        };
        return new InviteForm(answer, form["reason"], form["details"], form["until"]);
    }

    private static FormOptions LimitsFor(int longest) => new()
    {
        ValueCountLimit = 8,
        KeyLengthLimit = 64,
        ValueLengthLimit = longest,
        MultipartBodyLengthLimit = longest + AroundValues,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 1024,
    };
}

/// <summary>The form of an invite's page, as posted.</summary>
/// <param name="Answer">The field <c>answer</c>: <c>accept</c>, <c>decline</c> or <c>report</c>; null for anything else.</param>
/// <param name="Reason">The reason of a report or of a decline.</param>
/// <param name="Details">The details of a report.</param>
/// <param name="Until">The day from which on an invite is welcome, of a decline.</param>
public sealed record InviteForm(InviteAnswer? Answer, string? Reason, string? Details, string? Until = null);
