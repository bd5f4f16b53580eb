using System.Net;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Connections.Local;
using Connections.Local.Poison;
using Connections.Notices;

namespace Connections.Tests.Local.Poison;

/// <summary><c>poison list</c>, <c>show</c> and <c>replay</c> against queues of Azurite that <c>@azure/storage-queue</c> fills.</summary>
public sealed class PoisonCommandTests(QueuesFixture queues) : IClassFixture<QueuesFixture>, IAsyncLifetime
{
    /// <inheritdoc/>
    public Task InitializeAsync() => queues.EmptyAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task List_shows_each_message_and_removes_none()
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
        for (var i = 0; i < INoticeQueue.MaxAtOnce + 1; i++)
        {
            await queues.PoisonAsync(NoticeText(i));
        }

        Assert.EndsWith("These are the first 32 of about 33.\n", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_or_missing_poison_queue_is_no_error()
    {
        Assert.Contains(
            "nothing was ever poisoned there, or it is another account", (await RunAsync("list")).Output, StringComparison.Ordinal);
        await queues.CreateAsync("notices-poison");

        var (code, output) = await RunAsync("replay");

        Assert.Equal((0, "notices-poison is empty: no message failed for good.\n"), (code, output));
    }

    [Fact]
    public async Task Show_prints_the_content_of_a_message()
    {
        var id = await queues.PoisonAsync(NoticeText(1));

        var (code, output) = await RunAsync("show", "--id", id);

        Assert.Equal(0, code);
        Assert.Contains("\n  \"connectionId\": \"c\",\n", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("show", "--id", "nothing")).Code);
        Assert.Single(await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task Replay_returns_all_messages_unchanged_and_without_expiry()
    {
        string[] texts = [.. Enumerable.Range(0, INoticeQueue.MaxAtOnce + 5).Select(NoticeText), "<čaj> & ☕"];
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
        var first = await queues.ReceiveAsync("notices");
        Assert.Equal(texts.Order(StringComparer.Ordinal), first.Concat(await queues.ReceiveAsync("notices")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Replay_of_a_single_message_leaves_the_others()
    {
        await queues.PoisonAsync(NoticeText(1));
        var id = await queues.PoisonAsync(NoticeText(2));
        await queues.PoisonAsync(NoticeText(3));

        Assert.Equal(0, (await RunAsync("replay", "--id", id)).Code);

        Assert.Equal([NoticeText(2)], await queues.PeekAsync("notices"));
        Assert.Equal([NoticeText(1), NoticeText(3)], await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task Replay_of_an_unknown_id_changes_nothing()
    {
        await queues.PoisonAsync(NoticeText(1));

        var (code, output) = await RunAsync("replay", "--id", "nothing");

        Assert.Equal((1, "There is no message nothing in notices-poison. See poison list.\n"), (code, output));
        Assert.Single(await queues.PeekAsync("notices-poison"));
    }

    [Fact]
    public async Task An_interrupted_replay_loses_nothing()
    {
        await queues.PoisonAsync(NoticeText(1));
        using var http = new HttpClient(new InterceptingHandler
        {
            Before = request =>
                request.Method == HttpMethod.Delete ? throw new HttpRequestException("The network is gone.") : Task.CompletedTask,
        });

        var gone = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.Replay, id: null, default));

        Assert.Contains("cannot be reached: The network is gone. Check", gone.Message, StringComparison.Ordinal);
        Assert.Equal([NoticeText(1)], await queues.PeekAsync("notices"));
        // The message is invisible for a minute, but not lost.
        Assert.Contains("the first 0 of about 1", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_poisoned_during_a_replay_waits_for_the_next_replay()
    {
        await queues.PoisonAsync(NoticeText(1));
        var again = 0;
        using var http = new HttpClient(new InterceptingHandler
        {
            Before = async request =>
            {
                if (request.Method == HttpMethod.Post && again++ == 0)
                {
                    // The service's times have a resolution of a second.
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
        using var http = new HttpClient(new RefusingHandler(status, code));

        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.List, id: null, default));

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "does not answer as a queue service does")]
    [InlineData(HttpStatusCode.NotFound, "answered 404")]
    public async Task An_answer_of_another_service_is_not_taken_for_an_empty_queue(HttpStatusCode status, string message)
    {
        using var http = new HttpClient(new RefusingHandler(status, code: null));

        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => new PoisonCommand(Account(http), TextWriter.Null).RunAsync(PoisonAction.List, id: null, default));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
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

    // Does not retry, which would only delay the same error.
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

    /// <summary>Runs an action before each request.</summary>
    private sealed class InterceptingHandler : DelegatingHandler
    {
        public InterceptingHandler() => InnerHandler = new SocketsHttpHandler();

        public required Func<HttpRequestMessage, Task> Before { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Before(request);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A service that gives every request the same answer, with an error code if there is one.</summary>
    private sealed class RefusingHandler(HttpStatusCode status, string? code) : HttpMessageHandler
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
