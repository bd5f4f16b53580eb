using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Cosmos;
using Connections.Local.Cosmos;
using Connections.Local.Identity;
using Connections.Notices;

namespace Connections.Local.Emulators;

/// <summary>What a function app on this machine is told, so that it uses the emulators: <c>functions/Azure/local.settings.json</c>.</summary>
internal static class EmulatorSettings
{
    /// <summary>The access key of Web PubSub and email, in base64. As with other emulators, it is no secret, and says so.</summary>
    public const string AccessKey = "RXZlcnlib2R5IGhhcyB0aGlzIGtleS4gSXQgb3BlbnMgdGhlIGVtdWxhdG9ycyBvZiBvbmUgbWFjaGluZSwgYW5kIG5vdGhpbmcgaW4gQXp1cmUu";

    /// <summary>How the queues are served: by an emulator from npm. The check of versions is against clients newer than it.</summary>
    public const string Azurite = "npx azurite@3.35.0 --skipApiVersionCheck --disableTelemetry --location .local/azurite";

    /// <summary>Where the emulators are unless told: the port after that of the function app.</summary>
    public static readonly Uri DefaultUrl = new("http://localhost:7072");

    /// <summary>Where Core Tools start a function app.</summary>
    public static readonly Uri Functions = LocalOptions.DefaultUrl;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How the emulators are started where nothing else is said.</summary>
    /// <param name="folder">The data folder of the whole product; theirs is in it, because their members' pictures are at another address.</param>
    public static LocalOptions Options(string folder) => new()
    {
        EmulatorsAlone = true, Url = DefaultUrl, Folder = Path.Combine(folder, "emulators"), EventHandler = new Uri(Functions, LocalApp.SocketEventsPath),
    };

    /// <summary>The settings, by their names in <c>Values</c>, for emulators at <paramref name="url"/>.</summary>
    public static IReadOnlyDictionary<string, string> For(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            // The trigger's own client: the emulator speaks to clients in gateway mode alone.
            ["AzureFunctionsJobHost__extensions__cosmosDB__connectionMode"] = "Gateway",
            [Connections.Cosmos.Containers.Connection] = $"AccountEndpoint={url};AccountKey={CosmosEndpoint.WellKnownKey};",
            [INoticeQueue.Connection] = "UseDevelopmentStorage=true",
            ["WebPubSub"] = $"Endpoint={url.AbsoluteUri.TrimEnd('/')};AccessKey={AccessKey};Version=1.0;",
            ["Email"] = $"endpoint={url};accesskey={AccessKey}",
            ["Email__Sender"] = "DoNotReply@example.com",
            ["Identity__Issuer"] = LocalIssuer.IssuerOf(url),
            ["Identity__Audience"] = LocalIssuer.Audience,
            ["Web__BaseUrl"] = Functions.AbsoluteUri,
            ["Safety__SupportAddress"] = "support@example.com",
        };
    }

    /// <summary>The whole file.</summary>
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
