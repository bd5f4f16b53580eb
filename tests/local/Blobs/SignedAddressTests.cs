using System.Net;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace Connections.Tests.Local.Blobs;

/// <summary>What an address with a shared access signature opens, and all that it does not.</summary>
public sealed class SignedAddressTests : IDisposable
{
    private const BlobSasPermissions Write = BlobSasPermissions.Create | BlobSasPermissions.Write;

    private readonly BlobRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_browser_writes_and_reads_with_addresses_for_it()
    {
        var address = _rig.AddressOf("folder/a b+c", Write);
        using var put = await _rig.PutAsync(address, "hello");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.NotNull(put.Headers.ETag);
        // Again, because the answer may have been lost.
        using var again = await _rig.PutAsync(address, "hello again");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);

        Assert.Equal("hello again", await _rig.Http.GetStringAsync(_rig.AddressOf("folder/a b+c", BlobSasPermissions.Read)));
    }

    [Fact]
    public async Task Each_permission_allows_its_own_and_nothing_else()
    {
        await _rig.WriteAsync("a", "kept");
        var read = _rig.AddressOf("a", BlobSasPermissions.Read);
        var write = _rig.AddressOf("a", Write);
        var create = _rig.AddressOf("a", BlobSasPermissions.Create);

        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch"), await RefusedAsync(_rig.PutAsync(read, "other")));
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch"), await RefusedAsync(_rig.Http.DeleteAsync(read)));
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch"), await RefusedAsync(_rig.Http.GetAsync(write)));
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch"), await RefusedAsync(_rig.Http.DeleteAsync(write)));
        Assert.Equal((HttpStatusCode.Forbidden, "UnauthorizedBlobOverwrite"), await RefusedAsync(_rig.PutAsync(create, "other")));
        Assert.Equal("kept", await _rig.ReadAsync("a"));
    }

    [Fact]
    public async Task An_address_opens_no_other_blob_and_no_list()
    {
        await _rig.WriteAsync("a", "a");
        await _rig.WriteAsync("b", "b");
        await _rig.WriteAsync("a/b", "a/b");
        var read = _rig.AddressOf("a", BlobSasPermissions.Read);

        foreach (var path in new[] { "uploads/b", "uploads/a/b", "uploads/A", "other/a", "uploads/a%00" })
        {
            var other = new UriBuilder(read) { Path = $"/devstoreaccount1/{path}" }.Uri;
            Assert.Equal((HttpStatusCode.Forbidden, "AuthenticationFailed"), await RefusedAsync(_rig.Http.GetAsync(other)));
        }

        var list = new UriBuilder(read) { Path = "/devstoreaccount1/uploads" };
        list.Query += "&restype=container&comp=list";
        Assert.Equal((HttpStatusCode.Forbidden, "AuthenticationFailed"), await RefusedAsync(_rig.Http.GetAsync(list.Uri)));
    }

    [Fact]
    public async Task An_address_works_from_its_start_to_its_end()
    {
        await _rig.WriteAsync("a", "a");
        var now = _rig.Time.GetUtcNow();
        var address = _rig.AddressOf("a", BlobSasPermissions.Read, builder =>
        {
            builder.StartsOn = now + TimeSpan.FromMinutes(1);
            builder.ExpiresOn = now + TimeSpan.FromMinutes(2);
        });

        Assert.Equal((HttpStatusCode.Forbidden, "AuthenticationFailed"), await RefusedAsync(_rig.Http.GetAsync(address)));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("a", await _rig.Http.GetStringAsync(address));
        _rig.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("a", await _rig.Http.GetStringAsync(address));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Forbidden, "AuthenticationFailed"), await RefusedAsync(_rig.Http.GetAsync(address)));
    }

    [Fact]
    public async Task No_field_can_be_changed_left_out_or_added()
    {
        await _rig.WriteAsync("a", "a");
        var address = _rig.AddressOf("a", BlobSasPermissions.Read, builder =>
        {
            builder.Protocol = SasProtocol.HttpsAndHttp;
            builder.ContentType = "image/png";
            builder.ContentDisposition = "inline";
            builder.CacheControl = "private";
        });
        Assert.Equal(HttpStatusCode.OK, (await _rig.Http.GetAsync(address)).StatusCode);
        var fields = address.Query[1..].Split('&');
        var names = fields.Select(field => field.Split('=')[0]).ToList();
        Assert.Equal(["rscc", "rscd", "rsct", "se", "sig", "sp", "spr", "sr", "st", "sv"], names.Order(StringComparer.Ordinal));

        foreach (var name in names)
        {
            bool IsIt(string field) => field.StartsWith(name + '=', StringComparison.Ordinal);
            string Changed(string field) => IsIt(field) ? field[..^1] + Other(field[^1]) : field;
            Assert.True(await IsRefusedAsync(fields.Select(Changed)), $"{name} changed");
            Assert.True(await IsRefusedAsync(fields.Where(field => !IsIt(field))), $"{name} left out");
            Assert.True(await IsRefusedAsync(fields.Append($"{name}=x")), $"{name} twice");
        }

        foreach (var added in new[] { "rsce=gzip", "rscl=en", "si=policy", "sip=127.0.0.1", "ses=scope", "skoid=1", "snapshot=2026" })
        {
            Assert.True(await IsRefusedAsync(fields.Append(added)), added);
        }

        async Task<bool> IsRefusedAsync(IEnumerable<string> query)
        {
            using var answer = await _rig.Http.GetAsync(new UriBuilder(address) { Query = string.Join('&', query) }.Uri);
            return answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
                or HttpStatusCode.NotImplemented;
        }

        // The padding of the signature stays.
        static char Other(char last) => last is 'r' ? 'w' : last is 'b' ? 'c' : 'r';
    }

    [Fact]
    public async Task An_address_for_https_alone_does_not_work_without()
    {
        await _rig.WriteAsync("a", "a");
        var address = _rig.AddressOf("a", BlobSasPermissions.Read, builder => builder.Protocol = SasProtocol.Https);
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationProtocolMismatch"), await RefusedAsync(_rig.Http.GetAsync(address)));
        Assert.Equal("a", await _rig.Http.GetStringAsync(new UriBuilder(address) { Scheme = "https", Port = 443 }.Uri));
    }

    [Fact]
    public async Task The_answer_has_the_headers_that_the_address_says()
    {
        await _rig.WriteAsync("a", "a");
        var address = _rig.AddressOf("a", BlobSasPermissions.Read, builder =>
        {
            builder.ContentType = "image/png";
            builder.ContentDisposition = "inline; filename=\"a b.png\"; filename*=UTF-8''%C4%8Daj.png";
        });
        using var answer = await _rig.Http.GetAsync(address);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("čaj.png", answer.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task A_write_says_that_it_is_a_block_blob()
    {
        var address = _rig.AddressOf("a", Write);
        using var plain = new ByteArrayContent("a"u8.ToArray());
        Assert.Equal((HttpStatusCode.BadRequest, "MissingRequiredHeader"), await RefusedAsync(_rig.Http.PutAsync(address, plain)));
        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), await RefusedAsync(_rig.PutAsync(address, "a", "PageBlob")));
        Assert.Empty(_rig.Files);
    }

    [Fact]
    public async Task Content_that_is_not_what_its_hash_says_is_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, _rig.AddressOf("a", Write))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("a")),
        };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        request.Content.Headers.ContentMD5 = new byte[16];
        Assert.Equal((HttpStatusCode.BadRequest, "Md5Mismatch"), await RefusedAsync(_rig.Http.SendAsync(request)));
        Assert.Empty(_rig.Files);
    }

    [Fact]
    public async Task An_address_without_a_signature_opens_nothing()
    {
        await _rig.WriteAsync("a", "a");
        var address = new UriBuilder(_rig.Blob("a").Uri) { Query = "sv=2020-12-06" }.Uri;
        Assert.Equal((HttpStatusCode.Unauthorized, "NoAuthenticationInformation"), await RefusedAsync(_rig.Http.GetAsync(address)));
        Assert.Equal((HttpStatusCode.Unauthorized, "NoAuthenticationInformation"), await RefusedAsync(_rig.PutAsync(address, "b")));
    }

    [Fact]
    public async Task An_address_copies_no_blob_of_another_account_and_none_that_it_cannot_read()
    {
        await _rig.WriteAsync("a", "secret");
        var target = _rig.Service.GetBlobContainerClient(BlobRig.Uploads).GetBlockBlobClient("b");

        foreach (var (source, code) in new[]
        {
            (_rig.Blob("a").Uri, 403), (_rig.AddressOf("a", Write), 403), (new Uri("https://example.com/a?sv=2020-12-06&sig=1"), 501),
            (_rig.AddressOf("none", BlobSasPermissions.Read), 404),
        })
        {
            var refused = await Assert.ThrowsAsync<Azure.RequestFailedException>(
                () => target.SyncUploadFromUriAsync(source, overwrite: true));
            Assert.Equal(code, refused.Status);
        }

        Assert.False(await target.ExistsAsync());
    }

    private static Task<(HttpStatusCode Status, string Code)> RefusedAsync(Task<HttpResponseMessage> answer) =>
        BlobRig.RefusalAsync(answer);
}
