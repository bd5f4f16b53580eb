using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.Files;
using Connections.Moderation;
using Connections.Safety;
using Connections.Tests.Functions.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Files;

/// <summary>Files of messages: given to one message, shown once they are checked, handed out to the two.</summary>
public sealed class FilesOfMessagesTests : FilesInTalks
{
    [Fact]
    public async Task A_checked_picture_is_sent_without_a_text_and_fetched_by_both()
    {
        var talk = await Talk.BeginAsync(Host, "sends");
        var id = await Host.CheckedFileAsync(talk.BrandId);
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
            Assert.Equal(Time.GetUtcNow().AddMinutes(5), DateTimeOffset.Parse(link["until"].ToString()), TimeSpan.FromSeconds(30));
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
        var talk = await Talk.BeginAsync(Host, "waits");
        var (good, bad) = (await Host.UploadAsync(talk.BrandId), await Host.UploadAsync(talk.BrandId));
        var sent = await SendAsync(talk, "1", "Look", (good, null), (bad, null));
        Assert.Equal(["checking", "checking"], States(sent));
        var waiting = await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{good}");
        Assert.Equal(
            (HttpStatusCode.Conflict, "file-not-ready", "checking"), (waiting.Status, waiting.Problem, $"{waiting["file"]["state"]}"));

        await Host.ScanAsync(talk.BrandId, good);
        await Host.ScanAsync(talk.BrandId, bad, Uploads.Malicious);
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
        Assert.False(await Host.IsServedAsync(talk.BrandId, bad));
    }

    [Fact]
    public async Task A_result_that_comes_before_the_message_is_stored_is_shown_all_the_same()
    {
        var talk = await Talk.BeginAsync(Host, "overtaken");
        var id = await Host.UploadAsync(talk.BrandId);
        var files = Host.Services.GetRequiredService<MessageFiles>();
        var draft = new MessageDraft("1", "", [new FileToSend(id, null)]);
        var claimed = (await files.ClaimAsync(talk.Id, new MemberId(talk.BrandId), draft, default)).Value;
        Assert.Equal(FileState.Checking, claimed.Claimed![0].State);
        await Host.ScanAsync(talk.BrandId, id);
        // The call that claimed it died; its repetition stores the message.
        Assert.Equal(["ready"], States(await SendAsync(talk, "1", "", (id, null))));
    }

    [Fact]
    public async Task A_repeated_send_finds_its_files_and_another_message_cannot_have_them()
    {
        var talk = await Talk.BeginAsync(Host, "twice");
        var id = await Host.CheckedFileAsync(talk.BrandId);
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
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
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
        var talk = await Talk.BeginAsync(Host, "own");
        var (theirs, avatar) = (
            await Host.CheckedFileAsync(talk.CreatorId),
            await Host.CheckedFileAsync(talk.BrandId, Pictures.Jpeg(40, 40), @for: "avatar"));
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
        var talk = await Talk.BeginAsync(Host, "some");
        Assert.Equal("invalid-input", (await SendAsync(talk, "1", "")).Problem);
        var ids = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            ids.Add(await Host.CheckedFileAsync(talk.BrandId));
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
        var talk = await Talk.BeginAsync(Host, "batch");
        var id = await Host.CheckedFileAsync(talk.BrandId);
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
    public async Task A_link_that_is_older_than_five_minutes_or_names_another_file_is_refused()
    {
        var talk = await Talk.BeginAsync(Host, "old-links");
        var (first, second) = (await Host.CheckedFileAsync(talk.BrandId), await Host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (first, null), (second, null));
        var link = (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{first}"))["url"].ToString();
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(link));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(link.Replace(first, second, StringComparison.Ordinal)));
        Time.Ahead += TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(link));

        async Task<HttpStatusCode> FetchAsync(string address) =>
            (await Host.AnonymousClient().GetAsync(address)).StatusCode;
    }

    [Fact]
    public async Task What_a_client_uploads_after_its_file_was_sent_is_never_served()
    {
        var talk = await Talk.BeginAsync(Host, "swaps");
        var created = await talk.Brand.CreateFileAsync(Pictures.Jpeg());
        var id = created["file"]["id"]!.ToString();
        await Host.PutAsync(Pictures.Jpeg(), created.Body!);
        await Host.ScanAsync(talk.BrandId, id);
        await SendAsync(talk, "1", "", (id, null));
        await Host.PutAsync(Pictures.Jpeg(80, 80), created.Body!);
        await Host.ScanAsync(talk.BrandId, id);
        Assert.Equal(40, (int)(await talk.Creator.ReadAsync($"{talk.Messages}/1"))["files"][0]!["width"]!);
        var stored = await Host.Services.GetRequiredService<IFileStore>().OpenAsync(
            $"{FilePath.FolderOf(new MemberId(talk.BrandId))}/{id}", default);
        await using (stored)
        {
            Assert.Equal(Pictures.Jpeg().Length, stored!.Size);
        }
    }

    [Fact]
    public async Task Nobody_but_the_two_while_they_are_connected_gets_a_link()
    {
        var talk = await Talk.BeginAsync(Host, "links");
        var (first, second) = (await Host.CheckedFileAsync(talk.BrandId), await Host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (first, null));
        await SendAsync(talk, "2", "", (second, null));
        await Host.ClientFor("links-stranger").BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync(Host.ClientFor("links-stranger")));
        Assert.Equal(HttpStatusCode.Unauthorized, await LinkAsync(Host.AnonymousClient()));
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

    private static IEnumerable<string> States(Answer message) =>
        message["files"].AsArray().Select((JsonNode? file) => file!["state"]!.ToString());

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
