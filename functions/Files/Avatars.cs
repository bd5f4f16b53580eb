using Connections.Settings;

namespace Connections.Files;

/// <summary>The pictures of profiles: uploaded, inspected and served by the product.</summary>
/// <remarks>
/// A picture is taken before the profile that shows it is written, and noted as shown afterwards. If the call dies in between, the picture
/// goes after a day, unless the call is repeated. The picture that it replaces is noted in the profile's own write, and its bytes go when
/// that is followed up.
/// </remarks>
public sealed class Avatars(FileRecords files, FileChecks checks, IFileStore store, LinkSettings links, TimeProvider time)
{
    private const string Route = "avatars/";

    /// <summary>Takes a file of a member's as the picture of their profile. Two requests and one to the store. Can be repeated.</summary>
    /// <returns>Its address; or the error.</returns>
    public async Task<Result<Uri>> TakeAsync(MemberId member, string id, CancellationToken ct)
    {
        var path = new FilePath(FilePath.FolderOf(member), id);
        if (!FileId.IsOf(FilePurpose.Avatar, id) || await files.FindAsync(path, ct) is not { } file)
        {
            return new InvalidInput(
                "avatar",
                "There is no such picture of yours for a profile. Pictures that are not used go after a day: upload it again.",
                FieldCode.UnknownValue);
        }

        if (file.State != FileState.Ready)
        {
            var isUploaded = file.State != FileState.Uploading || await store.FindUploadAsync($"{path}", ct) is not null;
            return new FileNotReady(file.State == FileState.Uploading && isUploaded ? FileState.Checking : file.State, file.Reason);
        }

        if (file.ShownAt is null)
        {
            await files.ShowAsync(path, time.Now(), ct);
        }

        return await checks.AcceptAsync(file, ct)
            ? links.ToApi($"{Route}{path}")
            : new FileNotReady(FileState.Checking, reason: null);
    }

    /// <summary>Notes that the profile shows the picture at an address. Two requests.</summary>
    public async Task NoteShownAsync(MemberId member, string address, CancellationToken ct)
    {
        if (IdOf(address) is { } id && await files.FindAsync(new FilePath(FilePath.FolderOf(member), id), ct) is { } file)
        {
            await files.MarkDispatchedAsync(file, ct);
        }
    }

    /// <summary>Removes a picture: first its bytes. Can be repeated. One request, and two to the store.</summary>
    public async Task RemoveAsync(FilePath path, CancellationToken ct)
    {
        await store.DeleteUploadAsync($"{path}", ct);
        await store.DeleteAsync($"{path}", ct);
        await files.DeleteAsync(path, ct);
    }

    /// <summary>The id of the picture at an address of this product; null for any other address.</summary>
    public static string? IdOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.AbsolutePath.Split('/') is [.., "api", "avatars", var folder, var id]
        && FilePath.IsFolder(folder) && FileId.IsOf(FilePurpose.Avatar, id)
            ? id
            : null;
}
