using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Connections.Emulators.Queues;
using Connections.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Blobs;

/// <summary>Files by the local host: its store, and addresses that are used from outside as a browser does.</summary>
public sealed class BlobEndpointTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>, IDisposable
{
    private const string Path = "member/file";

    private readonly HttpClient _http = new();
    private readonly IFileStore _store = host.Services.GetRequiredService<IFileStore>();

    private static DateTimeOffset Soon => DateTimeOffset.UtcNow + TimeSpan.FromMinutes(5);

    public void Dispose() => _http.Dispose();

    private string Contents => System.IO.Path.Combine(host.Folder, "blobs");

    [Fact]
    public async Task Ten_megabytes_are_written_and_read_at_the_hosts_own_address()
    {
        var content = RandomNumberGenerator.GetBytes(10 * 1024 * 1024);
        var upload = await UploadAsync("big/file", content);
        Assert.Equal(host.Url.Authority, upload.Url.Authority);
        var found = await _store.FindUploadAsync("big/file", default);
        Assert.Equal(content.Length, found!.Size);
        Assert.True(await _store.AcceptAsync("big/file", found.ETag, "image/png", "a.png", default));

        var address = await _store.GetDownloadAddressAsync("big/file", "image/png", "a.png", Soon, default);
        using var answer = await _http.GetAsync(address);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(content.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());

        using var part = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(5, 8) } };
        using var partly = await _http.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, 4), (partly.StatusCode, (await partly.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal($"bytes 5-8/{content.Length}", partly.Content.Headers.ContentRange!.ToString());
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal((HttpStatusCode.OK, content.Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task The_result_of_the_scan_is_in_the_queue()
    {
        await using var still = await LocalHostFixture.StartWithoutTriggersAsync();
        var store = still.Services.GetRequiredService<IFileStore>();
        await UploadAsync(Path, "clean"u8.ToArray(), store);
        await still.Services.GetRequiredService<Connections.Emulators.Blobs.MalwareScan>().ScanAsync(default);

        var results = await still.Services.GetRequiredService<LocalQueue>().PeekAsync(IFileStore.ScanQueue, 10, default);
        Assert.Contains(
            $"/uploads/{Path}\"", Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(results))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5173", "PUT", true)]
    [InlineData("http://localhost:5173", "PUT", false, "content-type,x-ms-meta-a")]
    [InlineData("http://127.0.0.1:1234", "GET", true)]
    [InlineData("http://localhost:5173", "DELETE", false)]
    [InlineData("https://example.com", "PUT", false)]
    [InlineData("null", "PUT", false)]
    public async Task Pages_of_this_machine_may_upload(
        string origin, string method, bool allowed, string headers = "content-type,x-ms-blob-type")
    {
        var address = (await _store.GetUploadAddressAsync(Path, Soon, default)).Url;
        using var preflight = new HttpRequestMessage(HttpMethod.Options, address);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", method);
        preflight.Headers.Add("Access-Control-Request-Headers", headers);

        using var answer = await _http.SendAsync(preflight);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == origin);
    }

    [Fact]
    public async Task A_page_sees_why_it_was_refused_and_another_page_sees_nothing()
    {
        var past = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1);
        var address = (await _store.GetUploadAddressAsync(Path, past, default)).Url;
        foreach (var (origin, sees) in new[] { ("http://localhost:5173", true), ("https://example.com", false) })
        {
            using var request = Put(address, [1]);
            request.Headers.Add("Origin", origin);
            using var answer = await _http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal(sees, answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task An_upload_that_stops_or_is_too_large_leaves_nothing()
    {
        var address = (await _store.GetUploadAddressAsync("stopped/file", Soon, default)).Url;
        var before = Directory.GetFiles(Contents).Length;
        using (var stopped = await BeginAsync(address, 1_000_000))
        {
            await stopped.GetStream().WriteAsync("half"u8.ToArray());
            await UntilAsync(() => Directory.GetFiles(Contents).Length > before);
        }

        await UntilAsync(() => Directory.GetFiles(Contents).Length <= before);
        Assert.Null(await _store.FindUploadAsync("stopped/file", default));

        using var large = await BeginAsync(address, 1_000_000_000);
        using var reader = new StreamReader(large.GetStream());
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task An_address_works_after_a_restart_and_not_in_another_folder()
    {
        await using var one = await LocalHostFixture.StartWithoutTriggersAsync();
        var address = (await one.Services.GetRequiredService<IFileStore>().GetUploadAddressAsync(Path, Soon, default)).Url;
        await one.RestartAsync();
        using var written = await _http.SendAsync(Put(address, [2]));
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);

        var elsewhere = new UriBuilder(address) { Port = host.Url.Port }.Uri;
        using var refused = await _http.SendAsync(Put(elsewhere, [3]));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_reset_deletes_the_files()
    {
        await using var one = await LocalHostFixture.StartWithoutTriggersAsync();
        await UploadAsync(Path, [1], one.Services.GetRequiredService<IFileStore>());
        var folder = System.IO.Path.Combine(one.Folder, "blobs");
        Assert.Single(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder)[0]));
        }

        await one.RestartAsync(o => o with { Reset = true });
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static HttpRequestMessage Put(Uri address, byte[] content)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(content) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return request;
    }

    private async Task<UploadAddress> UploadAsync(string path, byte[] content, IFileStore? store = null)
    {
        var upload = await (store ?? _store).GetUploadAddressAsync(path, Soon, default);
        using var answer = await _http.SendAsync(Put(upload.Url, content));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return upload;
    }

    private async Task<TcpClient> BeginAsync(Uri address, int length)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        string[] lines =
            [$"PUT {address.PathAndQuery} HTTP/1.1", "Host: localhost", "x-ms-blob-type: BlockBlob", $"Content-Length: {length}", "", ""];
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        return client;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(LocalHostFixture.MaxWait);
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
