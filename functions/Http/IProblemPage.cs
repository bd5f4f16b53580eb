namespace Connections.Http;

/// <summary>Tells people who follow a link of a problem. Clients get the problem document instead.</summary>
public interface IProblemPage
{
    /// <summary>The page, with the status of the problem.</summary>
    IResult Render(Problem problem);
}
