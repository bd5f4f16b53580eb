using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing.Template;

namespace Connections.Http;

/// <summary>Announces with every answer that its call will go, for the calls that the contract marks <c>deprecated: true</c>.</summary>
/// <remarks>
/// The mark in the contract is the one place: beside it stand <c>x-deprecated-on</c>, the day, and <c>x-sunset</c>, once the end is fixed.
/// docs/api-changes.md says when each may be set, and tests hold the contract to it.
/// </remarks>
public sealed class DeprecatedCalls
{
    private readonly IReadOnlyList<Call> _calls;

    /// <summary>Reads the marks of a contract.</summary>
    /// <param name="contract">OpenAPI as YAML, in the form of <c>openapi.yaml</c>.</param>
    public DeprecatedCalls(string contract)
    {
        var (calls, path) = (new List<Call>(), "");
        using var lines = new StringReader(contract);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("  /", StringComparison.Ordinal))
            {
                path = line.Trim(' ', ':');
            }
            else if (line is "    get:" or "    put:" or "    post:" or "    patch:" or "    delete:")
            {
                var template = TemplateParser.Parse(path);
                var method = line.Trim(' ', ':').ToUpperInvariant();
                calls.Add(new Call(method, new TemplateMatcher(template, []), template.Parameters.Count, On: null, Sunset: null));
            }
            else if (DayAfter("      x-deprecated-on: ", line) is { } on)
            {
                calls[^1] = calls[^1] with { On = on };
            }
            else if (DayAfter("      x-sunset: ", line) is { } sunset)
            {
                calls[^1] = calls[^1] with { Sunset = sunset };
            }
        }

        // Of /connections/unread and /connections/{id} the first one is meant by its path, marked or not.
        // As long as none is marked, no call has to look.
        _calls = calls.Exists(call => call.On is not null) ? [.. calls.OrderBy(call => call.Variables)] : [];
    }

    /// <summary>
    /// If the call has a mark, sets <c>Deprecation</c> (RFC 9745), <c>Link</c> to the contract and <c>Sunset</c> (RFC 8594).
    /// </summary>
    public void Announce(HttpRequest request)
    {
        var method = HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method;
        if (_calls.FirstOrDefault(call => call.Method == method && call.Route.TryMatch(request.Path, [])) is not { On: { } on } call)
        {
            return;
        }

        var headers = request.HttpContext.Response.Headers;
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{on.ToUnixTimeSeconds()}");
        var contract = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, "/api/openapi.yaml");
        headers.Link = $"<{contract}>; rel=\"deprecation\"; type=\"application/yaml\"";
        if (call.Sunset is { } sunset)
        {
            headers["Sunset"] = sunset.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    private static DateTimeOffset? DayAfter(string name, string line) => line.StartsWith(name, StringComparison.Ordinal)
        ? new(DateOnly.ParseExact(line[name.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero)
        : null;

    private sealed record Call(string Method, TemplateMatcher Route, int Variables, DateTimeOffset? On, DateTimeOffset? Sunset);
}
