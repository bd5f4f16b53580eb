namespace Connections.Local;

/// <summary>The folder of everything that outlives the process. One process at a time has it.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The one SQLite file: Cosmos DB, the queues, the mail and who is signed in.</summary>
    public string Database => Path.Combine(FullPath, "connections.db");

    /// <summary>The issuer's key.</summary>
    public string IdentityKey => Path.Combine(FullPath, "identity-key.pem");

    /// <summary>The key of the realtime clients' URLs.</summary>
    public string WebPubSubKey => Path.Combine(FullPath, "webpubsub-key");

    /// <summary>Takes the folder for this process, and makes it if it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="reset">Whether to delete what a host left in it. Files that are not a host's are never touched.</param>
    /// <exception cref="LocalHostException">Another process has it, or it cannot be written to.</exception>
    public static DataFolder Take(string folder, bool reset)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Make(path);
            var taken = new DataFolder(path, Lock(path));
            if (reset)
            {
                taken.Empty();
            }

            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {path} cannot be used: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            // What is in it are members' messages and keys.
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // The operating system lets go of the lock with the process, however it ends.
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new LocalHostException($"Another local host is using {path}. Stop it, or give this one a folder of its own: --data DIR.");
        }
    }

    private void Empty()
    {
        foreach (var file in (string[])[Database, Database + "-wal", Database + "-shm", Database + "-journal", IdentityKey, IdentityKey + ".new", WebPubSubKey])
        {
            File.Delete(file);
        }
    }
}
