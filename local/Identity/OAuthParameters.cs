using Microsoft.Extensions.Primitives;

namespace Connections.Local.Identity;

/// <summary>The parameters of an OAuth request, from its query or its form.</summary>
/// <remarks>RFC 6749, 3.1: a parameter without a value counts as absent, and no parameter may come twice.</remarks>
internal sealed class OAuthParameters(IEnumerable<KeyValuePair<string, StringValues>> values)
{
    /// <summary>The longest value, in characters.</summary>
    public const int Longest = 4000;

    private readonly Dictionary<string, StringValues> _values = new(values, StringComparer.Ordinal);

    /// <summary>The name of a parameter that came twice or is too long; null if there is none.</summary>
    public string? Malformed => _values.FirstOrDefault(value => value.Value.Count > 1 || value.Value.ToString().Length > Longest).Key;

    /// <summary>A parameter's value; null if it is absent or malformed.</summary>
    public string? this[string name] =>
        _values.TryGetValue(name, out var value) && value is [{ Length: > 0 and <= Longest } single] ? single : null;

    /// <summary>The words of a parameter, such as those of <c>scope</c>.</summary>
    public string[] Words(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Reads the query of a GET, the form of a POST.</summary>
    public static async Task<OAuthParameters> ReadAsync(HttpRequest request) =>
        new(HttpMethods.IsGet(request.Method) ? request.Query : await ReadFormAsync(request));

    /// <summary>Reads a form; an empty one if the body is not a form.</summary>
    public static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }
}

/// <summary>The scopes of the issuer.</summary>
internal static class Scope
{
    /// <summary>Asks for an ID token.</summary>
    public const string OpenId = "openid";

    /// <summary>Asks for the <c>name</c> claim.</summary>
    public const string Profile = "profile";

    /// <summary>Asks for the <c>email</c> claim.</summary>
    public const string Email = "email";

    /// <summary>Asks for a refresh token.</summary>
    public const string OfflineAccess = "offline_access";

    /// <summary>All of them.</summary>
    public static string[] All { get; } = [OpenId, Profile, Email, OfflineAccess];

    public static string[] Known(IEnumerable<string> words) => [.. All.Intersect(words, StringComparer.Ordinal)];
}
