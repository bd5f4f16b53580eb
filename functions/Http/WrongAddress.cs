namespace Connections.Http;

/// <summary>
/// Every call below <c>/api</c> or <c>/problems</c> that no other function takes: an unknown address, a wrong method, or <c>OPTIONS</c>.
/// </summary>
/// <remarks>
/// The Functions host would answer 404 without a body to all of them. It tries functions in the order of their names, so these names must
/// come last.
/// </remarks>
public sealed class WrongAddress(HttpApi http)
{
    /// <summary>
    /// Answers 204 to <c>OPTIONS</c> and 405 to another wrong method, both with <c>Allow</c>; 404 if there is no such address.
    /// </summary>
    [Function(nameof(WrongAddress))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/{*path}")] HttpRequest request) =>
        http.HandleWrong(request, () => Answer(request));

    /// <summary>The same for the pages of problems.</summary>
    [Function("WrongAddressOfProblem")]
    public Task OfProblem([HttpTrigger(AuthorizationLevel.Anonymous, Route = "problems/{*path}")] HttpRequest request) =>
        http.HandleWrong(request, () => Answer(request));

    private static IResult Answer(HttpRequest request)
    {
        var methods = Addresses.MethodsOf(request.Path);
        if (methods.Count == 0)
        {
            return Problems.From(new NoSuchAddress());
        }

        var allow = string.Join(", ", methods);
        request.HttpContext.Response.Headers.Allow = allow;
        return HttpMethods.IsOptions(request.Method) ? Answers.NoContent() : Problems.From(new MethodNotAllowed(allow));
    }
}
