using Connections.Cosmos;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Connections.Local.DemoData;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.DemoData;

public sealed class DemoLoaderTests : IAsyncLifetime
{
    private static readonly Uri Avatars = new("http://localhost:7071/dev/avatars/");

    private readonly string _folder = Directory.CreateTempSubdirectory("connections-test-").FullName;
    private readonly SqliteFile _file;
    private readonly CosmosClient _client;
    private readonly MemberStore _members;

    public DemoLoaderTests()
    {
        _file = SqliteFile.Open(Path.Combine(_folder, "connections.db"));
        _client = LocalCosmos.CreateClient(new CosmosStore(_file, TimeProvider.System));
        _members = new MemberStore(new Containers(_client), TimeProvider.System);
    }

    [Fact]
    public async Task A_second_load_adds_nothing_and_changes_nothing()
    {
        Assert.Equal(12, await LoadAsync(10));
        var changed = (await FindAsync("creator-0003"))!;
        await _members.TryReplaceAsync(changed.Value with { Headline = "My own words" }, changed.ETag, default);

        Assert.Equal(0, await LoadAsync(10));
        Assert.Equal("My own words", (await FindAsync("creator-0003"))!.Value.Headline);
    }

    [Fact]
    public async Task An_interrupted_load_resumes_from_its_last_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DemoLoader.LoadAsync(
            _members, _file, 3 * DemoLoader.Stride, Avatars, _ => stop.Cancel(), stop.Token));
        Assert.NotNull(await FindAsync(DemoCreator.IdOf(DemoLoader.Stride).Value));
        Assert.Null(await FindAsync(DemoCreator.IdOf(3 * DemoLoader.Stride).Value));

        var added = await LoadAsync(3 * DemoLoader.Stride);

        Assert.InRange(added, 1, 2 * DemoLoader.Stride);
        Assert.NotNull(await FindAsync(DemoCreator.IdOf(3 * DemoLoader.Stride).Value));
    }

    public async Task InitializeAsync() =>
        await LocalCosmos.CreateContainersAsync(_client, Path.Combine(AppContext.BaseDirectory, "infra", "cosmos"), default);

    public Task DisposeAsync()
    {
        _client.Dispose();
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private Task<int> LoadAsync(int creators) => DemoLoader.LoadAsync(_members, _file, creators, Avatars, progress: null, default);

    private Task<Document<Member>?> FindAsync(string id) => _members.FindAsync(new MemberId(id), default);
}
