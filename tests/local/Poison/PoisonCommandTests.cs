using System.Net;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Connections.Local;
using Connections.Local.Poison;
using Connections.Notices;

namespace Connections.Tests.Local.Poison;

/// <summary><c>poison list</c>, <c>show</c> and <c>replay</c> against Azurite's queues, which <c>@azure/storage-queue</c> fills and looks
/// at.</summary>
public sealed class PoisonCommandTests(QueuesFixture queues) : IClassFixture<QueuesFixture>, IAsyncLifetime
{
    /// <inheritdoc/>
    public Task InitializeAsync() => queues.EmptyAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task List_shows_each_notice_and_takes_none_off()
    {
        var first = await queues.PoisonAsync(NoticeText(1));
        await queues.PoisonAsync("not a notice");

        var (code, output) = await RunAsync("list");

        Assert.Equal(0, code);
        Assert.Matches($@"(?m)^{first}  \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ  inviteReceived c\.1\.InviteReceived$", output);
        Assert.Contains("Z  not a notice\n", output, StringComparison.Ordinal);
        Assert.EndsWith("2 in notices-poison.\n", output, StringComparison.Ordinal);
        Assert.Equal([NoticeText(1), "not a notice"], await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task List_says_so_when_there_are_more_than_it_shows()
    {
        for (var i = 0; i < INoticeQueue.MostAtOnce + 1; i++)
        {
            await queues.PoisonAsync(NoticeText(i));
        }

        Assert.EndsWith("These are the first 32 of about 33.\n", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_poisoned_is_good_news()
    {
        Assert.Contains(
            "nothing was ever poisoned there, or it is another account", (await RunAsync("list")).Output, StringComparison.Ordinal);
        await queues.CreateAsync("notices-poison");

        var (code, output) = await RunAsync("replay");

        Assert.Equal((0, "notices-poison is empty: no notice failed for good.\n"), (code, output));
    }

    [Fact]
    public async Task Show_shows_what_one_says()
    {
        var id = await queues.PoisonAsync(NoticeText(1));

        var (code, output) = await RunAsync("show", "--id", id);

        Assert.Equal(0, code);
        Assert.Contains("\n  \"connectionId\": \"c\",\n", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("show", "--id", "nothing")).Code);
        Assert.Single(await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task Replay_puts_all_back_as_they_were_to_stay_until_they_are_sent()
    {
        string[] texts = [.. Enumerable.Range(0, INoticeQueue.MostAtOnce + 5).Select(NoticeText), "<čaj> & ☕"];
        foreach (var text in texts)
        {
            await queues.PoisonAsync(text);
        }

        var (code, output) = await RunAsync("replay");

        Assert.Equal(0, code);
        Assert.EndsWith($"{texts.Length} back in notices.\n", output, StringComparison.Ordinal);
        Assert.Equal(texts.Length, output.Split("replayed ").Length - 1);
        Assert.Empty(await queues.PeekAsync("notices-poison"));
        Assert.All(await queues.ExpiriesAsync("notices"), expiry => Assert.StartsWith("9999-", expiry, StringComparison.Ordinal));
        var first = await queues.TakeAsync("notices");
        Assert.Equal(texts.Order(StringComparer.Ordinal), first.Concat(await queues.TakeAsync("notices")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Replay_of_one_leaves_the_others_where_they_were()
    {
        await queues.PoisonAsync(NoticeText(1));
        var id = await queues.PoisonAsync(NoticeText(2));
        await queues.PoisonAsync(NoticeText(3));

        Assert.Equal(0, (await RunAsync("replay", "--id", id)).Code);

        Assert.Equal([NoticeText(2)], await queues.PeekAsync("notices"));
        Assert.Equal([NoticeText(1), NoticeText(3)], await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task Replay_of_what_is_not_there_changes_nothing()
    {
        await queues.PoisonAsync(NoticeText(1));

        var (code, output) = await RunAsync("replay", "--id", "nothing");

        Assert.Equal((1, "There is no message nothing in notices-poison. See poison list.\n"), (code, output));
        Assert.Single(await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task Replay_that_is_broken_off_loses_nothing()
    {
        await queues.PoisonAsync(NoticeText(1));
        using var http = new HttpClient(new Between
        {
            Before = request =>
                request.Method == HttpMethod.Delete ? throw new HttpRequestException("The network is gone.") : Task.CompletedTask,
        });

        var gone = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.Replay, id: null, default));

        Assert.Contains("cannot be reached: The network is gone. Check", gone.Message, StringComparison.Ordinal);
        Assert.Equal([NoticeText(1)], await queues.PeekAsync("notices"));
        // Held until the minute has passed, and not lost.
        Assert.Contains("the first 0 of about 1", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_again_while_it_is_replayed_is_left_for_the_next_time()
    {
        await queues.PoisonAsync(NoticeText(1));
        var again = 0;
        using var http = new HttpClient(new Between
        {
            Before = async request =>
            {
                if (request.Method == HttpMethod.Post && again++ == 0)
                {
                    // The service's times are in whole seconds.
                    await Task.Delay(TimeSpan.FromSeconds(2));
                    await queues.PoisonAsync(NoticeText(2));
                }
            },
        });

        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await new PoisonCommand(Account(http), output).RunAsync(PoisonAction.Replay, id: null, default));

        Assert.EndsWith("\n1 back in notices.\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal([NoticeText(2)], await queues.PeekAsync("notices-poison"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", "the role Storage Queue Data Contributor")]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationFailure", "network rules")]
    [InlineData(HttpStatusCode.Forbidden, "KeyBasedAuthenticationNotPermitted", "--account")]
    [InlineData(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo", "az login --tenant")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServerBusy", "Try again")]
    public async Task A_refusal_says_what_to_do(HttpStatusCode status, string code, string advice)
    {
        using var http = new HttpClient(new Refusing(status, code));

        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.List, id: null, default));

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "does not answer as a queue service does")]
    [InlineData(HttpStatusCode.NotFound, "answered 404")]
    public async Task A_page_of_the_web_is_no_empty_queue(HttpStatusCode status, string said)
    {
        using var http = new HttpClient(new Refusing(status, code: null));

        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.List, id: null, default));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_is_refused_by_the_service()
    {
        var (account, _) = QueueAccount.OfConnectionString(
            $"AccountName=devstoreaccount1;AccountKey=bm90IHRoZSBrZXk=;QueueEndpoint={queues.Azurite.Endpoint}");

        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(account!, TextWriter.Null).RunAsync(PoisonAction.List, id: null, default));

        Assert.Contains("check its key", refused.Message, StringComparison.Ordinal);
    }

    private static string NoticeText(int number) => JsonSerializer.Serialize(
        new Notice(
            $"c.{number}.InviteReceived",
            NoticeKind.InviteReceived,
            "c",
            number,
            new MemberId("ada"),
            DateTimeOffset.UnixEpoch), Json.Options);

    // Tried once: what comes after a second try is the same.
    private QueueAccount Account(HttpClient http) => QueueAccount.OfConnectionString(
        queues.Azurite.ConnectionString,
        new QueueClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 0 } }).Account!;

    private async Task<(int Code, string Output)> RunAsync(params string[] words)
    {
        var (request, error) = PoisonArguments.Read([.. words, "--connection-string", queues.Azurite.ConnectionString], "nowhere");
        Assert.Equal("", error);
        var output = new StringWriter { NewLine = "\n" };
        return (await PoisonCommand.RunAsync(request!, output, default), output.ToString());
    }

    /// <summary>Something that happens before a request goes out.</summary>
    private sealed class Between : DelegatingHandler
    {
        public Between() => InnerHandler = new SocketsHttpHandler();

        public required Func<HttpRequestMessage, Task> Before { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Before(request);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A service that answers everything the same, with an error's code if it has one.</summary>
    private sealed class Refusing(HttpStatusCode status, string? code) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(status);
            if (code is not null)
            {
                answer.Headers.Add("x-ms-error-code", code);
            }

            return Task.FromResult(answer);
        }
    }
}
