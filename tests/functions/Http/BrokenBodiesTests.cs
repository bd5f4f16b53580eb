using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Http;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.OpenApi;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Http;

/// <summary>Bodies that are far too large, too slow or incomplete are refused in time, and change nothing.</summary>
public sealed class BrokenBodiesTests : IAsyncLifetime
{
    private const int Large = 31 * 1024 * 1024;

    private LocalHostFixture _host = null!;
    private Records _records = null!;
    private Pair _pair = null!;

    public async Task InitializeAsync()
    {
        _host = await LocalHostFixture.StartAsync(o => o with { Creators = 0, Services = Records.Quiet });
        _pair = await Pair.TalkingAsync(_host, "bodies");
        _records = Records.Of(_host);
    }

    public async Task DisposeAsync()
    {
        _records.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Thirty_one_megabytes_are_refused_by_every_call_that_takes_a_body()
    {
        var padding = Encoding.ASCII.GetBytes(new string(' ', Large));
        using var client = new HttpClient(
            new ContractHandler(Contract.Current) { InnerHandler = new SocketsHttpHandler { UseProxy = false } })
        {
            BaseAddress = _host.Url,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _host.TokenFor(_pair.OneId, roles: "admin"));
        foreach (var operation in Contract.Current.Operations.Where(operation => operation.BodyTypes.Count > 0 && !operation.IsOpen))
        {
            using var body = new ByteArrayContent(padding);
            body.Headers.TryAddWithoutValidation("Content-Type", operation.BodyTypes[0]);
            var answer = await client.CallAsync(new HttpMethod(operation.Method), Path(operation), body);
            Assert.Equal((operation.Id, "body-too-large"), (operation.Id, answer.Problem));
        }

        Assert.Equal([], _records.Changes());
    }

    [Fact]
    public async Task A_body_that_comes_in_drops_is_given_up_and_its_call_refused()
    {
        foreach (var (answer, isCutShort) in await Task.WhenAll(Calls().Select(call => DribbleAsync(call.Head, call.Body))))
        {
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
            Assert.Contains("/problems/invalid-json", answer, StringComparison.Ordinal);
            Assert.True(isCutShort, "The whole body was read.");
        }

        Assert.Equal([], _records.Changes());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(4_096, true)]
    [InlineData(4_097, true)]
    [InlineData(40_000, true)]
    [InlineData(HttpApi.MaxBody, true)]
    [InlineData(HttpApi.MaxBody + 1, false)]
    [InlineData(Large, false)]
    public async Task A_body_is_read_to_the_limit_whether_or_not_its_length_is_given(int length, bool isTaken)
    {
        foreach (var isGiven in new[] { true, false })
        {
            var message = $$"""{"clientId":"{{Guid.NewGuid()}}","text":"whole"}""".PadLeft(length);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/connections/{_pair.ConnectionId}/messages")
            {
                Content = new StringContent(message, Encoding.UTF8, "application/json"),
            };
            request.Headers.TransferEncodingChunked = !isGiven;
            using var answer = await _pair.One.SendAsync(request);
            Assert.Equal((isGiven, isTaken ? HttpStatusCode.Created : HttpStatusCode.RequestEntityTooLarge), (isGiven, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n{}")]
    public async Task A_body_that_is_cut_off_or_badly_framed_changes_nothing_and_is_no_fault_of_ours(string rest)
    {
        foreach (var (head, _) in Calls())
        {
            using var socket = await ConnectAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes(head + rest));
            socket.Shutdown(SocketShutdown.Send);
            var answer = await ReadAsync(socket);
            // A client that has gone gets no answer.
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
        }

        Assert.Equal([], _records.Changes());
    }

    [Theory]
    [InlineData("GET /api/creators/%00 HTTP/1.1")]
    [InlineData("GET /api/creators/a%00b HTTP/1.1")]
    [InlineData("GET /api/creators/\u0001 HTTP/1.1")]
    [InlineData("GET /api/invite-links/%00 HTTP/1.1")]
    [InlineData("GET /api/creators?q=%00 HTTP/1.1")]
    [InlineData("GET /api/creators/%ED%A0%80 HTTP/1.1")]
    [InlineData("GET /api/creators/%FF HTTP/1.1")]
    public async Task An_address_with_what_no_text_holds_is_refused(string line)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(
            $"{line}\r\nHost: localhost\r\nAuthorization: Bearer {_host.TokenFor(_pair.OneId)}\r\nConnection: close\r\n\r\n"));
        var answer = await ReadAsync(socket);
        Assert.Matches(@"^HTTP/1\.1 40[04] ", answer);
    }

    private static string Path(Operation operation) =>
        operation.Path.Replace("{id}", "c" + new string('0', 30), StringComparison.Ordinal)
            .Replace("{seq}", "1", StringComparison.Ordinal)
            .Replace("{creatorId}", "somebody", StringComparison.Ordinal);

    // Each body would be valid if it arrived.
    private IEnumerable<(string Head, string Body)> Calls()
    {
        var token = _host.TokenFor(_pair.OneId, roles: "admin");
        yield return (
            Head($"POST /api/connections/{_pair.ConnectionId}/messages", "application/json"), """{ "clientId": "slow", "text": "Slow" }""");
        yield return (Head("PUT /api/me", "application/json"), """{ "displayName": "Slow" }""");
        yield return (Head("POST /api/admin/creators", "application/x-ndjson"), """{ "id": "slow", "displayName": "Slow" }""");

        string Head(string line, string type) =>
            $"{line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\nConnection: close\r\n";
    }

    // A byte a second until the call is answered. Kestrel measures the rate by its own clock, which no test can move.
    private async Task<(string Answer, bool IsCutShort)> DribbleAsync(string head, string body)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n"));
        var reading = ReadAsync(socket);
        foreach (var letter in body)
        {
            if (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1))) == reading)
            {
                return (await reading, IsCutShort: true);
            }

            await socket.SendAsync(new[] { (byte)letter });
        }

        return (await reading, IsCutShort: false);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _host.Url.Port);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var timeout = new CancellationTokenSource(LocalHostFixture.MaxWait);
        var (buffer, length) = (new byte[16 * 1024], 0);
        try
        {
            for (int read; length < buffer.Length
                && (read = await socket.ReceiveAsync(buffer.AsMemory(length), timeout.Token)) > 0; length += read)
            {
            }
        }
        catch (SocketException)
        {
            // The server resets the connection after its answer.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
