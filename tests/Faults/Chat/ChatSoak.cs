using System.Globalization;
using System.Net;
using Connections.Chat;
using Connections.Emulators.WebPubSub;
using Connections.Files;
using Connections.Tests.Functions.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Faults.Chat;

/// <summary>
/// Pairs that write to each other at the same time, with lost sockets and repeated sends, checked on the reading side. Some messages have
/// files, quotes and reactions.
/// </summary>
internal sealed class ChatSoak(LocalHostFixture host, SoakReport report, Random random) : IDisposable
{
    private const double DropRate = 0.1;
    private const double RepeatRate = 0.05;
    private const double FileRate = 0.01;
    private const double QuoteRate = 0.02;
    private const double ReactionRate = 0.02;
    private const int SendsAtOnce = 48;
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _sends = new(SendsAtOnce);

    /// <summary>Sends messages, split evenly, and waits until every reader has all of them.</summary>
    public static async Task<SoakRow> RunAsync(int seed, int pairs, int messages, TextWriter log)
    {
        var report = new SoakReport(log);
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = "10000", ["Files:PerDay"] = "10000" },
            Services = services => services.AddLogging(logging => logging.ClearProviders()),
        });
        using var soak = new ChatSoak(host, report, new Random(seed));
        var each = Math.Max(1, messages / pairs / 2);
        var talks = await soak.BeginAsync(pairs, seed);
        using var over = new CancellationTokenSource();
        var progress = soak.LogProgressAsync(pairs * each * 2, log, over.Token);
        await Task.WhenAll(talks.Select(talk => soak.TalkAsync(talk, each)));
        await over.CancelAsync();
        await progress;
        return report.ToRow("chat", seed);
    }

    /// <inheritdoc/>
    public void Dispose() => _sends.Dispose();

    private async Task<List<Talk>> BeginAsync(int pairs, int seed)
    {
        var talks = new List<Talk>();
        for (var i = 0; i < pairs; i++)
        {
            var (ada, bob) = ($"ada-{i}", $"bob-{i}");
            var clients = new[] { host.ClientFor(ada), host.ClientFor(bob) };
            await clients[0].BecomeBrandAsync(ada);
            await clients[1].BecomeCreatorAsync(bob, $"bob{i}");
            var id = (await clients[0].SendAsync("/api/invites", new { creatorId = bob }))["id"].ToString();
            Assert.Equal(HttpStatusCode.OK, (await clients[1].SendAsync($"/api/invites/{id}/accept")).Status);
            var service = host.Services.GetRequiredService<LocalWebPubSub>();
            var names = new[] { ada, bob };
            talks.Add(new Talk(id, names, clients, [.. names.Select((name, who) =>
                new ChatReader(clients[who], name, id, service, report, new Random(unchecked((seed * 7919) + (2 * i) + who)))
                {
                    DropRate = DropRate,
                })]));
        }

        return talks;
    }

    private async Task TalkAsync(Talk talk, int each)
    {
        using var over = new CancellationTokenSource();
        var reading = Task.WhenAll(talk.Readers.Select(reader => reader.ReadAsync(over.Token)));
        var sent = await Task.WhenAll(Enumerable.Range(0, 2).Select(who => WriteAsync(talk, who, each)));
        // The check fetches nothing: a message that the sockets have not brought by now is missing.
        await Calls.EventuallyAsync(
            () => Task.FromResult(talk.Readers.Min(reader => reader.ShownNow.Count)),
            count => count >= 2 * each || reading.IsFaulted,
            MaxWait);
        await over.CancelAsync();
        try
        {
            await reading;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.Add(Violation.Stuck, $"a reader of {talk.Id} gave up: {e}");
        }

        foreach (var reader in talk.Readers)
        {
            Check(talk, reader.ShownNow, [.. sent.SelectMany(one => one)]);
        }

        await CheckSearchAsync(talk, [.. sent.SelectMany(one => one)]);
        await CheckFilesAsync(talk);
    }

    /// <summary>Deletes a message, and searches for its word: everything else that has the word is found, and that one is not.</summary>
    private async Task CheckSearchAsync(Talk talk, IReadOnlyList<Shown> sent)
    {
        var deleted = sent[(int)(Next() * sent.Count)];
        var author = talk.Clients[Array.IndexOf(talk.Names, deleted.From)];
        await author.CallAsync(HttpMethod.Delete, $"/api/connections/{talk.Id}/messages/{deleted.Seq}");
        var found = new List<long>();
        for (string? path = $"/api/connections/{talk.Id}/messages?q={deleted.Text}&limit=100"; path is not null;)
        {
            var page = await talk.Clients[0].ReadAsync(path);
            found.AddRange(page["value"].AsArray().Select(message => (long)message!["seq"]!));
            path = page.Body!["nextLink"]?.ToString();
        }

        var expected = sent.Where(message => message != deleted && message.Text.StartsWith(deleted.Text, StringComparison.Ordinal))
            .Select(message => message.Seq).OrderDescending();
        report.Count("messages found", found.Count);
        if (!found.SequenceEqual(expected))
        {
            report.Add(Violation.Incorrect, $"{talk.Id}: a search for {deleted.Text} found {string.Join(", ", found)}");
        }
    }

    private async Task CheckFilesAsync(Talk talk)
    {
        var store = host.Services.GetRequiredService<MessageStore>();
        async Task<IReadOnlyList<MessageDocument>> ReadAsync()
        {
            var all = new List<MessageDocument>();
            while (await store.ForwardFromAsync(talk.Id, all.Count == 0 ? 0 : all[^1].Seq, 100, default) is { Count: > 0 } page)
            {
                all.AddRange(page);
            }

            return all;
        }

        static IEnumerable<MessageFile> Unchecked(IEnumerable<MessageDocument> messages) => messages
            .Where(message => message.Deleted is not true).SelectMany(message => message.Files ?? [])
            .Where(file => file.State != FileState.Ready);
        var messages = await Calls.EventuallyAsync(ReadAsync, messages => !Unchecked(messages).Any(), MaxWait);
        report.Count("files", messages.Sum(message => message.Files?.Count ?? 0));
        report.Count("quotes", messages.Count(message => message.ReplyTo is not null));
        report.Count("reactions", messages.Count(message => message.Reactions is not null));
        foreach (var file in Unchecked(messages))
        {
            report.Add(Violation.Stuck, $"{talk.Id}: the file {file.Id} is {file.State}");
        }
    }

    /// <summary>Writes one message after the other, as a person does, and repeats some of the sends, at the same time or later.</summary>
    private async Task<IReadOnlyList<Shown>> WriteAsync(Talk talk, int who, int each)
    {
        var sent = new List<Shown>();
        for (var i = 0; i < each; i++)
        {
            var file = Next() < FileRate ? await host.UploadAsync(talk.Names[who]) : null;
            var message = new
            {
                clientId = $"{who}-{i}",
                text = i.ToString(CultureInfo.InvariantCulture),
                files = file is null ? null : new[] { new { id = file } },
                replyTo = Next() < QuoteRate && sent.Count > 0 ? sent[^1].Seq : (long?)null,
            };
            var repeats = Next() < RepeatRate;
            var isAtOnce = Next() < 0.5;
            var first = SendAsync(talk, who, message);
            if (!repeats || !isAtOnce)
            {
                await first;
            }

            var answers = repeats ? new[] { await SendAsync(talk, who, message), await first } : [await first];
            report.Count("sends repeated", repeats ? 1 : 0);
            if (answers.Select(answer => (long)answer["seq"]).Distinct().Count() > 1
                || answers.Count(answer => answer.Status == HttpStatusCode.Created) != 1)
            {
                report.Add(
                    Violation.Incorrect,
                    $"{talk.Id}: {message} was answered "
                        + $"{string.Join(", ", answers.Select(answer => $"{(int)answer.Status} {answer["seq"]}"))}");
            }

            sent.Add(new Shown((long)answers[0]["seq"], talk.Names[who], message.clientId, message.text));
            if (Next() < ReactionRate)
            {
                var reaction = new { kind = Reaction.Kinds[0] };
                await talk.Clients[1 - who].PutAsync($"/api/connections/{talk.Id}/messages/{sent[^1].Seq}/reaction", reaction);
            }

            report.CountRun();
        }

        return sent;
    }

    private async Task<Answer> SendAsync(Talk talk, int who, object message)
    {
        await _sends.WaitAsync();
        try
        {
            return await talk.Clients[who].SendAsync($"/api/connections/{talk.Id}/messages", message);
        }
        finally
        {
            _sends.Release();
        }
    }

    /// <summary>Compares the messages that a reader shows with those that were sent, not just their numbers.</summary>
    private void Check(Talk talk, IReadOnlyList<Shown> shown, IReadOnlyList<Shown> sent)
    {
        foreach (var missing in sent.Except(shown))
        {
            report.Add(Violation.Lost, $"{talk.Id}: {missing} is not shown");
        }

        foreach (var repeated in shown.GroupBy(message => (message.From, message.ClientId)).Where(group => group.Count() > 1))
        {
            report.Add(Violation.Duplicated, $"{talk.Id}: {repeated.Key} is shown {repeated.Count()} times");
        }

        foreach (var name in talk.Names)
        {
            // A reader sees one author's messages in the order of the sends.
            var order = shown.Where(message => message.From == name)
                .Select(message => int.Parse(message.Text, CultureInfo.InvariantCulture)).ToList();
            if (!order.SequenceEqual(order.Order()))
            {
                report.Count("out of order");
                report.Add(Violation.Incorrect, $"{talk.Id}: {name}'s messages are out of order");
            }
        }
    }

    private async Task LogProgressAsync(int of, TextWriter log, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(15), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await log.WriteLineAsync(
                $"  {report.Runs} of {of} messages, {report.CountOf("sockets dropped")} sockets dropped, {report.Violations.Count} "
                    + "violations");
        }
    }

    private double Next()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    private sealed record Talk(string Id, string[] Names, HttpClient[] Clients, IReadOnlyList<ChatReader> Readers);
}
