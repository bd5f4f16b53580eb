using Connections.Chat;
using Connections.Emulators.Blobs;
using Connections.Files;
using Connections.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>The stored files of a pair: the documents, and the blobs of the three containers by their paths.</summary>
internal sealed record StoredFiles(
    IReadOnlyList<FileDocument> Documents,
    IReadOnlySet<string> Uploads,
    IReadOnlySet<string> Accepted,
    IReadOnlySet<string> Evidence,
    IReadOnlyList<string> EvidenceOfNothing)
{
    private const int MaxBlobs = 10_000;

    /// <summary>Reads them without faults.</summary>
    public static Task<StoredFiles> ReadAsync(FaultHost host, Ledger ledger) => host.LookAsync(async services =>
    {
        var blobs = services.GetRequiredService<LocalBlobs>();
        var folders = ledger.Members.Select(FilePath.FolderOf).ToList();
        var documents = new List<FileDocument>();
        foreach (var folder in folders)
        {
            documents.AddRange(await services.GetRequiredService<FileRecords>().AllAsync(folder, default).ToListAsync());
        }

        HashSet<string> Of(string container) =>
            [.. folders.SelectMany(folder => blobs.List(container, folder + "/", null, MaxBlobs).Blobs.Select(blob => blob.Name))];
        var evidence = blobs.List(BlobContainers.Evidence, "", null, MaxBlobs).Blobs.Select(blob => blob.Name).ToHashSet();
        var reports = services.GetRequiredService<ReportStore>();
        var ofNothing = new List<string>();
        foreach (var copy in evidence)
        {
            if (await reports.FindAsync(copy.Split('/')[0], default) is not { ReportedErased: null })
            {
                ofNothing.Add(copy);
            }
        }

        return new StoredFiles(documents, Of(BlobContainers.Uploads), Of(BlobContainers.Accepted), evidence, ofNothing);
    });

    /// <summary>Every file that was promised and is missing or not shown.</summary>
    public IEnumerable<string> Lost(Ledger ledger, StoredPair stored)
    {
        // Nobody sees a sealed message, and its file may go, as one of no message.
        foreach (var message in stored.Messages.Where(message => message.Deleted is not true && message.Sealed is not true))
        {
            foreach (var file in message.Files ?? [])
            {
                var document = Documents.SingleOrDefault(one => one.Id == file.Id);
                if (document?.MemberId != message.From || document.Sent?.Is(ledger.Id, message.ClientId) is not true)
                {
                    yield return $"message {message.Seq} names the file {file.Id}, which is {document}";
                }
                else if (file.State != FileState.Ready || !Accepted.Contains($"{document.Path}"))
                {
                    yield return $"the file {file.Id} of message {message.Seq} is {file.State}, and its blob is "
                        + $"{(Accepted.Contains($"{document.Path}") ? "there" : "missing")}";
                }
            }
        }

        foreach (var (who, member) in ledger.Members.Index())
        {
            var shown = Avatars.IdOf(stored.Members.GetValueOrDefault(member)?.AvatarUrl);
            if (shown != ledger.Avatars[who] || (shown is not null && !Accepted.Contains($"{FilePath.FolderOf(member)}/{shown}")))
            {
                yield return $"{member} shows the picture {shown}, not {ledger.Avatars[who]}, or it is missing";
            }
        }

        foreach (var kept in ledger.Evidence.Where(kept => !Evidence.Contains(kept)))
        {
            yield return $"the report has no copy {kept}";
        }
    }

    /// <summary>Every file that is still there although what it belonged to is gone.</summary>
    /// <param name="isDayOver">Whether a day has passed since the last call, after which nothing is left of what was not used.</param>
    public IEnumerable<string> LeftOver(Ledger ledger, StoredPair stored, bool isDayOver)
    {
        var gone = stored.Messages.Where(message => message.Deleted is true).SelectMany(message => message.Files ?? [])
            .Select(file => file.Id).ToHashSet();
        var erased = ledger.Members.Where((_, who) => ledger.IsErased[who]).Select(FilePath.FolderOf).ToHashSet();
        bool IsGone(FilePath path) => gone.Contains(path.Id) || erased.Contains(path.Folder);
        var left = Documents.Select(file => file.Path).Where(IsGone).Select(path => $"the document {path}")
            .Concat(Accepted.Where(path => IsGone(FilePath.Parse(path)!)).Select(path => $"the blob {path}"))
            .Concat(EvidenceOfNothing.Select(path => $"the evidence {path}"));
        if (isDayOver)
        {
            var used = stored.Messages.Where(message => message.Deleted is not true).SelectMany(message => message.Files ?? [])
                .Select(file => file.Id)
                .Concat(stored.Members.Values.Select(member => Avatars.IdOf(member.AvatarUrl)).OfType<string>())
                .ToHashSet();
            var known = Documents.Select(file => $"{file.Path}").ToHashSet();
            left = left.Concat(Uploads.Select(path => $"the upload {path}"))
                .Concat(Documents.Where(file => !used.Contains(file.Id) || file.OwedSince is not null).Select(file => $"{file}"))
                .Concat(Accepted.Where(path => !known.Contains(path)).Select(path => $"the blob {path} without a document"));
        }

        return left.Select(what => $"left over: {what}");
    }
}
