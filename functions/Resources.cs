namespace Connections;

/// <summary>The files that are embedded in this assembly, by their path in <c>functions/</c>, and those of the brand.</summary>
internal static class Resources
{
    /// <summary>The names of the resources that begin with <paramref name="prefix"/>.</summary>
    public static IEnumerable<string> In(string prefix) =>
        typeof(Resources).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A resource's text with LF line endings, whatever the line endings of the checkout.</summary>
    /// <exception cref="FileNotFoundException">There is no resource of that name.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The resource is not embedded in the assembly.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
