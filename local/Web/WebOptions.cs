namespace Connections.Local.Web;

/// <summary>Which web client a host serves, and with what it is built.</summary>
/// <param name="Repository">The repository: the sources are its <c>web/</c>, the contract its <c>functions/openapi.yaml</c>.</param>
public sealed record WebOptions(string Repository)
{
    /// <summary>The folders in which Node and npm are looked for, as <c>PATH</c> lists them.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The sources.</summary>
    internal string Folder => Path.Combine(Repository, "web");

    /// <summary>The contract, which the client's types are made from.</summary>
    internal string Contract => Path.Combine(Repository, "functions", "openapi.yaml");

    /// <summary>The build that is served.</summary>
    internal string Output => Path.Combine(Folder, "dist");

    /// <summary>Where a build is made before it takes <see cref="Output"/>'s place. On the same disk, so that it can be moved there.</summary>
    internal string Workshop => Path.Combine(Folder, ".build");
}
