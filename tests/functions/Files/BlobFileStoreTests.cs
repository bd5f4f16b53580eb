using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Connections.Files;
using Connections.Tests.Local.Blobs;

namespace Connections.Tests.Functions.Files;

/// <summary>The file store on the local blobs: with the account's key, and with an identity as in Azure.</summary>
public sealed class BlobFileStoreTests : IDisposable
{
    private const string Path = "member/file";
    private const string Identity = "an identity's token";

    private readonly BlobRig _rig = new(options => options with { AcceptsToken = token => token == Identity });
    private readonly CountedKeys _keys;

    public BlobFileStoreTests()
    {
        _keys = new CountedKeys(_rig.Handler());
        foreach (var container in BlobContainers.All)
        {
            _rig.Blobs.CreateContainerAsync(container, default).GetAwaiter().GetResult();
        }
    }

    public static TheoryData<bool> KeyOrIdentity => [false, true];

    public void Dispose()
    {
        _keys.Dispose();
        _rig.Dispose();
    }

    [Theory]
    [MemberData(nameof(KeyOrIdentity))]
    public async Task An_upload_is_accepted_and_downloaded_with_the_type_and_the_name_that_the_service_gives(bool byIdentity)
    {
        using var store = Store(byIdentity);
        Assert.Null(await store.FindUploadAsync(Path, default));
        await UploadAsync(store, "content", type: "text/html");

        var upload = await store.FindUploadAsync(Path, default);
        Assert.Equal(7, upload!.Size);
        Assert.DoesNotContain('"', upload.ETag);
        Assert.Equal("content", await TextAsync(await store.OpenUploadAsync(Path, upload.ETag, default)));
        Assert.True(await store.AcceptAsync(Path, upload.ETag, "image/png", "čaj \"a\"\r\n.png", default));

        Assert.Null(await store.FindUploadAsync(Path, default));
        using var answer = await _rig.Http.GetAsync(
            await store.GetDownloadAddressAsync(Path, "image/png", "čaj \"a\"\r\n.png", Soon, default));
        Assert.Equal("content", await answer.Content.ReadAsStringAsync());
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal(("inline", "čaj \"a\"\r\n.png"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal((true, TimeSpan.FromMinutes(5)), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.MaxAge));
        await using var opened = await store.OpenAsync(Path, default);
        Assert.Equal(("image/png", 7L, "content"), (opened!.Type, opened.Size, await TextAsync(opened.Content)));
    }

    [Fact]
    public async Task Only_the_version_that_was_looked_at_is_accepted()
    {
        using var store = Store();
        await UploadAsync(store, "looked at");
        var looked = (await store.FindUploadAsync(Path, default))!.ETag;
        await store.DeleteUploadAsync(Path, default);
        await UploadAsync(store, "another");

        Assert.Null(await store.OpenUploadAsync(Path, looked, default));
        Assert.False(await store.AcceptAsync(Path, looked, "image/png", "a.png", default));
        Assert.Null(await store.OpenAsync(Path, default));
    }

    [Fact]
    public async Task An_address_that_still_works_changes_nothing_that_is_served()
    {
        using var store = Store();
        var address = await UploadAsync(store, "accepted");
        var version = (await store.FindUploadAsync(Path, default))!.ETag;
        Assert.True(await store.AcceptAsync(Path, version, "image/png", "a.png", default));

        Assert.Equal(HttpStatusCode.Created, (await _rig.PutAsync(address, "changed")).StatusCode);
        // As a repeated result of the scan does.
        Assert.True(await store.AcceptAsync(Path, version, "image/png", "a.png", default));

        await using var served = await store.OpenAsync(Path, default);
        Assert.Equal("accepted", await TextAsync(served!.Content));
        // An address for the upload reads nothing either.
        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Http.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Nothing_that_the_client_has_set_comes_along()
    {
        using var store = Store();
        var request = new HttpRequestMessage(HttpMethod.Put, (await store.GetUploadAddressAsync(Path, Soon, default)).Url)
        {
            Content = new StringContent("a", Encoding.UTF8, "text/html"),
        };
        foreach (var (name, value) in new[]
        {
            ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-place", "52.5 13.4"), ("x-ms-blob-content-disposition", "inline"),
            ("x-ms-blob-content-encoding", "gzip"), ("x-ms-blob-cache-control", "public"),
        })
        {
            request.Headers.Add(name, value);
        }

        Assert.Equal(HttpStatusCode.Created, (await _rig.Http.SendAsync(request)).StatusCode);
        await store.AcceptAsync(Path, (await store.FindUploadAsync(Path, default))!.ETag, "application/pdf", "a.pdf", default);

        BlobProperties copy = await Service().GetBlobContainerClient(BlobContainers.Accepted).GetBlobClient(Path).GetPropertiesAsync();
        Assert.Equal(("application/pdf", null, null), (copy.ContentType, copy.ContentEncoding, copy.CacheControl));
        Assert.StartsWith("attachment; filename=a.pdf", copy.ContentDisposition, StringComparison.Ordinal);
        Assert.Equal(["upload"], copy.Metadata.Keys);
    }

    [Fact]
    public async Task An_address_writes_an_upload_once_and_does_nothing_else()
    {
        using var store = Store();
        var address = await UploadAsync(store, "first");
        Assert.Equal((HttpStatusCode.Forbidden, "UnauthorizedBlobOverwrite"), await BlobRig.RefusalAsync(_rig.PutAsync(address, "second")));
        await using var first = await store.OpenUploadAsync(Path, (await store.FindUploadAsync(Path, default))!.ETag, default);
        Assert.Equal("first", await TextAsync(first));

        // With the right to write, a client could lease its upload or move it to the archive, for as long as it likes.
        Assert.Contains("&sp=c&", address.Query, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Http.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Http.DeleteAsync(address)).StatusCode);
    }

    [Fact]
    public async Task An_upload_with_snapshots_is_deleted_and_one_that_cannot_be_read_is_as_good_as_none()
    {
        using var odd = new OddBlobs(_rig.Handler());
        var service = new BlobServiceClient(
            new Uri("https://devstoreaccount1.blob.core.windows.net/"),
            new FixedToken(),
            new BlobClientOptions { Transport = new HttpClientTransport(odd), Retry = { MaxRetries = 0 } });
        using var store = new BlobFileStore(service, _rig.Time);
        await AcceptAsync(store, "a");
        await UploadAsync(store, "b");
        await store.DeleteUploadAsync(Path, default);
        await UploadAsync(store, "c");
        await store.DeleteAllAsync("member", default);
        Assert.Null(await store.OpenAsync(Path, default));
        Assert.Equal(4, odd.Deleted);

        // As one that is archived, or encrypted with a key of the client's own.
        await UploadAsync(store, "d");
        var etag = (await store.FindUploadAsync(Path, default))!.ETag;
        odd.IsLocked = true;
        Assert.Null(await store.FindUploadAsync(Path, default));
        Assert.Null(await store.OpenUploadAsync(Path, etag, default));
    }

    [Fact]
    public async Task A_picture_is_shown_and_a_document_is_downloaded()
    {
        using var store = Store();
        await AcceptAsync(store, "%PDF-");
        using var answer = await _rig.Http.GetAsync(
            await store.GetDownloadAddressAsync(Path, "application/pdf", "brief.pdf", Soon, default));
        Assert.Equal("attachment; filename=brief.pdf; filename*=UTF-8''brief.pdf", answer.Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task Evidence_outlives_the_file()
    {
        using var store = Store();
        Assert.False(await store.KeepAsync(Path, "report/1", default));
        await AcceptAsync(store, "kept");

        Assert.True(await store.KeepAsync(Path, "report/1", default));
        await store.DeleteAsync(Path, default);
        Assert.True(await store.KeepAsync(Path, "report/1", default));
        await store.DeleteAllAsync("report", default);

        Assert.Null(await store.OpenAsync(Path, default));
        var address = await store.GetEvidenceAddressAsync("report/1", "image/png", "a.png", Soon, default);
        Assert.Equal("kept", await _rig.Http.GetStringAsync(address));
    }

    [Fact]
    public async Task All_of_a_member_goes_and_nothing_of_another()
    {
        using var store = Store();
        foreach (var path in new[] { "member/1", "member/2", "member2/1", "memb/1" })
        {
            await AcceptAsync(store, path, path);
            await UploadAsync(store, path, path: path);
        }

        await store.DeleteAllAsync("member", default);

        foreach (var (path, stays) in new[] { ("member/1", false), ("member/2", false), ("member2/1", true), ("memb/1", true) })
        {
            Assert.Equal(stays, await store.FindUploadAsync(path, default) is not null);
            Assert.Equal(stays, await store.OpenAsync(path, default) is not null);
        }
    }

    [Fact]
    public async Task A_missing_container_is_a_fault_and_not_a_missing_file()
    {
        using var rig = new BlobRig();
        using var store = new BlobFileStore(rig.Service, rig.Time);
        await Assert.ThrowsAsync<RequestFailedException>(() => store.OpenAsync(Path, default));
        await Assert.ThrowsAsync<RequestFailedException>(() => store.CheckAsync(default));
        await Store().CheckAsync(default);
    }

    [Fact]
    public async Task An_identity_signs_with_one_key_until_it_must_be_renewed()
    {
        using var store = Store(byIdentity: true);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.GetUploadAddressAsync(Path, Soon, default)));
        Assert.Equal(1, _keys.Count);

        _rig.Time.Advance(TimeSpan.FromHours(9));
        var late = await store.GetUploadAddressAsync(Path, Soon, default);
        Assert.Equal(1, _keys.Count);
        _rig.Time.Advance(TimeSpan.FromHours(2));
        await UploadAsync(store, "a");
        Assert.Equal(2, _keys.Count);

        Assert.Equal("https://devstoreaccount1.blob.core.windows.net/uploads/member/file", late.Url.GetLeftPart(UriPartial.Path));
        Assert.Contains("spr=https&", late.Url.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_an_identity_can_be_changed_in_no_field()
    {
        using var store = Store(byIdentity: true);
        await AcceptAsync(store, "a");
        var address = await store.GetDownloadAddressAsync(Path, "image/png", "a.png", Soon, default);
        var fields = address.Query[1..].Split('&');
        foreach (var field in fields)
        {
            var changed = string.Join('&', fields.Select(other => other == field ? field[..^1] + (field[^1] == '1' ? '2' : '1') : other));
            using var answer = await _rig.Http.GetAsync(new UriBuilder(address) { Query = changed }.Uri);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        _rig.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Http.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Addresses_have_the_origin_that_clients_know()
    {
        using var store = new BlobFileStore(Service(), _rig.Time, new Uri("http://localhost:7071"));
        await AcceptAsync(store, "a");
        var address = await store.GetDownloadAddressAsync(Path, "image/png", "a.png", Soon, default);
        Assert.StartsWith("http://localhost:7071/devstoreaccount1/files/member/file?", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("a", await _rig.Http.GetStringAsync(address));
    }

    private DateTimeOffset Soon => _rig.Time.GetUtcNow() + TimeSpan.FromMinutes(5);

    private BlobFileStore Store(bool byIdentity = false) => new(byIdentity ? ServiceOfIdentity() : Service(), _rig.Time);

    private BlobServiceClient Service() => _rig.Client(_rig.Options.Account.Key);

    private BlobServiceClient ServiceOfIdentity() => new(
        new Uri("https://devstoreaccount1.blob.core.windows.net/"),
        new FixedToken(),
        new BlobClientOptions { Transport = new HttpClientTransport(_keys), Retry = { MaxRetries = 0 } });

    private async Task<Uri> UploadAsync(BlobFileStore store, string text, string type = "image/png", string path = Path)
    {
        var address = await store.GetUploadAddressAsync(path, Soon, default);
        using var content = new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        using var request = new HttpRequestMessage(HttpMethod.Put, address.Url) { Content = content };
        foreach (var (name, value) in address.Headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await _rig.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return address.Url;
    }

    private async Task AcceptAsync(BlobFileStore store, string text, string path = Path)
    {
        await UploadAsync(store, text, path: path);
        Assert.True(await store.AcceptAsync(path, (await store.FindUploadAsync(path, default))!.ETag, "image/png", "a.png", default));
    }

    private static async Task<string> TextAsync(Stream? content)
    {
        using var reader = new StreamReader(content!);
        return await reader.ReadToEndAsync();
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(Identity, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Blobs as their clients can make them in Azure: with snapshots, and without a key to read them.</summary>
    private sealed class OddBlobs(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public bool IsLocked { get; set; }

        public int Deleted { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isBlob = request.RequestUri!.AbsolutePath.EndsWith(Path, StringComparison.Ordinal);
            if (isBlob && IsLocked && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head))
            {
                return Refusal("BlobUsesCustomerSpecifiedEncryption");
            }

            if (isBlob && request.Method == HttpMethod.Delete
                && (!request.Headers.TryGetValues("x-ms-delete-snapshots", out var snapshots) || snapshots.Single() != "include"))
            {
                return Refusal("SnapshotsPresent");
            }

            var answer = await base.SendAsync(request, cancellationToken);
            Deleted += request.Method == HttpMethod.Delete && answer.IsSuccessStatusCode ? 1 : 0;
            return answer;
        }

        private static HttpResponseMessage Refusal(string code)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.Conflict);
            answer.Headers.Add("x-ms-error-code", code);
            return answer;
        }
    }

    /// <summary>Counts how often a key is asked for.</summary>
    private sealed class CountedKeys(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private int _count;

        public int Count => _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Query.Contains("userdelegationkey", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
