namespace Connections.Local;

/// <summary>The folder of everything that outlives the process. One process at a time has it.</summary>
public sealed class DataFolder : IDisposable
{
    // Past this, looking at every page would be felt at every start.
    private const long MostToCheck = 32 * 1024 * 1024;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The one SQLite file: Cosmos DB, the queues, the mail and who is signed in.</summary>
    public string Database => DatabaseOf(FullPath);

    /// <summary>The issuer's key.</summary>
    public string IdentityKey => Path.Combine(FullPath, "identity-key.pem");

    /// <summary>The key of the realtime clients' URLs.</summary>
    public string WebPubSubKey => Path.Combine(FullPath, "webpubsub-key");

    private string[] Files => [Database, Database + "-wal", Database + "-shm", Database + "-journal", IdentityKey, IdentityKey + ".new", WebPubSubKey];

    /// <summary>Takes the folder for this process, and makes it if it is not there. Files that a host left in it lose everybody else's rights.</summary>
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
                Array.ForEach(taken.Files, File.Delete);
            }

            // An earlier version left them readable by all.
            Array.ForEach(taken.Files, PrivateFile.Tighten);
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {path} cannot be used: {e.Message}");
        }
    }

    /// <summary>Where a host keeps its SQLite file in a folder.</summary>
    internal static string DatabaseOf(string folder) => Path.Combine(folder, "connections.db");

    /// <summary>Tries whether the database can be read and written, and looks for damage in it unless it is large.</summary>
    /// <exception cref="StorageOutage">It cannot, is damaged, or a newer version of this program has made it.</exception>
    internal void CheckDatabase()
    {
        using var session = SqliteSession.Open(Database);
        // No version so far has set one.
        if (session.Rows("PRAGMA user_version", row => row.Long(0)) is [> 0])
        {
            throw StorageOutage.OfDamage(Database, "a newer version of this program has made it");
        }

        if (new FileInfo(Database).Length <= MostToCheck && session.Rows("PRAGMA quick_check(1)", row => row.Text(0)) is [not "ok" and var damage])
        {
            throw StorageOutage.OfDamage(Database, damage.ReplaceLineEndings(" "));
        }

        SharedFile.Of(Database).Write(session, SharedFile.Probe);
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
        catch (IOException e) when (IsHeld(e))
        {
            throw new LocalHostException($"Another local host is using {path}. Stop it, or give this one a folder of its own: --data DIR.");
        }
    }

    // Windows' sharing violation; EWOULDBLOCK of Linux and of macOS.
    private static bool IsHeld(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;
}
