using System.Globalization;
using System.Net;
using Connections.Chat;
using Connections.Emulators.Blobs;
using Connections.Files;
using Connections.Tests.Functions.Chat;
using Connections.Tests.Functions.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults;

/// <summary>
/// What meets in a conversation: two messages with one file, a deletion and a reaction, an archive and a new message, messages of both
/// members, two reactions of one, more pins than there is room for, and an upload and the end of its address.
/// </summary>
internal sealed class ChatRaces : HostForRaces
{
    private const int AtOnce = 10;
    private const int Talks = 4;
    private const int MaxDelay = 20;

    private readonly SoakReport _report;

    private ChatRaces(int seed, SoakReport report)
        : base(seed) => _report = report;

    /// <summary>Runs rounds, ten in parallel.</summary>
    public static async Task<SoakRow> RunAsync(int seed, int rounds, TextWriter log)
    {
        var report = new SoakReport(log);
        await using var races = new ChatRaces(seed, report);
        await races.StartAsync(new() { ["Chat:PerMinute"] = "10000", ["Files:PerDay"] = "100000" });
        var sides = await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, rounds)).Select(races.ConnectAsync));
        for (var round = 0; report.Runs < rounds; round++)
        {
            var now = sides.Take((int)Math.Min(AtOnce, rounds - report.Runs)).ToList();
            await Task.WhenAll(now.Select(side => races.RunAsync(side, round)));
            await races.UploadAsync(now);
            now.ForEach(_ => report.CountRun());
            await log.WriteLineAsync($"  {report.Runs} of {rounds} rounds, {report.Violations.Count} violations");
        }

        await races.CheckLeftOverAsync(sides);
        return report.ToRow("messages, files, reactions and flags at once", seed);
    }

    /// <summary>Connects a brand with some creators.</summary>
    private async Task<Side> ConnectAsync(int number)
    {
        var brand = $"brand-{number}";
        await Host.ClientFor(brand).BecomeBrandAsync($"Brand {number}");
        var ids = new List<string>();
        for (var i = 0; i < Talks; i++)
        {
            var creator = Host.ClientFor($"creator-{number}-{i}");
            await creator.BecomeCreatorAsync($"Creator {number} {i}", $"creator{number}x{i}");
            ids.Add((await Host.ClientFor(brand).SendAsync("/api/invites", new { creatorId = $"creator-{number}-{i}" }))["id"].ToString());
            await creator.SendAsync($"/api/invites/{ids[^1]}/accept");
        }

        return new Side(brand, [.. Enumerable.Range(0, Talks).Select(i => $"creator-{number}-{i}")], ids);
    }

    private async Task RunAsync(Side side, int round)
    {
        await SendOneFileTwiceAsync(side, round);
        await DeleteAndReactAsync(side, round);
        await ArchiveAndSendAsync(side, round);
        await WriteAtOnceAsync(side, round);
        await ReactTwiceAsync(side, round);
        await PinAsync(side);
    }

    private async Task SendOneFileTwiceAsync(Side side, int round)
    {
        var brand = Host.ClientFor(side.Brand);
        var file = await Host.UploadAsync(side.Brand);
        // One of the two is repeated at once.
        var (path, files) = ($"/api/connections/{side.Ids[0]}/messages", new[] { new { id = file } });
        var answers = await AtOnceAsync(new[] { "a", "b", "b" }.Select(which =>
            (Func<Task<Answer>>)(() => brand.SendAsync(path, new { clientId = $"{round}-{which}", text = "", files }))));
        var sent = answers.Where(answer => answer.Problem is null).Select(answer => (long)answer["seq"]).Distinct().ToList();
        var isWonByFirst = answers[0].Problem is null;
        _report.Count(isWonByFirst ? "files sent once" : "files sent twice by one message");
        if (sent.Count != 1 || answers.Any(answer => answer.Problem is not (null or "file-sent"))
            || isWonByFirst == (answers[1].Problem is null) || isWonByFirst == (answers[2].Problem is null))
        {
            Found(Violation.Duplicated, side, $"one file was sent as {string.Join(", ", answers.Select(Describe))}");
        }
        else if ((await Host.FileAsync(side.Brand, file))?.Sent?.ClientId is var owner && owner != $"{round}-{(isWonByFirst ? "a" : "b")}")
        {
            Found(Violation.Incorrect, side, $"the file is {owner}'s");
        }
    }

    private async Task DeleteAndReactAsync(Side side, int round)
    {
        var (brand, creator) = (Host.ClientFor(side.Brand), Host.ClientFor(side.Creators[0]));
        var path = $"/api/connections/{side.Ids[0]}/messages";
        var seq = await SendAsync(brand, path, $"{round}-deleted");
        var answers = await AtOnceAsync(
        [
            () => brand.CallAsync(HttpMethod.Delete, $"{path}/{seq}"),
            () => creator.PutAsync($"{path}/{seq}/reaction", new { kind = "heart" }),
            () => brand.PutAsync($"{path}/{seq}/reaction", new { kind = "laugh" }),
        ]);
        _report.Count("reactions before a deletion", answers.Skip(1).Count(answer => answer.Problem is null));
        var stored = await Host.Services.GetRequiredService<MessageStore>().FindAsync(side.Ids[0], seq, default);
        if (answers[0].Problem is not null || answers.Skip(1).Any(answer => answer.Problem is not (null or "message-deleted")))
        {
            Found(Violation.Incorrect, side, $"a deletion and reactions: {string.Join(", ", answers.Select(Describe))}");
        }

        if (stored is not { Deleted: true, Text: "", Reactions: null }
            || stored.Revision != 1 + answers.Skip(1).Count(answer => answer.Problem is null))
        {
            Found(Violation.Lost, side, $"after a deletion and reactions there is {stored}");
        }
    }

    private async Task ArchiveAndSendAsync(Side side, int round)
    {
        var (brand, creator, id) = (Host.ClientFor(side.Brand), Host.ClientFor(side.Creators[0]), side.Ids[0]);
        long seq = 0;
        var answers = await AtOnceAsync(
        [
            () => brand.PutAsync($"/api/connections/{id}/inbox", new { archived = true }),
            async () =>
            {
                seq = await SendAsync(creator, $"/api/connections/{id}/messages", $"{round}-archive");
                return await creator.ReadAsync($"/api/connections/{id}");
            },
        ]);
        var isFirst = (long?)answers[0].Body?["lastMessage"]?["seq"] < seq;
        _report.Count(isFirst ? "archived before a message" : "archived after a message");
        // If the member had not seen the message when they archived the conversation, it is back.
        var contact = await brand.ReadAsync($"/api/connections/{id}");
        if (answers[0].Problem is not null || ((bool?)contact.Body!["archived"] ?? false) == isFirst)
        {
            Found(Violation.Lost, side, $"archived {(isFirst ? "before" : "after")} a message: {contact.Body}");
        }
    }

    private async Task WriteAtOnceAsync(Side side, int round)
    {
        var (brand, creator, id) = (Host.ClientFor(side.Brand), Host.ClientFor(side.Creators[0]), side.Ids[0]);
        await brand.PutAsync($"/api/connections/{id}/inbox", new { archived = true });
        var path = $"/api/connections/{id}/messages";
        var sent = await Task.WhenAll(SendAsync(brand, path, $"{round}-own"), SendAsync(creator, path, $"{round}-other"));
        _report.Count(sent[0] < sent[1] ? "own messages first" : "own messages second");
        if ((await brand.ReadAsync($"/api/connections/{id}")).Body is var contact && (bool?)contact!["archived"] is true)
        {
            Found(Violation.Lost, side, $"archived, though the other wrote: {contact}");
        }
    }

    private async Task ReactTwiceAsync(Side side, int round)
    {
        var (brand, path) = (Host.ClientFor(side.Brand), $"/api/connections/{side.Ids[0]}/messages");
        var seq = await SendAsync(Host.ClientFor(side.Creators[0]), path, $"{round}-reactions");
        var answers = await AtOnceAsync(new[] { "heart", "sad" }.Select(kind =>
            (Func<Task<Answer>>)(() => brand.PutAsync($"{path}/{seq}/reaction", new { kind }))));
        var stored = await Host.Services.GetRequiredService<MessageStore>().FindAsync(side.Ids[0], seq, default);
        if (answers.Any(answer => answer.Problem is not null) || stored is not { Reactions: [{ Kind: "heart" or "sad" }], Revision: 2 })
        {
            Found(Violation.Duplicated, side, $"two reactions at once left {stored}");
        }
    }

    private async Task PinAsync(Side side)
    {
        var brand = Host.ClientFor(side.Brand);
        Task<Answer> Pin(string id, bool pinned) => brand.PutAsync($"/api/connections/{id}/inbox", new { pinned });
        foreach (var id in side.Ids.Take(2))
        {
            await Pin(id, pinned: true);
        }

        var answers = await AtOnceAsync(side.Ids.Skip(2).Select(id => (Func<Task<Answer>>)(() => Pin(id, pinned: true))));
        var pinned = (await brand.ReadAsync("/api/connections?show=pinned"))["value"].AsArray().Count;
        if (pinned != 3 || !answers.Select(answer => answer.Problem).Order().SequenceEqual([null, "pin-limit"]))
        {
            Found(Violation.Duplicated, side, $"{pinned} pins, answered {string.Join(", ", answers.Select(Describe))}");
        }

        foreach (var id in side.Ids)
        {
            await Pin(id, pinned: false);
        }
    }

    /// <summary>Every brand uploads a file while the address ends, and some send it.</summary>
    private async Task UploadAsync(IReadOnlyList<Side> sides)
    {
        var created = new List<(Side Side, Answer File)>();
        foreach (var side in sides)
        {
            created.Add((side, await Host.ClientFor(side.Brand).CreateFileAsync(Pictures.Jpeg())));
        }

        Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var untilEnd = Next(sides.Count);
        var statuses = await Task.WhenAll(created.Select(async one =>
        {
            await Task.Delay(Next(MaxDelay));
            var (status, _) = await Host.TryPutAsync(Pictures.Jpeg(), one.File.Body!);
            if (Interlocked.Decrement(ref untilEnd) == -1)
            {
                Time.Advance(TimeSpan.FromSeconds(2));
            }

            return status;
        }));
        foreach (var ((side, file), status) in created.Zip(statuses))
        {
            _report.Count($"uploads answered {(int)status}");
            var id = file["file"]["id"]!.ToString();
            var sent = await Host.ClientFor(side.Brand).SendAsync(
                $"/api/connections/{side.Ids[1]}/messages", new { clientId = id, text = "", files = new[] { new { id } } });
            if (status is not (HttpStatusCode.Created or HttpStatusCode.Forbidden)
                || sent.Problem != (status == HttpStatusCode.Created ? null : "file-not-ready"))
            {
                Found(Violation.Incorrect, side, $"an upload was answered {status}, and its message {Describe(sent)}");
            }
        }
    }

    /// <summary>A day later every file is a message's, and every message has its files.</summary>
    private async Task CheckLeftOverAsync(IEnumerable<Side> sides)
    {
        await SettleAsync(TimeSpan.Zero);
        await SettleAsync(TimeSpan.FromHours(26));
        await Host.Services.GetRequiredService<BlobLifecycle>().RunAsync(default);
        var (blobs, messages) = (Host.Services.GetRequiredService<LocalBlobs>(), Host.Services.GetRequiredService<MessageStore>());
        foreach (var side in sides)
        {
            var folder = FilePath.FolderOf(new MemberId(side.Brand));
            var documents = await Host.Services.GetRequiredService<FileRecords>().AllAsync(folder, default).ToListAsync();
            var accepted = blobs.List(BlobContainers.Accepted, folder + "/", null, 10_000).Blobs.Select(blob => blob.Name).ToHashSet();
            var uploads = blobs.List(BlobContainers.Uploads, folder + "/", null, 10_000).Blobs;
            var named = new HashSet<string>();
            foreach (var id in side.Ids)
            {
                IReadOnlyList<MessageDocument> page = [];
                while ((page = await messages.ForwardFromAsync(id, page is [.., var last] ? last.Seq : 0, 100, default)).Count > 0)
                {
                    named.UnionWith(page.SelectMany(message => message.Files ?? []).Select(file =>
                        file.State == FileState.Ready ? file.Id : $"{file.Id} is {file.State}"));
                }
            }

            _report.Count("files kept", documents.Count);
            if (uploads.Count > 0 || !named.SetEquals(documents.Select(file => file.Id))
                || !accepted.SetEquals(documents.Select(file => $"{file.Path}")))
            {
                Found(Violation.Stuck, side, $"{uploads.Count} uploads, {accepted.Count} blobs, {documents.Count} documents, "
                    + $"and messages name {string.Join(", ", named)}");
            }
        }
    }

    private async Task SettleAsync(TimeSpan after)
    {
        Time.Advance(after);
        var (records, blobs) = (Host.Services.GetRequiredService<FileRecords>(), Host.Services.GetRequiredService<LocalBlobs>());
        await Calls.EventuallyAsync(
            async () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return blobs.Unscanned().Count > 0 || await Host.OwesAsync(TimeSpan.Zero)
                    || await records.UndispatchedAsync(Time.GetUtcNow() - after, default).AnyAsync();
            },
            isOwed => !isOwed);
    }

    private async Task<Answer[]> AtOnceAsync(IEnumerable<Func<Task<Answer>>> calls) => await Task.WhenAll(calls.Select(async call =>
    {
        await Task.Delay(Next(MaxDelay));
        return await call();
    }));

    private static async Task<long> SendAsync(HttpClient member, string path, string clientId) =>
        (long)(await member.SendAsync(path, new { clientId, text = clientId }))["seq"];

    private void Found(Violation violation, Side side, string what) => _report.Add(violation, $"{side.Brand}: {what}");

    private static string Describe(Answer answer) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)answer.Status} {answer.Problem} {answer.Body?["seq"]}");

    private sealed record Side(string Brand, IReadOnlyList<string> Creators, IReadOnlyList<string> Ids);
}
