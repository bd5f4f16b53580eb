namespace Connections.Emulators.Storage;

/// <summary>Files with keys or personal data, which only their owner can read and write. On Windows the folder's rights apply.</summary>
public static class PrivateFile
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Options that create a new file for its owner alone.</summary>
    public static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owners;
        }

        return options;
    }

    /// <summary>Creates a folder for its owner alone, if there is none.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, Owners | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Creates an empty file if there is none.</summary>
    /// <exception cref="StorageOutage">It cannot be created.</exception>
    internal static void CreateIfMissing(string file)
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
            // Another connection created it in the meantime.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageOutage.Of(file, e);
        }
    }

    /// <summary>Removes everybody else's rights to a file, if it exists.</summary>
    public static void Tighten(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & ~Owners) != UnixFileMode.None)
        {
            File.SetUnixFileMode(file, Owners);
        }
    }
}
