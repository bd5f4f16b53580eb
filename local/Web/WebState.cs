namespace Connections.Local.Web;

/// <summary>How far a host is with the web client.</summary>
public abstract record WebState
{
    private WebState()
    {
    }

    /// <summary>Whether nothing more will change while the host runs.</summary>
    public bool IsFinal => this is not Building;

    /// <summary>It is being made; <paramref name="Step"/> says what is done, for people.</summary>
    public sealed record Building(string Step) : WebState;

    /// <summary>It is served.</summary>
    /// <param name="Files">What is served.</param>
    /// <param name="Took">How long the build took; null where what was built before is still good.</param>
    public sealed record Ready(WebFiles Files, TimeSpan? Took) : WebState;

    /// <summary>It cannot be built.</summary>
    /// <param name="Why">What happened and what to do, for people.</param>
    /// <param name="Output">The last lines that the build wrote; empty where none ran.</param>
    public sealed record Failed(string Why, IReadOnlyList<string> Output) : WebState;

    /// <summary>There is nothing on this machine to build it with.</summary>
    /// <param name="Found">What was found instead, for people.</param>
    public sealed record NoNode(string Found) : WebState;
}
