using Connections.Files;

namespace Connections.Chat;

/// <summary>Whether reports still have to copy what they keep.</summary>
public interface IReportedFiles
{
    /// <summary>Whether a report about a member waits to copy the files of a message. One request.</summary>
    Task<bool> AreOwedAsync(MemberId sender, CancellationToken ct);
}

/// <summary>A report waits to copy the files of a message that was deleted since. It does so within minutes.</summary>
public sealed class FilesStillReportedException() : Exception("A report has yet to copy the files of a deleted message.");

/// <summary>The files of messages: gives them to a message, shows what was decided about them, and removes them with it.</summary>
/// <remarks>
/// A file is given to its message before the message is stored, so that no other message can have it. If its call dies in between, the
/// call's repetition finds the file given to the same message; if there is none, the file goes after a day (<see cref="GiveUpAsync"/>).
/// Whichever comes second, the message or the decision about the file, copies it to the files that are served.
/// </remarks>
public sealed class MessageFiles(
    FileRecords files, FileChecks checks, IFileStore store, MessageStore messages, IReportedFiles reported, TimeProvider time)
{
    /// <summary>
    /// Gives a draft's files to it. One request, and one for each file and, where it can be shown already, one to the store; none for a
    /// draft without files.
    /// </summary>
    /// <returns>The draft with its files as they are, or the error.</returns>
    public async Task<Result<MessageDraft>> ClaimAsync(string connectionId, MemberId sender, MessageDraft draft, CancellationToken ct)
    {
        if (draft.Files.Count == 0)
        {
            return draft;
        }

        var (folder, now) = (FilePath.FolderOf(sender), time.Now());
        var sent = new SentIn(connectionId, draft.ClientId, now);
        var ids = draft.Files.Select(file => file.Id!).ToList();
        var found = (await files.FindManyAsync(folder, ids, ct)).ToDictionary(StringComparer.Ordinal);
        var claimed = new List<MessageFile>(draft.Files.Count);
        foreach (var ((id, _), at) in draft.Files.Select((file, at) => (file, at)))
        {
            // The same answer for what does not exist, is not the sender's, or is for something else.
            if (!found.TryGetValue(id!, out var file) || file.For != FilePurpose.Message)
            {
                return new InvalidInput(
                    $"files[{at}].id",
                    "There is no such file of yours that a message could have. Files that are not sent go after a day: upload it again.",
                    FieldCode.UnknownValue);
            }

            var isUploaded = file.State != FileState.Uploading || file.Sent is not null
                || await store.FindUploadAsync($"{file.Path}", ct) is not null;
            if (!isUploaded)
            {
                // It is not there yet, or not any more: the same call twice may have sent it since, and the check have moved it.
                found[id!] = file = await files.FindAsync(file.Path, ct) ?? file;
                isUploaded = file.State != FileState.Uploading;
            }

            if (Refuse(file, isUploaded, sent) is { } error)
            {
                return error;
            }
        }

        foreach (var (id, alt) in draft.Files)
        {
            var file = found[id!];
            if (file.Sent is null)
            {
                var given = await files.ClaimAsync(file.Path, sent, ct);
                // Another call was faster, which may be the same one twice.
                file = given ?? await files.FindAsync(file.Path, ct);
                if (file?.Sent?.Is(connectionId, draft.ClientId) != true)
                {
                    return new FileSent();
                }
            }

            claimed.Add(MessageFile.Of(file, alt, isAccepted: file.State == FileState.Ready && await checks.AcceptAsync(file, ct)));
        }

        return draft with { Claimed = claimed };
    }

    /// <summary>
    /// Shows in a message what was decided about its files since it was stored. One request, and for each file one and one to the store;
    /// two for the message if it changes.
    /// </summary>
    /// <returns>The message if it was changed; null otherwise.</returns>
    public async Task<MessageDocument?> ShowDecidedAsync(MessageDocument message, CancellationToken ct)
    {
        if (message.Files is not { } shown || message.Deleted is true)
        {
            return null;
        }

        var found = await files.FindManyAsync(FilePath.FolderOf(message.From), [.. shown.Select(file => file.Id)], ct);
        var decided = new Dictionary<string, MessageFile>(StringComparer.Ordinal);
        foreach (var file in found.Values.Where(file => file.IsDecided))
        {
            if (shown.Single(one => one.Id == file.Id) is { State: FileState.Checking } waiting
                && (file.State == FileState.Refused || await checks.AcceptAsync(file, ct)))
            {
                decided[file.Id] = MessageFile.Of(file, waiting.Alt, isAccepted: true);
            }
        }

        var changed = decided.Count == 0 ? null : await ShowAsync(message, decided, ct);
        foreach (var file in found.Values.Where(file => file.OwedSince is not null && IsShown(file, shown, decided)))
        {
            await files.MarkDispatchedAsync(file, ct);
        }

        return changed;
    }

    /// <summary>
    /// Removes the files of a deleted message: first their bytes. Can be repeated. One request, and one for each and two to the store.
    /// </summary>
    /// <exception cref="FilesStillReportedException">A report has to copy files of the sender's first. Try again.</exception>
    public async Task RemoveAsync(MessageDocument deleted, CancellationToken ct)
    {
        // Of a sealed message its sender has erased everything.
        if (deleted.Sealed is not true && await reported.AreOwedAsync(deleted.From, ct))
        {
            throw new FilesStillReportedException();
        }

        var folder = FilePath.FolderOf(deleted.From);
        foreach (var file in deleted.Files ?? [])
        {
            await RemoveAsync(new FilePath(folder, file.Id), ct);
        }
    }

    /// <summary>
    /// Ends the wait of a file whose message or decision has not come within a day: removes it if the message was never stored, or was
    /// stored by an earlier call without it, and refuses it if it was not checked. Six requests at most.
    /// </summary>
    /// <returns>The message, if it was changed; null otherwise.</returns>
    public async Task<MessageDocument?> GiveUpAsync(FileDocument file, CancellationToken ct)
    {
        if (await MessageOfAsync(file, ct) is not { Deleted: not true, Files: { } shown } message
            || !shown.Any(one => one.Id == file.Id))
        {
            await RemoveAsync(file.Path, ct);
            return null;
        }

        if (await ShowDecidedAsync(message, ct) is { } changed)
        {
            return changed;
        }

        if (shown.Single(one => one.Id == file.Id).State == FileState.Checking)
        {
            await checks.GiveUpAsync(file, ct);
            return await ShowDecidedAsync(message, ct);
        }

        return null;
    }

    /// <summary>The message that a file was given to; null while it is not stored. One request.</summary>
    public Task<MessageDocument?> MessageOfAsync(FileDocument file, CancellationToken ct) => file.Sent is { } sent
        ? messages.FindByClientIdAsync(sent.ConnectionId, file.MemberId, sent.ClientId, ct)
        : Task.FromResult<MessageDocument?>(null);

    private static Error? Refuse(FileDocument file, bool isUploaded, SentIn sent) =>
        file.Sent is { } earlier ? earlier.Is(sent.ConnectionId, sent.ClientId) ? null : new FileSent()
        : file.State == FileState.Refused || !isUploaded ? new FileNotReady(file.State, file.Reason)
        : null;

    private static bool IsShown(
        FileDocument file, IReadOnlyList<MessageFile> shown, Dictionary<string, MessageFile> decided) =>
        decided.ContainsKey(file.Id) || shown.Single(one => one.Id == file.Id).State != FileState.Checking;

    private async Task<MessageDocument?> ShowAsync(
        MessageDocument message, Dictionary<string, MessageFile> decided, CancellationToken ct)
    {
        if (await messages.FindForChangeAsync(message.ConnectionId, message.Seq, ct) is not { } read)
        {
            return null;
        }

        var change = await messages.ChangeAsync(read, current => MessageLife.ShowFiles(current, decided, time.Now()), ct);
        return (change as MessageChange.Changed)?.After;
    }

    private async Task RemoveAsync(FilePath path, CancellationToken ct)
    {
        await store.DeleteUploadAsync($"{path}", ct);
        await store.DeleteAsync($"{path}", ct);
        await files.DeleteAsync(path, ct);
    }
}
