using System.Text;
using System.Text.Json;

namespace Connections.Files;

/// <summary>What the malware scan says of one version of an upload.</summary>
/// <remarks>
/// Event Grid's event <c>Microsoft.Security.MalwareScanningResult</c>, which it puts into a storage queue at least once and in no order.
/// </remarks>
/// <param name="Path">The upload.</param>
/// <param name="Version">The version that was scanned.</param>
/// <param name="IsClean">Whether nothing was found.</param>
/// <param name="IsMalicious">Whether malware was found. If neither, the version could not be scanned.</param>
public sealed record FileScan(FilePath Path, string Version, bool IsClean, bool IsMalicious)
{
    private const string EventType = "Microsoft.Security.MalwareScanningResult";
    private const string Clean = "No threats found";
    private const string Malicious = "Malicious";

    /// <summary>
    /// Reads a message of the queue, in base64 as Event Grid writes it, or in plain text; null if it is no such event, or is about a blob
    /// that is no member's upload.
    /// </summary>
    public static FileScan? Read(string message)
    {
        try
        {
            var text = message.AsSpan().Trim();
            using var json = JsonDocument.Parse(
                text.StartsWith("{") ? text.ToString() : Encoding.UTF8.GetString(Convert.FromBase64String(text.ToString())));
            var (root, data) = (json.RootElement, json.RootElement.GetProperty("data"));
            return root.GetProperty("eventType").GetString() == EventType
                && PathOf(data.GetProperty("blobUri").GetString()) is { } path
                && data.GetProperty("eTag").GetString()?.Trim('"') is { Length: > 0 } version
                && data.GetProperty("scanResultType").GetString() is { Length: > 0 } result
                    ? new FileScan(path, version, result == Clean, result == Malicious)
                    : null;
        }
        // Not base64, not JSON, a field is missing or of another type.
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // https://account.blob.core.windows.net/uploads/folder/id. An emulator has the account's name in the path.
    private static FilePath? PathOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.AbsolutePath.Split('/') is [.., BlobContainers.Uploads, var folder, var id]
            ? FilePath.Parse($"{folder}/{id}")
            : null;
}
