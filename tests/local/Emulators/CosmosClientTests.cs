using System.Text.Json.Nodes;
using Connections.Local;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Emulators;

/// <summary>The unmodified <c>@azure/cosmos</c>, and the .NET client with the options of the change feed trigger.</summary>
public sealed class CosmosClientTests(EmulatorsFixture emulators) : IClassFixture<EmulatorsFixture>
{
    [Fact]
    public async Task Items_can_be_created_read_and_deleted()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");

        var created = await client.CallAsync("create", new { item = Message("basic", 1, "čaj ☕") });
        var read = await client.CallAsync("read", At("basic", 1));

        Assert.Equal("čaj ☕", (string?)read!["item"]!["text"]);
        Assert.Equal((string?)created!["etag"], (string?)read["etag"]);
        Assert.Equal(204, (int?)await client.CallAsync("remove", At("basic", 1)));
        Assert.Null((await client.CallAsync("read", At("basic", 1)))!["item"]);
    }

    [Fact]
    public async Task A_duplicate_id_or_unique_key_is_a_conflict()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");
        await client.CallAsync("create", new { item = Message("conflict", 1) });

        Assert.Equal(409, (await client.RefusedAsync("create", new { item = Message("conflict", 1) })).Status);
        Assert.Equal(409, (await client.RefusedAsync("create", new { item = Message("conflict", 2, clientId: "client-1") })).Status);
    }

    [Fact]
    public async Task A_replace_with_a_stale_ETag_is_refused()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");
        var first = (string)(await client.CallAsync("create", new { item = Message("etag", 1) }))!["etag"]!;

        var second =
            await client.CallAsync("replace", new { id = "1", partition = "etag", item = Message("etag", 1, "changed"), etag = first });

        Assert.NotEqual(first, (string?)second!["etag"]);
        var refused =
            await client.RefusedAsync("replace", new { id = "1", partition = "etag", item = Message("etag", 1, "late"), etag = first });
        Assert.Equal(412, refused.Status);
        Assert.Equal("changed", (string?)(await client.CallAsync("read", At("etag", 1)))!["item"]!["text"]);
    }

    [Fact]
    public async Task A_patch_changes_its_paths_if_its_condition_holds()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");
        await client.CallAsync("create", new { item = Message("patch", 1, "before") });
        object[] operations = [new { op = "set", path = "/text", value = "after" }, new { op = "incr", path = "/seq", value = 10 }];

        var patched =
            await client.CallAsync("patch", new { id = "1", partition = "patch", operations, condition = "from c where c.seq = 1" });

        Assert.Equal(("after", 11), ((string?)patched!["item"]!["text"], (int?)patched["item"]!["seq"]));
        Assert.Equal(
            412,
            (await client.RefusedAsync(
                "patch", new { id = "1", partition = "patch", operations, condition = "from c where c.seq = 1" })).Status);
    }

    [Fact]
    public async Task A_query_continues_from_its_token()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");
        await CreateAsync(client, "query", 5);

        var pages = await client.CallAsync("pages", new { query = "SELECT VALUE c.seq FROM c", partition = "query", size = 2 });

        Assert.Equal(
            [[1, 2], [3, 4], [5]],
            pages!.AsArray().Select(page => page!.AsArray().Select(seq => (int)seq!).ToArray()).Where(page => page.Length > 0));
    }

    [Fact]
    public async Task A_query_across_partitions_sorts()
    {
        await using var client = await emulators.ClientAsync("cosmos", "Cosmos");
        await client.CallAsync("create", new { item = Message("across-1", 101) });
        await client.CallAsync("create", new { item = Message("across-2", 103) });
        await client.CallAsync("create", new { item = Message("across-1", 102) });

        var found = await client.CallAsync(
            "queryAll",
            new
            {
                query = new
                {
                    query = "SELECT * FROM c WHERE c.seq > @seq ORDER BY c.seq DESC",
                    parameters = new[] { new { name = "@seq", value = 100 } },
                },
            });

        Assert.Equal([103, 102, 101], found!.AsArray().Select(item => (int)item!["seq"]!));
    }

    [Fact]
    public async Task The_change_feed_returns_each_change_once_and_resumes()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { EmulatorsAlone = true, Creators = 0 });
        await using var client = await JavaScriptClient.StartAsync("cosmos", EmulatorSettings.For(own.Url)["Cosmos"]);
        await CreateAsync(client, "feed", 5);

        var first = await client.CallAsync("changes", new { });
        await client.CallAsync("upsert", new { item = Message("feed", 2, "changed") });
        var second = await client.CallAsync("changes", new { continuation = (string?)first!["continuation"] });

        Assert.Equal([1, 2, 3, 4, 5], first["items"]!.AsArray().Select(item => (int)item!["seq"]!));
        Assert.Equal("changed", (string?)second!["items"]!.AsArray().Single()!["text"]);
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        await using var client =
            await JavaScriptClient.StartAsync("cosmos", $"AccountEndpoint={emulators.Host.Url};AccountKey=bm90IHRoZSBrZXk=;");

        Assert.Equal(401, (await client.RefusedAsync("read", At("basic", 1))).Status);
    }

    // The trigger does not set LimitToEndpoint, so the client switches to the address in the account's metadata.
    [Fact]
    public async Task The_triggers_change_feed_processor_works()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { EmulatorsAlone = true, Creators = 0 });
        using var client =
            new CosmosClient(EmulatorSettings.For(own.Url)["Cosmos"], new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway });
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var processor = client.GetContainer("connections", "messages")
            .GetChangeFeedProcessorBuilder<Newtonsoft.Json.Linq.JObject>("test", (changes, _) =>
            {
                seen.TrySetResult((string)changes.Single()["text"]!);
                return Task.CompletedTask;
            })
            .WithInstanceName("one").WithLeaseContainer(client.GetContainer("connections", "leases"))
            .WithPollInterval(TimeSpan.FromMilliseconds(100)).Build();
        await processor.StartAsync();

        await using var writer = await JavaScriptClient.StartAsync("cosmos", EmulatorSettings.For(own.Url)["Cosmos"]);
        await writer.CallAsync("create", new { item = Message("processor", 1, "hello") });

        Assert.Equal("hello", await seen.Task.WaitAsync(LocalHostFixture.MaxWait));
        await processor.StopAsync();
    }

    private static async Task CreateAsync(JavaScriptClient client, string partition, int count)
    {
        for (var seq = 1; seq <= count; seq++)
        {
            await client.CallAsync("create", new { item = Message(partition, seq) });
        }
    }

    private static object At(string partition, int seq) => new { id = $"{seq}", partition };

    private static JsonObject Message(string partition, int seq, string text = "hello", string? clientId = null) => new()
    {
        ["id"] = $"{seq}",
        ["connectionId"] = partition,
        ["from"] = "ada",
        ["clientId"] = clientId ?? $"client-{seq}",
        ["seq"] = seq,
        ["text"] = text,
    };
}
