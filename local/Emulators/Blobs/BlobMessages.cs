using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Emulators.Blobs;

/// <summary>A request to the blob service, by HTTP or within this process.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The address, escaped as it was sent.</param>
/// <param name="Headers">Finds a header; null if it is missing. Its name is compared without case.</param>
/// <param name="HeaderNames">The names of the headers whose names begin with <c>x-ms-</c>.</param>
/// <param name="Body">The body, read as it arrives.</param>
internal sealed record BlobRequest(
    string Method, Uri Url, Func<string, string?> Headers, IReadOnlyCollection<string> HeaderNames, Stream Body)
{
    private IReadOnlyDictionary<string, string>? _query;

    /// <summary>The parameters of the query, by their names in lower case.</summary>
    /// <exception cref="BlobRefusal">A parameter is there twice.</exception>
    public IReadOnlyDictionary<string, string> Query => _query ??= ReadQuery();

    /// <summary>The header <c>Content-Length</c>; null if it is missing.</summary>
    public long? Length =>
        long.TryParse(Headers("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private Dictionary<string, string> ReadQuery()
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in QueryHelpers.ParseQuery(Url.Query))
        {
            if (values.Count != 1 || !query.TryAdd(name.ToLowerInvariant(), values[0] ?? ""))
            {
                throw BlobRefusal.InvalidQuery(name);
            }
        }

        return query;
    }
}

/// <summary>An answer of the blob service.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Its headers, without those of every answer.</param>
internal sealed record BlobAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The body; null if there is none. The receiver disposes it.</summary>
    public Stream? Body { get; init; }

    /// <summary>The length of the body, or of the body that a GET would have.</summary>
    public long Length { get; init; }

    public static BlobAnswer Of(int status, params (string, string)[] headers) => new(status, headers);

    /// <summary>An answer in XML.</summary>
    public static BlobAnswer OfXml(int status, byte[] xml, params (string, string)[] headers) =>
        new(status, [("Content-Type", "application/xml"), .. headers])
        {
            Body = new MemoryStream(xml, writable: false),
            Length = xml.Length,
        };
}

/// <summary>The service refuses a request, with its status and its error code.</summary>
internal sealed class BlobRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Headers beside those of every refusal.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static BlobRefusal NotSupported(string what) =>
        new(501, "NotImplemented", $"The local blob service does not support {what}.");

    public static BlobRefusal MissingHeader(string name) =>
        new(400, "MissingRequiredHeader", $"An HTTP header that's mandatory for this request is not specified: {name}.");

    public static BlobRefusal InvalidHeader(string name) =>
        new(400, "InvalidHeaderValue", $"The value for one of the HTTP headers is not in the correct format: {name}.");

    public static BlobRefusal InvalidQuery(string name) =>
        new(400, "InvalidQueryParameterValue", $"Value for one of the query parameters specified in the request URI is invalid: {name}.");

    public static BlobRefusal NoBlob() => new(404, "BlobNotFound", "The specified blob does not exist.");

    public static BlobRefusal NoContainer() => new(404, "ContainerNotFound", "The specified container does not exist.");

    public static BlobRefusal NotMet() =>
        new(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");

    public static BlobRefusal NotSigned(string detail) =>
        new(403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of Authorization header is formed "
            + $"correctly including the signature. {detail}");

    public static BlobRefusal NotPermitted() =>
        new(403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.");
}
