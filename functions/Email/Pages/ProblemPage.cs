using Connections.Email.Rendering;
using Connections.Http;

namespace Connections.Email.Pages;

/// <summary>The page for people whose link or form was not served. In English, because nothing is known of its reader.</summary>
public sealed class ProblemPage(Templates templates) : IProblemPage
{
    /// <inheritdoc/>
    public IResult Render(Problem problem)
    {
        var sentences = Sentences.For(Sentences.Fallback);
        var model = Model.In(sentences);
        model["cause"] = sentences[problem.Status switch
        {
            StatusCodes.Status429TooManyRequests => "page.failed.busy",
            >= StatusCodes.Status500InternalServerError => "page.failed.down",
            _ => "page.failed.form",
        }];
        model["faults"] = problem.Errors?.Values.SelectMany(faults => faults).ToArray() ?? [];
        return HtmlPage.Render(templates, "page-failed", "page.failed.heading", model, problem.Status);
    }
}
