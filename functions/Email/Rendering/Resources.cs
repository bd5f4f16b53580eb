namespace Connections.Email.Rendering;

/// <summary>The templates, styles and sentences that are built into this assembly, under <c>Email/</c>.</summary>
internal static class Resources
{
    /// <summary>The names of the resources in a folder, which ends in a slash.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(Resources).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>A resource's text, lines ending in LF however the source was checked out.</summary>
    /// <exception cref="FileNotFoundException">There is none by that name.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("Not built in.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
