using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace Connections.Tests.Local.Blobs;

/// <summary>The unmodified client of Azure against the local blobs.</summary>
public sealed class BlobClientTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly BlobRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_blob_has_the_content_and_the_properties_that_it_was_written_with()
    {
        var blob = _rig.Blob("a folder/čaj ☕ 100%.txt");
        var written = await blob.UploadAsync(
            BinaryData.FromString("hello"),
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders
                {
                    ContentType = "text/plain",
                    ContentDisposition = "attachment",
                    CacheControl = "no-store",
                },
                Metadata = new Dictionary<string, string> { ["from"] = "test" },
            });

        var read = await blob.DownloadContentAsync();
        var properties = (await blob.GetPropertiesAsync()).Value;

        Assert.Equal("hello", read.Value.Content.ToString());
        Assert.Equal(("text/plain", 5), (read.Value.Details.ContentType, read.Value.Details.ContentLength));
        Assert.Equal(("attachment", "no-store", 5), (properties.ContentDisposition, properties.CacheControl, properties.ContentLength));
        Assert.Equal("test", properties.Metadata["from"]);
        Assert.Equal(written.Value.ETag, properties.ETag);
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", Convert.ToHexStringLower(properties.ContentHash));
    }

    [Theory]
    [InlineData(10 * Megabyte)]
    [InlineData(0)]
    [InlineData(81920)]
    public async Task A_blob_that_is_sent_at_once_or_in_blocks_comes_back_as_it_was(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        foreach (var part in new[] { size + 1, (size / 3) + 1 })
        {
            var blob = _rig.Blob($"{_rig.Files.Count}");
            var parts = new StorageTransferOptions { InitialTransferSize = part, MaximumTransferSize = part };
            await blob.UploadAsync(new MemoryStream(content), new BlobUploadOptions { TransferOptions = parts });

            using var read = new MemoryStream();
            await blob.DownloadToAsync(read);
            Assert.Equal(content, read.ToArray());
        }

        // One for each blob: what the blocks were in is gone.
        Assert.Equal(2, _rig.Files.Count);
    }

    [Fact]
    public async Task Ranges_are_read_and_one_beyond_the_end_is_refused()
    {
        await _rig.WriteAsync("a", "0123456789");

        Assert.Equal("234", await ReadAsync(new HttpRange(2, 3)));
        Assert.Equal("89", await ReadAsync(new HttpRange(8, 100)));
        Assert.Equal("3456789", await ReadAsync(new HttpRange(3)));
        Assert.Equal((416, "InvalidRange"), await RefusedAsync(() => ReadAsync(new HttpRange(10, 1))));

        async Task<string> ReadAsync(HttpRange range)
        {
            var read = await _rig.Blob("a").DownloadContentAsync(new BlobDownloadOptions { Range = range });
            return read.Value.Content.ToString();
        }
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_changes_nothing()
    {
        var first = (await _rig.WriteAsync("a", "first")).ETag;
        Assert.Equal((409, "BlobAlreadyExists"), await RefusedAsync(() => _rig.Blob("a").UploadAsync(BinaryData.FromString("other"))));
        var second = (await _rig.WriteAsync("a", "second")).ETag;
        Assert.NotEqual(first, second);

        var stale = new BlobRequestConditions { IfMatch = first };
        Assert.Equal((412, "ConditionNotMet"), await RefusedAsync(() => _rig.Blob("a").DeleteAsync(conditions: stale)));
        Assert.Equal((412, "ConditionNotMet"), await RefusedAsync(() => _rig.Blob("a").GetPropertiesAsync(stale)));
        Assert.Equal(
            (412, "ConditionNotMet"),
            await RefusedAsync(() => _rig.Blob("a").UploadAsync(
                BinaryData.FromString("third"), new BlobUploadOptions { Conditions = stale })));
        var known = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = second } };
        Assert.Equal(304, (await _rig.Blob("a").DownloadContentAsync(known)).GetRawResponse().Status);
        Assert.Equal("second", await _rig.ReadAsync("a"));
        Assert.Single(_rig.Files);
    }

    [Fact]
    public async Task Blobs_are_listed_by_their_prefix_in_pages()
    {
        foreach (var name in new[] { "b/1", "a/1", "a/2", "a/3", "ab/1" })
        {
            await _rig.WriteAsync(name, name);
        }

        var pages = new List<string[]>();
        await foreach (var page in _rig.Service.GetBlobContainerClient(BlobRig.Uploads)
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, "a/", default).AsPages(pageSizeHint: 2))
        {
            pages.Add([.. page.Values.Select(blob => blob.Name)]);
        }

        Assert.Equal([["a/1", "a/2"], ["a/3"]], pages);
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        Assert.Equal((404, "BlobNotFound"), await RefusedAsync(() => _rig.Blob("none").GetPropertiesAsync()));
        Assert.Equal((404, "BlobNotFound"), await RefusedAsync(() => _rig.Blob("none").DeleteAsync()));
        var container = _rig.Service.GetBlobContainerClient("none");
        Assert.Equal((404, "ContainerNotFound"), await RefusedAsync(() => container.GetPropertiesAsync()));
        Assert.Equal(
            (404, "ContainerNotFound"), await RefusedAsync(() => container.GetBlobClient("a").UploadAsync(BinaryData.FromString("a"))));
        await container.CreateAsync();
        Assert.Equal((409, "ContainerAlreadyExists"), await RefusedAsync(() => container.CreateAsync()));
    }

    [Fact]
    public async Task A_delete_removes_the_content()
    {
        await _rig.WriteAsync("a", "a");
        Assert.True(await _rig.Blob("a").DeleteIfExistsAsync());
        Assert.False(await _rig.Blob("a").DeleteIfExistsAsync());
        Assert.Empty(_rig.Files);
    }

    [Fact]
    public async Task What_the_local_service_lacks_it_refuses_by_name()
    {
        await _rig.WriteAsync("a", "a");
        var container = _rig.Service.GetBlobContainerClient(BlobRig.Uploads);
        await NotSupportedAsync("x-ms-blob-type|AppendBlob", () => container.GetAppendBlobClient("b").CreateAsync());
        await NotSupportedAsync("lease", () => _rig.Blob("a").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(20)));
        await NotSupportedAsync("tags", () => _rig.Blob("a").GetTagsAsync());
        await NotSupportedAsync("comp=metadata", () => _rig.Blob("a").SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }));
        await NotSupportedAsync("snapshot", () => _rig.Blob("a").CreateSnapshotAsync());
        await NotSupportedAsync("comp=properties", () => _rig.Service.GetPropertiesAsync());
        await NotSupportedAsync("x-ms-access-tier", () => _rig.Blob("c").UploadAsync(
            BinaryData.FromString("c"), new BlobUploadOptions { AccessTier = AccessTier.Cool }));
    }

    [Fact]
    public async Task A_request_that_is_signed_with_another_key_is_refused()
    {
        var other = _rig.Client(new byte[32]).GetBlobContainerClient(BlobRig.Uploads);
        var blob = other.GetBlobClient("a");
        Assert.Equal((403, "AuthenticationFailed"), await RefusedAsync(() => blob.UploadAsync(BinaryData.FromString("a"))));
        Assert.Equal((403, "AuthenticationFailed"), await RefusedAsync(() => other.GetPropertiesAsync()));
    }

    [Fact]
    public async Task Blobs_outlive_the_process_and_what_a_dead_process_has_left_goes()
    {
        await _rig.WriteAsync("a", "kept");
        await File.WriteAllTextAsync(Path.Combine(_rig.Contents, "stray"), "half an upload");

        _rig.Reopen();

        Assert.Single(_rig.Files);
        using var rest = new HttpClient(_rig.Handler());
        Assert.Equal("kept", await rest.GetStringAsync(_rig.AddressOf("a", BlobSasPermissions.Read)));
    }

    [Fact]
    public async Task Old_uploads_go_by_the_rule_of_the_account()
    {
        await _rig.WriteAsync("old", "old");
        await _rig.Service.GetBlobContainerClient(BlobRig.Uploads).GetBlockBlobClient("b")
            .StageBlockAsync(Convert.ToBase64String("1"u8), new MemoryStream([1]));
        _rig.Time.Advance(TimeSpan.FromHours(23));
        await _rig.WriteAsync("new", "new");
        Assert.Equal(0, await _rig.Blobs.DeleteOlderAsync(BlobRig.Uploads, TimeSpan.FromDays(1), default));

        _rig.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await _rig.Blobs.DeleteOlderAsync(BlobRig.Uploads, TimeSpan.FromDays(1), default));
        Assert.Equal("new", await _rig.ReadAsync("new"));
        Assert.Equal(2, _rig.Files.Count);

        _rig.Time.Advance(TimeSpan.FromDays(7));
        await _rig.Blobs.DeleteOlderAsync(BlobRig.Uploads, TimeSpan.FromDays(1), default);
        Assert.Empty(_rig.Files);
    }

    private static async Task<(int Status, string? Code)> RefusedAsync<T>(Func<Task<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(call);
        return (refused.Status, refused.ErrorCode);
    }

    private static async Task NotSupportedAsync<T>(string names, Func<Task<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(call);
        Assert.Equal((501, "NotImplemented"), (refused.Status, refused.ErrorCode));
        Assert.Contains(names.Split('|'), name => refused.Message.Contains(name, StringComparison.Ordinal));
    }
}
