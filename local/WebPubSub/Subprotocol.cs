namespace Connections.Local.WebPubSub;

/// <summary>What a client and the service say to each other on one socket.</summary>
internal enum Subprotocol
{
    /// <summary>No subprotocol: the client receives the payloads as they are, and sends nothing.</summary>
    Plain,

    /// <summary><c>json.webpubsub.azure.v1</c>: what is sent while the client is away is lost.</summary>
    Json,

    /// <summary><c>json.reliable.webpubsub.azure.v1</c>: numbered messages, acknowledged, sent again after a recovery.</summary>
    ReliableJson,
}

internal static class Subprotocols
{
    /// <summary>Picks the first requested subprotocol that is spoken here; false when none of those requested is.</summary>
    public static bool TryChoose(IList<string> requested, out Subprotocol chosen, out string? name)
    {
        chosen = Subprotocol.Plain;
        name = null;
        foreach (var candidate in requested)
        {
            if (candidate is "json.reliable.webpubsub.azure.v1" or "json.webpubsub.azure.v1")
            {
                chosen = candidate.StartsWith("json.reliable", StringComparison.Ordinal) ? Subprotocol.ReliableJson : Subprotocol.Json;
                name = candidate;
                return true;
            }
        }

        return requested.Count == 0;
    }
}
