using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.Files;
using Connections.FollowUp;
using Connections.Moderation;
using Connections.Safety;
using Connections.Tests.Functions.Chat;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Files;

/// <summary>Files of messages: given to one message, shown once they are checked, handed out to the two, gone with their message.</summary>
public sealed class FilesOfMessagesTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartStillAsync(o => o with { Time = _time });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_checked_picture_is_sent_without_a_text_and_fetched_by_both()
    {
        var talk = await Talk.BeginAsync(_host, "sends");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        var sent = await SendAsync(talk, "1", "", (id, "A trail"));
        Assert.Equal((HttpStatusCode.Created, ""), (sent.Status, sent["text"].ToString()));
        var file = Assert.Single(sent["files"].AsArray())!;
        Assert.Equal(
            (id, "photo.jpg", "image/jpeg", 40, 30, "A trail", "ready"),
            ($"{file["id"]}", $"{file["name"]}", $"{file["type"]}", (int)file["width"]!, (int)file["height"]!, $"{file["alt"]}",
                $"{file["state"]}"));
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            Assert.Equal(sent["files"].ToJsonString(), (await member.ReadAsync($"{talk.Messages}/1"))["files"].ToJsonString());
            var link = await member.ReadAsync($"{talk.Messages}/1/files/{id}");
            Assert.Equal(HttpStatusCode.OK, link.Status);
            Assert.Equal(_time.GetUtcNow().AddMinutes(5), DateTimeOffset.Parse(link["until"].ToString()), TimeSpan.FromSeconds(30));
        }

        var last = (await talk.Creator.ReadAsync(talk.Path))["lastMessage"];
        Assert.Equal("", $"{last["text"]}");
        Assert.Equal("""{"count":1,"kind":"picture","name":"photo.jpg"}""", last["files"]!.ToJsonString());
        Assert.NotNull((await talk.Brand.ReadAsync($"/api/files/{id}"))["url"]);
        Assert.Equal(HttpStatusCode.Conflict, (await talk.Brand.CallAsync(HttpMethod.Delete, $"/api/files/{id}")).Status);
    }

    [Fact]
    public async Task A_file_that_is_being_checked_is_shown_when_its_check_is_over()
    {
        var talk = await Talk.BeginAsync(_host, "waits");
        var (good, bad) = (await _host.UploadAsync(talk.BrandId), await _host.UploadAsync(talk.BrandId));
        var sent = await SendAsync(talk, "1", "Look", (good, null), (bad, null));
        Assert.Equal(["checking", "checking"], States(sent));
        var waiting = await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{good}");
        Assert.Equal(
            (HttpStatusCode.Conflict, "file-not-ready", "checking"), (waiting.Status, waiting.Problem, $"{waiting["file"]["state"]}"));

        await _host.ScanAsync(talk.BrandId, good);
        await _host.ScanAsync(talk.BrandId, bad, Uploads.Malicious);
        var (own, others) = (await talk.Brand.ReadAsync($"{talk.Messages}/1"), await talk.Creator.ReadAsync($"{talk.Messages}/1"));
        Assert.Equal(["ready", "refused"], States(own));
        Assert.Equal(["ready", "refused"], States(others));
        // Only the sender learns why.
        Assert.Equal(("malware", null), ($"{own["files"][1]!["reason"]}", others["files"][1]!["reason"]));
        Assert.Null(own.Body!["editedAt"]);
        Assert.Equal(HttpStatusCode.OK, (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{good}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{bad}")).Status);
        // A client that was away catches up.
        var changes = await talk.Creator.ReadAsync("/api/changes");
        Assert.NotNull(changes.Body);
        Assert.False(await _host.IsServedAsync(talk.BrandId, bad));
    }

    [Fact]
    public async Task A_result_that_comes_before_the_message_is_stored_is_shown_all_the_same()
    {
        var talk = await Talk.BeginAsync(_host, "overtaken");
        var id = await _host.UploadAsync(talk.BrandId);
        var files = _host.Services.GetRequiredService<MessageFiles>();
        var draft = new MessageDraft("1", "", [new FileToSend(id, null)]);
        var claimed = (await files.ClaimAsync(talk.Id, new MemberId(talk.BrandId), draft, default)).Value;
        Assert.Equal(FileState.Checking, claimed.Claimed![0].State);
        await _host.ScanAsync(talk.BrandId, id);
        // The call that claimed it died; its repetition stores the message.
        Assert.Equal(["ready"], States(await SendAsync(talk, "1", "", (id, null))));
    }

    [Fact]
    public async Task A_repeated_send_finds_its_files_and_another_message_cannot_have_them()
    {
        var talk = await Talk.BeginAsync(_host, "twice");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        var first = await SendAsync(talk, "1", "Look", (id, null));
        var again = await SendAsync(talk, "1", "Look", (id, null));
        Assert.Equal((HttpStatusCode.OK, first.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        Assert.Equal("key-reused", (await SendAsync(talk, "1", "Look")).Problem);
        var other = await SendAsync(talk, "2", "Look", (id, null));
        Assert.Equal((HttpStatusCode.Conflict, "file-sent"), (other.Status, other.Problem));
        Assert.Single(await talk.HistoryAsync());
    }

    [Fact]
    public async Task A_send_that_is_repeated_at_once_finds_the_file_that_the_check_has_moved_meanwhile()
    {
        var meanwhile = (Func<Task>)(() => Task.CompletedTask);
        await using var host = await LocalHostFixture.StartStillAsync(o => o with
        {
            Services = services => services.Decorate<IFileStore>(inner => WatchedStore.Of(inner, () => meanwhile())),
        });
        var talk = await Talk.BeginAsync(host, "moved");
        var id = await host.UploadAsync(talk.BrandId);
        var again = false;
        meanwhile = async () =>
        {
            if (!again)
            {
                again = true;
                Assert.Equal(HttpStatusCode.Created, (await SendAsync(talk, "1", "", (id, null))).Status);
                await host.ScanAsync(talk.BrandId, id);
            }
        };
        var sent = await SendAsync(talk, "1", "", (id, null));
        Assert.Equal((HttpStatusCode.OK, "ready"), (sent.Status, sent["files"][0]!["state"]!.ToString()));
    }

    [Fact]
    public async Task Only_a_file_of_the_senders_own_for_a_message_can_be_sent()
    {
        var talk = await Talk.BeginAsync(_host, "own");
        var (theirs, avatar) = (
            await _host.CheckedFileAsync(talk.CreatorId),
            await _host.CheckedFileAsync(talk.BrandId, Pictures.Jpeg(40, 40), @for: "avatar"));
        var created = await talk.Brand.CreateFileAsync([1]);
        var refused = new List<string>();
        foreach (var id in new[] { theirs, avatar, FileId.New(FilePurpose.Message), "x", "../members/a" })
        {
            var answer = await SendAsync(talk, "1", "", (id, null));
            Assert.Equal((HttpStatusCode.BadRequest, "files[0].id"), (answer.Status, $"{answer["fields"][0]!["field"]}"));
            refused.Add(answer["fields"].ToJsonString());
        }

        Assert.Single(refused.Distinct());
        var unfinished = await SendAsync(talk, "1", "", (created["file"]["id"]!.ToString(), null));
        Assert.Equal(
            (HttpStatusCode.Conflict, "file-not-ready", "uploading"),
            (unfinished.Status, unfinished.Problem, $"{unfinished["file"]["state"]}"));
        Assert.Empty(await talk.HistoryAsync());
    }

    [Fact]
    public async Task A_message_has_a_text_or_files_and_four_at_most()
    {
        var talk = await Talk.BeginAsync(_host, "some");
        Assert.Equal("invalid-input", (await SendAsync(talk, "1", "")).Problem);
        var ids = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            ids.Add(await _host.CheckedFileAsync(talk.BrandId));
        }

        Assert.Equal("invalid-input", (await SendAsync(talk, "1", "", [.. ids.Select(id => (id, (string?)null))])).Problem);
        Assert.Equal("invalid-input", (await SendAsync(talk, "1", "", (ids[0], null), (ids[0], null))).Problem);
        Assert.Equal(4, (await SendAsync(talk, "1", "", [.. ids.Take(4).Select(id => (id, (string?)null))]))["files"].AsArray().Count);
        // An edit keeps the files, and may take the text away; without files it may not.
        Assert.Equal(4, (await talk.EditAsync(talk.Brand, 1, "Four"))["files"].AsArray().Count);
        Assert.Equal("", (await talk.EditAsync(talk.Brand, 1, ""))["text"].ToString());
        await SendAsync(talk, "2", "Text");
        Assert.Equal("invalid-input", (await talk.EditAsync(talk.Brand, 2, "")).Problem);
    }

    [Fact]
    public async Task A_batch_has_a_result_for_each_message_with_files()
    {
        var talk = await Talk.BeginAsync(_host, "batch");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        object[] messages =
        [
            new { clientId = "1", text = "", files = new[] { new { id } } },
            new { clientId = "2", text = "", files = new[] { new { id } } },
            new { clientId = "3", text = "Text" },
        ];
        var sent = await talk.Brand.SendAsync($"{talk.Messages}/batch", new { messages });
        Assert.Equal((HttpStatusCode)207, sent.Status);
        Assert.Equal([201, 409, 201], sent["results"].AsArray().Select(result => (int)result!["status"]!));
        Assert.Equal("ready", sent["results"][0]!["message"]!["files"]![0]!["state"]!.ToString());
        Assert.Equal("/problems/file-sent", sent["results"][1]!["problem"]!["type"]!.ToString());
        var again = await talk.Brand.SendAsync($"{talk.Messages}/batch", new { messages = messages.Take(1) });
        Assert.Equal([200], again["results"].AsArray().Select(result => (int)result!["status"]!));
    }

    [Fact]
    public async Task A_deleted_message_takes_its_files_along()
    {
        var talk = await Talk.BeginAsync(_host, "deletes");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        Assert.True(await _host.IsServedAsync(talk.BrandId, id));
        var deleted = await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1");
        Assert.Null(deleted.Body!["files"]);
        Assert.False(await _host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await _host.FileAsync(talk.BrandId, id));
        Assert.Equal(HttpStatusCode.NotFound, (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{id}")).Status);
        Assert.Null((await talk.Creator.ReadAsync(talk.Path))["lastMessage"]["files"]);
        // A repeated send is answered with the deleted message, though its files are gone.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(talk, "1", "", (id, null))).Status);
    }

    [Fact]
    public async Task The_sweep_removes_the_files_of_a_deleted_message_that_its_call_did_not()
    {
        var talk = await Talk.BeginAsync(_host, "swept");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        var store = _host.Services.GetRequiredService<MessageStore>();
        var read = await store.FindForChangeAsync(talk.Id, 1, default);
        var settings = _host.Services.GetRequiredService<ChatSettings>();
        await store.ChangeAsync(
            read!, message => MessageLife.Delete(message, message.From, _time.GetUtcNow(), settings), default);
        Assert.True(await _host.IsServedAsync(talk.BrandId, id));
        await SweepAsync();
        Assert.False(await _host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await _host.FileAsync(talk.BrandId, id));
    }

    [Fact]
    public async Task A_file_whose_message_was_never_stored_goes_after_a_day()
    {
        var talk = await Talk.BeginAsync(_host, "dies");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        var draft = new MessageDraft("1", "", [new FileToSend(id, null)]);
        await _host.Services.GetRequiredService<MessageFiles>().ClaimAsync(talk.Id, new MemberId(talk.BrandId), draft, default);
        Assert.True(await _host.IsServedAsync(talk.BrandId, id));
        await SweepFilesAsync();
        Assert.True(await _host.IsServedAsync(talk.BrandId, id));
        _time.Ahead += TimeSpan.FromHours(25);
        await SweepFilesAsync();
        Assert.False(await _host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await _host.FileAsync(talk.BrandId, id));
    }

    [Fact]
    public async Task A_file_of_a_send_that_repeats_another_message_goes_after_a_day()
    {
        var talk = await Talk.BeginAsync(_host, "repeats-other");
        var (own, other) = (await _host.CheckedFileAsync(talk.BrandId), await _host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (own, null));
        var repeated = await SendAsync(talk, "1", "", (other, null));
        Assert.Equal((HttpStatusCode.Conflict, "key-reused"), (repeated.Status, repeated.Problem));
        await SweepAsync();
        _time.Ahead += TimeSpan.FromHours(25);
        await SweepFilesAsync();
        Assert.False(await _host.IsServedAsync(talk.BrandId, other));
        Assert.Null(await _host.FileAsync(talk.BrandId, other));
        Assert.True(await _host.IsServedAsync(talk.BrandId, own));
    }

    [Fact]
    public async Task A_file_that_is_not_checked_within_a_day_is_refused()
    {
        var talk = await Talk.BeginAsync(_host, "lost");
        var id = await _host.UploadAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        await SweepAsync();
        _time.Ahead += TimeSpan.FromHours(25);
        await SweepFilesAsync();
        // With a new token.
        var brand = _host.ClientFor(talk.BrandId);
        var message = await brand.ReadAsync($"{talk.Messages}/1");
        Assert.Equal(("refused", "not-checked"), ($"{message["files"][0]!["state"]}", $"{message["files"][0]!["reason"]}"));
        await SweepFilesAsync();
        Assert.Equal(message.Body!.ToJsonString(), (await brand.ReadAsync($"{talk.Messages}/1")).Body!.ToJsonString());
    }

    [Fact]
    public async Task A_report_keeps_a_copy_until_its_sender_erases_their_profile()
    {
        var talk = await Talk.BeginAsync(_host, "reports");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        var report = (await talk.Creator.SendAsync(
            "/api/reports", new { connectionId = talk.Id, seq = 1, reason = "spam" }))["id"].ToString();
        await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1");
        Assert.False(await _host.IsServedAsync(talk.BrandId, id));

        var moderator = _host.ClientFor("reports-moderator", roles: "moderator");
        var link = await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{id}");
        Assert.Equal(HttpStatusCode.OK, (await _host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
        var other = FileId.New(FilePurpose.Message);
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{other}")).Status);

        var reports = _host.Services.GetRequiredService<ReportStore>();
        await reports.EraseReportedAsync((await reports.FindAsync(report, default))!, default);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{id}")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_waits_until_a_report_has_its_copy(bool isDecidedBefore)
    {
        var talk = await Talk.BeginAsync(_host, $"report-first-{isDecidedBefore}");
        var id = await _host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        // The call that stored the report died.
        var (reports, now) = (_host.Services.GetRequiredService<ReportStore>(), _time.GetUtcNow());
        var message = await _host.Services.GetRequiredService<MessageStore>().FindAsync(talk.Id, 1, default);
        var report = new Report
        {
            Id = Report.NewId(),
            MemberId = new MemberId(talk.CreatorId),
            ReportedId = message!.From,
            Message = message.ToMessage(),
            Reason = ReportReason.Spam,
            ReportedAt = now,
            OwedSince = now,
        };
        await reports.TryCreateAsync(report, default);
        if (isDecidedBefore)
        {
            var decision = new ReportDecision(DecisionKind.Dismiss, Until: null, "No.", new MemberId("moderator"), now);
            report = (await reports.DecideAsync(report, decision, default))!.Value.Report;
        }

        Assert.Equal(HttpStatusCode.OK, (await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1")).Status);
        Assert.True(await _host.IsServedAsync(talk.BrandId, id));
        await Assert.ThrowsAsync<AggregateException>(SweepAsync);

        await _host.Services.GetRequiredService<DecisionFollowUp>().RunAsync(report, default);
        await SweepAsync();
        Assert.False(await _host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await _host.FileAsync(talk.BrandId, id));
        var link = await _host.ClientFor("report-first-moderator", roles: "moderator")
            .ReadAsync($"/api/moderation/reports/{report.Id}/files/{id}");
        Assert.Equal(HttpStatusCode.OK, (await _host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_older_than_five_minutes_or_names_another_file_is_refused()
    {
        var talk = await Talk.BeginAsync(_host, "old-links");
        var (first, second) = (await _host.CheckedFileAsync(talk.BrandId), await _host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (first, null), (second, null));
        var link = (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{first}"))["url"].ToString();
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(link));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(link.Replace(first, second, StringComparison.Ordinal)));
        _time.Ahead += TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(link));

        async Task<HttpStatusCode> FetchAsync(string address) =>
            (await _host.AnonymousClient().GetAsync(address)).StatusCode;
    }

    [Fact]
    public async Task What_a_client_uploads_after_its_file_was_sent_is_never_served()
    {
        var talk = await Talk.BeginAsync(_host, "swaps");
        var created = await talk.Brand.CreateFileAsync(Pictures.Jpeg());
        var id = created["file"]["id"]!.ToString();
        await _host.PutAsync(Pictures.Jpeg(), created.Body!);
        await _host.ScanAsync(talk.BrandId, id);
        await SendAsync(talk, "1", "", (id, null));
        await _host.PutAsync(Pictures.Jpeg(80, 80), created.Body!);
        await _host.ScanAsync(talk.BrandId, id);
        Assert.Equal(40, (int)(await talk.Creator.ReadAsync($"{talk.Messages}/1"))["files"][0]!["width"]!);
        var stored = await _host.Services.GetRequiredService<IFileStore>().OpenAsync(
            $"{FilePath.FolderOf(new MemberId(talk.BrandId))}/{id}", default);
        await using (stored)
        {
            Assert.Equal(Pictures.Jpeg().Length, stored!.Size);
        }
    }

    [Fact]
    public async Task Nobody_but_the_two_while_they_are_connected_gets_a_link()
    {
        var talk = await Talk.BeginAsync(_host, "links");
        var (first, second) = (await _host.CheckedFileAsync(talk.BrandId), await _host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (first, null));
        await SendAsync(talk, "2", "", (second, null));
        await _host.ClientFor("links-stranger").BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(_host.ClientFor("links-stranger")));
        Assert.Equal(HttpStatusCode.Unauthorized, await LinkAsync(_host.AnonymousClient()));
        // The file of another message.
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(talk.Creator, second));
        Assert.Equal(HttpStatusCode.OK, await LinkAsync(talk.Creator));

        await talk.Brand.PutAsync($"/api/blocks/{talk.CreatorId}", new { });
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(talk.Creator));
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(talk.Brand));
        await talk.Brand.CallAsync(HttpMethod.Delete, $"/api/blocks/{talk.CreatorId}");
        Assert.Equal(HttpStatusCode.Conflict, await LinkAsync(talk.Creator));
        // The messages can be read all the same.
        Assert.Equal(HttpStatusCode.OK, (await talk.Creator.ReadAsync($"{talk.Messages}/1")).Status);

        async Task<HttpStatusCode> LinkAsync(HttpClient member, string? id = null) =>
            (await member.ReadAsync($"{talk.Messages}/1/files/{id ?? first}")).Status;
    }

    private static Task<Answer> SendAsync(Talk talk, string clientId, string text, params (string Id, string? Alt)[] files) =>
        talk.Brand.SendAsync(
            talk.Messages,
            new { clientId, text, files = files.Length == 0 ? null : files.Select(file => new { id = file.Id, alt = file.Alt }) });

    private static IEnumerable<string> States(Answer message) =>
        message["files"].AsArray().Select((JsonNode? file) => file!["state"]!.ToString());

    private Task SweepAsync() => _host.Services.GetRequiredService<MessageSweep>().RunAsync(DateTimeOffset.MaxValue, default);

    private Task SweepFilesAsync() => ActivatorUtilities.CreateInstance<SweepFiles>(_host.Services).Run(new TimerInfo(), default);

    /// <summary>A store that lets something happen before it looks for an upload.</summary>
    public class WatchedStore : System.Reflection.DispatchProxy
    {
        private IFileStore? _inner;
        private Func<Task>? _meanwhile;

        public static IFileStore Of(IFileStore inner, Func<Task> meanwhile)
        {
            var proxy = Create<IFileStore, WatchedStore>();
            (((WatchedStore)(object)proxy)._inner, ((WatchedStore)(object)proxy)._meanwhile) = (inner, meanwhile);
            return proxy;
        }

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IFileStore.FindUploadAsync)
                ? FindUploadAsync((string)args![0]!)
                : targetMethod.Invoke(_inner, args);

        private async Task<UploadedFile?> FindUploadAsync(string path)
        {
            await _meanwhile!();
            return await _inner!.FindUploadAsync(path, default);
        }
    }
}
