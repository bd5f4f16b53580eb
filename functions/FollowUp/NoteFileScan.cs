using Connections.Chat;
using Connections.Files;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>
/// The queue of the malware scan's results: decides whether a file can be shown, and shows that in the message that has it.
/// </summary>
/// <remarks>
/// A result can come several times, in any order, and before the message is stored; then the message's call finds the decision. Whoever can
/// write into the queue can say that a file is clean, and nothing else: its bytes are inspected all the same.
/// </remarks>
public sealed partial class NoteFileScan(
    FileChecks checks, MessageFiles files, MessageFollowUp followUp, ILogger<NoteFileScan> log)
{
    /// <summary>Handles one result. Up to five requests and four to the store; three and four more for a file that was sent.</summary>
    [Function(nameof(NoteFileScan))]
    public async Task Run(
        [QueueTrigger(IFileStore.ScanQueue, Connection = INoticeQueue.Connection)] string message, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        if (FileScan.Read(message) is not { } scan)
        {
            LogUnreadable();
            return;
        }

        if (await checks.DecideAsync(scan, ct) is not { } file)
        {
            return;
        }

        LogDecided(file.Id, file.State, file.Reason);
        if (await files.MessageOfAsync(file, ct) is { } sent)
        {
            await followUp.ShowDecidedFilesAsync(sent, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "File {FileId} is {State} {Reason}")]
    private partial void LogDecided(string fileId, FileState state, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message in the queue of scans is not about an upload; it is dropped")]
    private partial void LogUnreadable();
}
