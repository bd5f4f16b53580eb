using Connections.Email.Rendering;
using Connections.Http;

namespace Connections.Email.Pages;

/// <summary>GET /problems/{code}: the page that the <c>type</c> of a problem document leads to, for developers of clients.</summary>
public sealed class ShowProblem(HttpApi http, Templates templates)
{
    /// <summary>Answers 200 with what the problem means and what to do; 404 for a code that no call answers.</summary>
    [Function(nameof(ShowProblem))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "problems/{code}")] HttpRequest request, string code) =>
        http.HandlePage(request, _ => Task.FromResult<IResult>(Page(templates, code)));

    /// <summary>The page for a code.</summary>
    public static HtmlPage Page(Templates templates, string code)
    {
        // The texts of the problems are for developers, as the contract, and in English.
        var model = Model.In(Sentences.For(Sentences.Fallback));
        if (ProblemCatalogue.All.GetValueOrDefault(code) is not { } problem)
        {
            return HtmlPage.Render(templates, "page-problem-unknown", "page.problem.unknown.heading", model, StatusCodes.Status404NotFound);
        }

        (model["title"], model["code"], model["status"]) = (problem.Title, problem.Code, $"{problem.Status}");
        (model["meaning"], model["remedy"]) = (problem.Meaning, problem.Remedy);
        return HtmlPage.Render(templates, "page-problem", "page.problem.heading", model);
    }
}
