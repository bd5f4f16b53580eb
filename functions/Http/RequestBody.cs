using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Connections.Http;

/// <summary>Reads what was sent, within limits, and says what is wrong with it.</summary>
public static class RequestBody
{
    private static readonly JsonSerializerOptions Options = new(Json.Options) { Converters = { new WholeNumberConverter() } };

    /// <summary>The whole body; an error for one of more than <paramref name="max"/> bytes.</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, int max, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Content-Length can be absent or a lie: never read more than the limit and one byte.
        if (request.ContentLength > max)
        {
            return new BodyTooLarge(max);
        }

        var buffer = new byte[max + 1];
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            return length > max ? new BodyTooLarge(max) : (ReadOnlyMemory<byte>)buffer.AsMemory(0, length);
        }
        // It comes too slowly, is cut off or badly framed: that is the sender's, or the way's, and no fault of ours.
        catch (IOException)
        {
            return new InvalidJson("The body did not come whole, or took too long. Send the call again.");
        }
    }

    /// <summary>An object from its JSON, or what is wrong with it: a field of the wrong type is named.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="what">What is read, as a sentence begins with it: <c>The body</c>.</param>
    public static Result<T> Parse<T>(ReadOnlySpan<byte> json, string what)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, Options);
            return value is null ? new InvalidJson($"{what} must be a JSON object.") : value;
        }
        // What cannot be read as JSON at all has the reader's own exception inside; everything else with a path is a wrong type.
        catch (JsonException e) when (e.Path is { Length: > 2 } && e.InnerException is not JsonException)
        {
            return new InvalidInput(e.Path.TrimStart('$', '.'), "Is of the wrong type.");
        }
        catch (JsonException e)
        {
            return new InvalidJson($"{what} cannot be read as JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }
}
