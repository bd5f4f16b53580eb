using Connections.Benchmarks.Search;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Creators.Favourites;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Local.Adapters;
using Connections.Members;
using Connections.Members.Standing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;

namespace Connections.Benchmarks.Floors;

/// <summary>
/// The requests of a call through the Cosmos SDK, answered from memory, without HTTP, token or database. The product cannot be faster than
/// this as long as it uses the SDK.
/// </summary>
internal sealed class SdkAlone : IDisposable
{
    private const string Row = "row";

    private static readonly MemberId Caller = new("brand");
    private static readonly object Document = new { id = Row, memberId = Row, connectionId = Row, chat = "", other = new string('-', 900) };

    private readonly string _folder;
    private readonly SqliteFile _file;
    private readonly CosmosClient _client;
    private readonly Containers _containers;
    private readonly MemberStore _members;
    private readonly CreatorSearch _search;
    private readonly ViewerStateReader _viewerStates;

    private SdkAlone(string folder)
    {
        _folder = folder;
        _file = SqliteFile.Open(Path.Combine(folder, "connections.db"));
        _client = LocalCosmos.CreateClient(new CosmosStore(_file, TimeProvider.System), carrier => new ReplayHandler(carrier));
        _containers = new Containers(_client);
        _members = new MemberStore(_containers, TimeProvider.System);
        _search = new CreatorSearch(_containers);
        _viewerStates = new ViewerStateReader(
            new ContactStore(_containers, _members, TimeProvider.System, InviteSettings.Read(new ConfigurationManager())),
            new FavouriteStore(_containers),
            new Suspensions(_containers, TimeProvider.System));
    }

    /// <summary>Opens a copy of the data for a number of creators.</summary>
    public static async Task<SdkAlone> OpenAsync(int creators, TextWriter log)
    {
        var opened = new SdkAlone(await PreparedData.CopyAsync(creators, log));
        await opened._containers.Contacts.TryCreateAsync(Document, Row, default);
        return opened;
    }

    /// <summary>Makes the requests of a creator's profile.</summary>
    public async Task ReadAsync(string creator)
    {
        var id = new MemberId(creator);
        await Task.WhenAll(_members.FindAsync(id, default), _viewerStates.FindAsync(Caller, [id], default));
    }

    /// <summary>Makes the requests of a page of a search.</summary>
    public async Task FindAsync(SearchCase search)
    {
        var filter = CreatorFilter.Read(
            new QueryCollection(QueryHelpers.ParseQuery(search.Path[search.Path.IndexOf('?', StringComparison.Ordinal)..])), new Fields());
        var found = await _search.FindAsync(filter, null, SearchFloor.PageSize + 1, default);
        await _viewerStates.FindAsync(Caller, [.. found.Select(creator => creator.Card.Id)], default);
    }

    /// <summary>
    /// Makes the requests of a message and of what follows it: the sender's row is read, the message written, both rows are patched, and
    /// the receiver's is read.
    /// </summary>
    public async Task SendAsync()
    {
        PatchOperation[] changes =
            [PatchOperation.Set("/chat", "-"), PatchOperation.Set("/talkedAt", "-"), PatchOperation.Set("/hasUnread", true)];
        await _containers.Contacts.FindAsync<object>(Row, Row, default);
        await _containers.Messages.TryCreateAsync(Document, Row, default);
        await Task.WhenAll(PatchAsync(), PatchAsync());
        await _containers.Contacts.FindAsync<object>(Row, Row, default);

        Task PatchAsync() => _containers.Contacts.TryPatchAsync<object>(
            Row, Row, changes, "NOT IS_DEFINED(c.chat) OR c.chat <> 'x'", default, answers: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
