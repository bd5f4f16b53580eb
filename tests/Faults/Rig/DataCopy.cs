using Microsoft.Data.Sqlite;

namespace Connections.Tests.Faults.Rig;

/// <summary>Copies of a host's data folder.</summary>
internal static class DataCopy
{
    private const string Database = "connections.db";
    private const string Blobs = "blobs";
    private static readonly string[] Keys = ["identity-key.pem", "webpubsub-key", "blob-key"];

    /// <summary>Copies everything that is committed at this moment, as a stopped process leaves it. The host may keep running.</summary>
    public static string OfRunning(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("connections-fault-").FullName;
        // A blob's content is written before the row that names it and deleted after it: what is copied before and after the rows has all.
        CopyBlobs(folder, copy);
        using (var from = Open(Path.Combine(folder, Database)))
        using (var to = Open(Path.Combine(copy, Database)))
        {
            from.BackupDatabase(to);
        }

        CopyBlobs(folder, copy);
        foreach (var key in Keys.Where(key => File.Exists(Path.Combine(folder, key))))
        {
            File.Copy(Path.Combine(folder, key), Path.Combine(copy, key));
        }

        return copy;
    }

    /// <summary>Deletes a folder if it exists.</summary>
    public static void Delete(string? folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopyBlobs(string folder, string copy)
    {
        var (from, to) = (Path.Combine(folder, Blobs), Directory.CreateDirectory(Path.Combine(copy, Blobs)).FullName);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from) : [])
        {
            try
            {
                var target = new FileInfo(Path.Combine(to, Path.GetFileName(file)));
                if (!target.Exists || target.Length != new FileInfo(file).Length)
                {
                    File.Copy(file, target.FullName, overwrite: true);
                }
            }
            catch (IOException)
            {
                // Deleted meanwhile, or still being written: no row names it.
            }
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000;";
        command.ExecuteNonQuery();
        return connection;
    }
}
