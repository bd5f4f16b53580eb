using System.Security.Cryptography;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Blobs;

/// <summary>Content that was received, and is not a blob's yet.</summary>
internal sealed record ReceivedContent(string File, long Size, string Md5);

/// <summary>The contents of blobs, each in a file of a folder. They pass through memory in small parts.</summary>
internal sealed class BlobContents(string folder)
{
    private const int PartBytes = 81920;

    /// <summary>Writes a body to a file of its own, as it arrives.</summary>
    /// <param name="body">The body.</param>
    /// <param name="length">The length that it must have.</param>
    /// <param name="ct">Gives up and deletes the file.</param>
    /// <exception cref="BlobRefusal">The body has another length.</exception>
    /// <exception cref="StorageOutage">The disk is full, or the folder cannot be written.</exception>
    public async Task<ReceivedContent> ReceiveAsync(Stream body, long length, CancellationToken ct)
    {
        var name = NewName();
        try
        {
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            await using var file = Create(name);
            var size = 0L;
            var buffer = new byte[PartBytes];
            for (int read; size <= length && (read = await body.ReadAsync(buffer, ct)) > 0; size += read)
            {
                md5.AppendData(buffer, 0, read);
                await WriteAsync(file, buffer.AsMemory(0, read), ct);
            }

            return size == length
                ? new ReceivedContent(name, size, Convert.ToBase64String(md5.GetHashAndReset()))
                : throw new BlobRefusal(400, "InvalidInput", "The body is not as long as the header Content-Length says.");
        }
        catch
        {
            Delete(name);
            throw;
        }
    }

    /// <summary>Writes the contents of files into one, in their order.</summary>
    public async Task<ReceivedContent> JoinAsync(IEnumerable<string> files, CancellationToken ct)
    {
        var name = NewName();
        try
        {
            await using var whole = Create(name);
            var buffer = new byte[PartBytes];
            foreach (var file in files)
            {
                await using var part = TryOpen(file)
                    ?? throw new BlobRefusal(400, "InvalidBlockList", "The specified block list is invalid.");
                for (int read; (read = await part.ReadAsync(buffer, ct)) > 0;)
                {
                    await WriteAsync(whole, buffer.AsMemory(0, read), ct);
                }
            }

            return new ReceivedContent(name, whole.Length, "");
        }
        catch
        {
            Delete(name);
            throw;
        }
    }

    /// <summary>Opens a file; null if it is gone. It can be deleted while it is read.</summary>
    public FileStream? TryOpen(string file)
    {
        try
        {
            return new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file, if there is one.</summary>
    public void Delete(string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            File.Delete(PathOf(file));
        }
        catch (IOException)
        {
            // On Windows, somebody else's program can hold it. The next start deletes it.
        }
    }

    /// <summary>Deletes all files but these.</summary>
    public void DeleteAllBut(IReadOnlySet<string> files)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(file => !files.Contains(file)))
        {
            Delete(file);
        }
    }

    private static string NewName() => Guid.NewGuid().ToString("n");

    private string PathOf(string file) => Path.Combine(folder, file);

    private FileStream Create(string name)
    {
        var options = PrivateFile.New();
        options.Options = FileOptions.Asynchronous;
        try
        {
            return new FileStream(PathOf(name), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageOutage.Of(PathOf(name), e);
        }
    }

    // Apart from reading the body, where the same exceptions are the sender's.
    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> part, CancellationToken ct)
    {
        try
        {
            await file.WriteAsync(part, ct);
        }
        catch (IOException e)
        {
            throw StorageOutage.Of(file.Name, e);
        }
    }
}
