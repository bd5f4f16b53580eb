using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Emulators.Blobs;
using Connections.Emulators.Cosmos;
using Connections.Local.Identity;
using Connections.Notices;

namespace Connections.Local;

/// <summary>The settings that make a function app on this machine use the emulators: <c>functions/Azure/local.settings.json</c>.</summary>
internal static class EmulatorSettings
{
    /// <summary>The access key of Web PubSub and email, in base64. It is not a secret, as with other emulators.</summary>
    public const string AccessKey =
        "RXZlcnlib2R5IGhhcyB0aGlzIGtleS4gSXQgb3BlbnMgdGhlIGVtdWxhdG9ycyBvZiBvbmUgbWFjaGluZSwgYW5kIG5vdGhpbmcgaW4gQXp1cmUu";

    /// <summary>The command that serves the queues, with an emulator from npm. It would refuse clients that are newer than
    /// itself.</summary>
    public const string Azurite = "npx azurite@3.35.0 --skipApiVersionCheck --disableTelemetry --location .local/azurite";

    /// <summary>The default URL of the emulators: the port after the function app's.</summary>
    public static readonly Uri DefaultUrl = new("http://localhost:7072");

    /// <summary>The URL at which Core Tools start a function app.</summary>
    public static readonly Uri Functions = LocalOptions.DefaultUrl;

    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The default options of the emulators.</summary>
    /// <param name="folder">The product's data folder. The emulators use a folder in it, because their members' pictures have another
    /// address.</param>
    public static LocalOptions Options(string folder) => new()
    {
        EmulatorsAlone = true, Url = DefaultUrl, Folder = Path.Combine(folder, "emulators"), EventHandler = new Uri(
            Functions, LocalApp.SocketEventsPath),
    };

    /// <summary>The settings, by their names in <c>Values</c>, for emulators at <paramref name="url"/>.</summary>
    public static IReadOnlyDictionary<string, string> For(Uri url) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            // For the trigger's own client: the emulator supports gateway mode only.
            ["AzureFunctionsJobHost__extensions__cosmosDB__connectionMode"] = "Gateway",
            [Connections.Cosmos.Containers.Connection] = $"AccountEndpoint={url};AccountKey={CosmosEndpoint.WellKnownKey};",
            [INoticeQueue.Connection] = Storage(url),
            ["WebPubSub"] = $"Endpoint={url.AbsoluteUri.TrimEnd('/')};AccessKey={AccessKey};Version=1.0;",
            ["Email"] = $"endpoint={url};accesskey={AccessKey}",
            ["Email__Sender"] = "DoNotReply@example.com",
            ["Identity__Issuer"] = LocalIssuer.IssuerOf(url),
            ["Identity__Audience"] = LocalIssuer.Audience,
            ["Web__BaseUrl"] = Functions.AbsoluteUri,
            ["Safety__SupportAddress"] = "support@example.com",
        };

    /// <summary>The storage account: its blobs are here, and its queues are Azurite's.</summary>
    public static string Storage(Uri url)
    {
        var (name, key) = (BlobAccount.WellKnown.Name, Convert.ToBase64String(BlobAccount.WellKnown.Key));
        // By an IP address: after a name, clients read the account's name from the host and not from the path.
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={key};"
            + $"BlobEndpoint=http://127.0.0.1:{url.Port}/{name};QueueEndpoint=http://127.0.0.1:10001/{name};";
    }

    /// <summary>The content of the file.</summary>
    public static string FileFor(Uri url)
    {
        var values = new JsonObject();
        foreach (var (name, value) in For(url))
        {
            values[name] = value;
        }

        return new JsonObject { ["IsEncrypted"] = false, ["Values"] = values }.ToJsonString(Format);
    }
}
