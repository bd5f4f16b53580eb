namespace Connections.Local.Poison;

/// <summary>What the queues need of a storage account's connection string.</summary>
/// <param name="Endpoint">The queue service.</param>
/// <param name="AccountName">The account's name.</param>
/// <param name="Key">Its key.</param>
internal sealed record StorageConnectionString(Uri Endpoint, string AccountName, byte[] Key)
{
    // Of every storage emulator, and no secret.
    private const string Development =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1";

    /// <summary>Reads one; null where it does not name a queue service and a key.</summary>
    public static StorageConnectionString? Read(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                return null;
            }

            parts[part[..equals]] = part[(equals + 1)..];
        }

        if (parts.TryGetValue("UseDevelopmentStorage", out var development) && development.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return Read(Development);
        }

        var name = parts.GetValueOrDefault("AccountName", "");
        var address = parts.GetValueOrDefault("QueueEndpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.queue.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        var key = new byte[64];
        return name.Length > 0
            && Convert.TryFromBase64String(parts.GetValueOrDefault("AccountKey", ""), key, out var length) && length > 0
            && Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            ? new StorageConnectionString(endpoint, name, key[..length])
            : null;
    }
}
