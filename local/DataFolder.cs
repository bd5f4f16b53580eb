using Connections.Emulators.Storage;

namespace Connections.Local;

/// <summary>The folder for all data that outlives the process. One process at a time can use it.</summary>
public sealed class DataFolder : IDisposable
{
    // Checking a larger file would slow every start.
    private const long MaxToCheck = 32 * 1024 * 1024;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The SQLite file of the database, the queues, the mail and the sign-ins.</summary>
    public string Database => DatabaseOf(FullPath);

    /// <summary>The issuer's signing key.</summary>
    public string IdentityKey => Path.Combine(FullPath, "identity-key.pem");

    /// <summary>The key that signs Web PubSub's client URLs.</summary>
    public string WebPubSubKey => Path.Combine(FullPath, "webpubsub-key");

    /// <summary>The key that signs the addresses of files.</summary>
    public string BlobKey => Path.Combine(FullPath, "blob-key");

    /// <summary>The folder of the contents of files.</summary>
    public string Blobs => Path.Combine(FullPath, "blobs");

    private string[] Files =>
        [Database, Database + "-wal", Database + "-shm", Database + "-journal", IdentityKey, IdentityKey + ".new", WebPubSubKey, BlobKey];

    /// <summary>Locks the folder for this process; creates it if it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="reset">Whether to delete the files of an earlier host. Other files are never touched.</param>
    /// <exception cref="LocalHostException">Another process uses the folder, or this one cannot write to it.</exception>
    public static DataFolder Take(string folder, bool reset)
    {
        var path = Path.GetFullPath(folder);
        if (File.Exists(path))
        {
            throw new LocalHostException($"{path} is a file. The data needs a folder: name another with --data.");
        }

        try
        {
            // It will hold members' messages and keys.
            PrivateFile.CreateFolder(path);
            var taken = new DataFolder(path, Lock(path));
            if (reset)
            {
                Array.ForEach(taken.Files, File.Delete);
                if (Directory.Exists(taken.Blobs))
                {
                    Directory.Delete(taken.Blobs, recursive: true);
                }
            }

            // An earlier version left the files readable by everybody.
            Array.ForEach(taken.Files, PrivateFile.Tighten);
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {path} cannot be used: {e.Message}");
        }
    }

    /// <summary>The SQLite file of a host that keeps its data in a folder.</summary>
    internal static string DatabaseOf(string folder) => Path.Combine(folder, "connections.db");

    /// <summary>Opens the SQLite file, tries a write, and looks for damage unless the file is large.</summary>
    /// <exception cref="StorageOutage">The file cannot be used, is damaged, or comes from a newer version of this program.</exception>
    internal SqliteFile OpenDatabase()
    {
        var file = SqliteFile.Open(Database);
        try
        {
            // No version so far sets one.
            if (file.Read(session => session.Number("PRAGMA user_version")) > 0)
            {
                throw StorageOutage.OfDamage(Database, "a newer version of this program has made it");
            }

            if (new FileInfo(Database).Length <= MaxToCheck
                && file.Read(session => session.Rows("PRAGMA quick_check(1)", row => row.Text(0))) is [not "ok" and var damage])
            {
                throw StorageOutage.OfDamage(Database, damage.ReplaceLineEndings(" "));
            }

            file.Check();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    // The operating system releases the lock when the process ends.
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

/// <summary>Finds the repository that this program was built from.</summary>
internal static class RepositoryFolder
{
    private const string Mark = "Connections.sln";

    /// <summary>The default data folder: <c>.local</c> in the repository, or in the current folder if that is outside one.</summary>
    public static string DefaultData() => Path.Combine(Find() ?? Environment.CurrentDirectory, ".local");

    /// <summary>The repository, or the one that contains the current folder; null if there is none.</summary>
    public static string? Find() => Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory);

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Mark)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
