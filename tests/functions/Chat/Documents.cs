using System.Text.Json.Nodes;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>The database's documents as they are stored.</summary>
internal static class Documents
{
    /// <summary>The number of documents with members' texts that contain a text.</summary>
    public static async Task<int> MentioningAsync(LocalHostFixture host, string text)
    {
        var containers = host.Services.GetRequiredService<Containers>();
        var count = 0;
        foreach (var container in new[] { containers.Messages, containers.Contacts, containers.Connections })
        {
            using var pages = container.GetItemQueryIterator<JsonNode>(new QueryDefinition("SELECT * FROM c"));
            while (pages.HasMoreResults)
            {
                count += (await pages.ReadNextAsync()).Count(document => document.ToJsonString().Contains(text, StringComparison.Ordinal));
            }
        }

        return count;
    }
}
