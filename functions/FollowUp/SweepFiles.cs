using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Members;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>
/// Every hour: looks at files that have waited for a day for their message or profile to be stored or for their check, and gives them up.
/// </summary>
/// <remarks>Until then the call that sends the message may be repeated, and the result of the scan may come.</remarks>
public sealed class SweepFiles(
    FileRecords files,
    MessageFiles ofMessages,
    Avatars avatars,
    MemberStore members,
    MessageFollowUp followUp,
    TimeProvider time,
    ILogger<SweepFiles> log)
{
    private const int Parallelism = 4;

    /// <summary>Looks at as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepFiles))]
    public async Task Run([TimerTrigger("0 23 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var lost = await files.UndispatchedAsync(time.Now() - FilesSettings.UnsentFor, ct).TakeSweptAsync(log, ct);
        await DocumentTrigger.EachAsync(lost, file => file.Id, GiveUpAsync, log, Parallelism, ct);
    }

    private async Task GiveUpAsync(FileDocument file, CancellationToken ct)
    {
        if (file.For == FilePurpose.Avatar)
        {
            var shown = (await members.FindAsync(file.MemberId, ct))?.Value.AvatarUrl;
            await (Avatars.IdOf(shown) == file.Id ? files.MarkDispatchedAsync(file, ct) : avatars.RemoveAsync(file.Path, ct));
        }
        else if (await ofMessages.GiveUpAsync(file, ct) is { } changed)
        {
            await followUp.ShowFilesAsync(changed, ct);
        }
    }
}
