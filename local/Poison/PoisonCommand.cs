using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Files;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>
/// Lists, shows and replays the messages that failed for good: an email that is owed is not sent until its notice is replayed, and a bounce
/// does not show until its delivery report is.
/// </summary>
internal sealed class PoisonCommand
{
    // Long enough for a batch. If the command is stopped, the rest of the batch becomes visible again after this time.
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    private readonly IMessageQueue _poison;
    private readonly IMessageQueue _queue;
    private readonly string _missing;
    private readonly TextWriter _output;

    /// <summary>The command for the queues of a storage account.</summary>
    public PoisonCommand(QueueAccount account, TextWriter output, string queue = INoticeQueue.Name)
        : this(
            account.Queue,
            queue,
            $"There is no queue {QueueName.Poison(queue)} at {account.Endpoint}: nothing was ever poisoned there, or it is another "
                + "account.",
            output)
    {
    }

    private PoisonCommand(Func<string, IMessageQueue> queues, string queue, string missing, TextWriter output)
    {
        _poison = queues(QueueName.Poison(queue));
        _queue = queues(queue);
        _missing = missing;
        _output = output;
    }

    /// <returns>The exit code: 0, or 1 if there is no message with the id.</returns>
    /// <exception cref="LocalHostException">The queues cannot be reached or refuse; the message says what to do.</exception>
    public static Task<int> RunAsync(PoisonRequest request, TextWriter output, CancellationToken ct) => request.Account is { } account
        ? new PoisonCommand(account, output, request.Queue).RunAsync(request.Action, request.Id, ct)
        : RunOnHostAsync(request, output, ct);

    /// <inheritdoc cref="RunAsync(PoisonRequest, TextWriter, CancellationToken)"/>
    public Task<int> RunAsync(PoisonAction action, string? id, CancellationToken ct) => (action, id) switch
    {
        (PoisonAction.List, _) => ListAsync(ct),
        (PoisonAction.Show, { } one) => ShowAsync(one, ct),
        _ => ReplayAsync(id, ct),
    };

    private static async Task<int> RunOnHostAsync(PoisonRequest request, TextWriter output, CancellationToken ct)
    {
        var file = DataFolder.DatabaseOf(request.Folder);
        if (!Path.Exists(file))
        {
            throw new LocalHostException(
                $"No local host has kept its data in {request.Folder}. Name its folder: --data DIR. For a deployment: --account URL.");
        }

        try
        {
            using var opened = SqliteFile.Open(file);
            var queue = LocalQueue.Join(opened, TimeProvider.System);
            return await new PoisonCommand(name => new HostQueue(queue, name, TimeProvider.System), request.Queue, "", output)
                .RunAsync(request.Action, request.Id, ct);
        }
        catch (StorageOutage e)
        {
            throw LocalHostException.Of(e);
        }
    }

    private async Task<int> ListAsync(CancellationToken ct)
    {
        if (await CountAsync(ct) is not ({ } count, _))
        {
            return 0;
        }

        var first = await _poison.PeekAsync(ct);
        foreach (var message in first)
        {
            await _output.WriteLineAsync(Line(message));
        }

        await _output.WriteLineAsync(
            first.Count < count ? $"These are the first {first.Count} of about {count}." : $"{first.Count} in {_poison.Name}.");
        return 0;
    }

    private async Task<int> ShowAsync(string id, CancellationToken ct)
    {
        var message = await CountAsync(ct) is ({ }, _) ? (await _poison.PeekAsync(ct)).FirstOrDefault(message => message.Id == id) : null;
        if (message is null)
        {
            await _output.WriteLineAsync(
                $"There is no message {id} among the first {INoticeQueue.MaxAtOnce} of {_poison.Name}. See poison list.");
            return 1;
        }

        await _output.WriteLineAsync(Line(message));
        await _output.WriteLineAsync(message.Notice is null ? message.Text : JsonNode.Parse(message.Text)!.ToJsonString(Indented));
        return 0;
    }

    // Leaves notices that are poisoned from now on, so that one that fails again is not replayed endlessly.
    private async Task<int> ReplayAsync(string? id, CancellationToken ct)
    {
        if (await CountAsync(ct) is not ({ }, var now))
        {
            return id is null ? 0 : 1;
        }

        var held = new List<StorageMessage>();
        var replayed = 0;
        try
        {
            while (id is null || replayed == 0)
            {
                var taken = await _poison.TakeAsync(Hold, ct);
                var wanted = taken.Where(message => id is null ? message.InsertedAt <= now : message.Id == id).ToList();
                held.AddRange(taken.Except(wanted));
                foreach (var message in wanted)
                {
                    await ReplayAsync(message, ct);
                    replayed++;
                }

                if (id is null ? wanted.Count == 0 : taken.Count == 0)
                {
                    break;
                }
            }
        }
        finally
        {
            await ReleaseAsync(held);
        }

        await _output.WriteLineAsync(
            id is not null && replayed == 0
            ? $"There is no message {id} in {_poison.Name}. See poison list."
            : $"{replayed} back in {_queue.Name}.");
        return id is not null && replayed == 0 ? 1 : 0;
    }

    // In this order: if the command is stopped in between, the message is in both queues, which does nothing twice.
    private async Task ReplayAsync(StorageMessage message, CancellationToken ct)
    {
        await _queue.PutAsync(message.Text, ct);
        await _poison.DeleteAsync(message, ct);
        await _output.WriteLineAsync($"replayed {Line(message)}");
    }

    // Also when the command is stopped. A message that cannot be released becomes visible when the hold ends.
    private async Task ReleaseAsync(List<StorageMessage> held)
    {
        foreach (var message in held)
        {
            await _poison.ReleaseAsync(message, CancellationToken.None);
        }
    }

    /// <summary>The approximate number of messages and the service's time. If there are none, prints that, and the count is null.</summary>
    private async Task<(int? Count, DateTimeOffset Now)> CountAsync(CancellationToken ct)
    {
        var (count, now) = await _poison.LookAsync(ct);
        if (count is null or 0)
        {
            await _output.WriteLineAsync(count is null
                ? _missing
                : $"{_poison.Name} is empty: no message failed for good.");
        }

        return (count is 0 ? null : count, now);
    }

    private string Line(StorageMessage message)
    {
        var at = message.InsertedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var what = message.Notice is { } notice ? $"{notice.Kind.JsonName()} {notice.Id}"
            : DeliveryReport.Read(message.Text) is { } report ? $"{report.Outcome} {report.OperationId}"
            : _poison.Name == IFileStore.ScanPoisonQueue ? "a result of the scan for malware"
            : "not a notice";
        return $"{message.Id}  {at}Z  {what}";
    }
}
