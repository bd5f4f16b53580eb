namespace Connections.Local;

/// <summary>Finds the repository that this program was built from.</summary>
internal static class RepositoryFolder
{
    private const string Mark = "Connections.sln";

    /// <summary>Where data is kept unless told: <c>.local</c> in the repository, or in the current folder where there is none around.</summary>
    public static string DefaultData() => Path.Combine(Find() ?? Environment.CurrentDirectory, ".local");

    /// <summary>The repository, or the one around the current folder; null where there is neither.</summary>
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
