namespace Connections.Local;

/// <summary>Files with keys or members' data, which only their owner may read and write. On Windows the folder's own rights hold.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How a file is made that is not there yet.</summary>
    public static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owners;
        }

        return options;
    }

    /// <summary>Makes an empty file where there is none.</summary>
    /// <exception cref="StorageOutage">It cannot be made.</exception>
    public static void CreateIfMissing(string file)
    {
        if (Path.Exists(file))
        {
            return;
        }

        try
        {
            using var made = new FileStream(file, New());
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another part of the host has made it in the meantime.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageOutage.Of(file, e);
        }
    }

    /// <summary>Takes everybody else's rights to a file away, if it exists.</summary>
    public static void Tighten(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & ~Owners) != UnixFileMode.None)
        {
            File.SetUnixFileMode(file, Owners);
        }
    }
}
