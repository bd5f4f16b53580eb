using Microsoft.Extensions.Primitives;

namespace Connections.Local.Identity;

/// <summary>The parameters of an OAuth request, from its query or its form.</summary>
/// <remarks>RFC 6749, 3.1: one without a value counts as absent, and none may come twice.</remarks>
internal sealed class Sent(IEnumerable<KeyValuePair<string, StringValues>> values)
{
    /// <summary>The longest value, in characters.</summary>
    public const int Longest = 4000;

    private readonly Dictionary<string, StringValues> _values = new(values, StringComparer.Ordinal);

    /// <summary>A parameter that no request may have so: it came twice, or is too long. Null when there is none.</summary>
    public string? Malformed => _values.FirstOrDefault(value => value.Value.Count > 1 || value.Value.ToString().Length > Longest).Key;

    /// <summary>A parameter's value; null when it is absent or malformed.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value is [{ Length: > 0 and <= Longest } single] ? single : null;

    /// <summary>The words of a parameter, such as those of <c>scope</c>.</summary>
    public string[] Words(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Reads the query of a GET, the form of a POST.</summary>
    public static async Task<Sent> ReadAsync(HttpRequest request) => new(HttpMethods.IsGet(request.Method) ? request.Query : await ReadFormAsync(request));

    /// <summary>Reads a form. What cannot be read as one has no fields, and that is what the caller is told.</summary>
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
