using System.Net;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The part of the walk that needs no script: what the contract itself says how to call, it calls.</summary>
public sealed partial class WalkTests
{
    /// <summary>What every operation answers to calls that anybody can get wrong.</summary>
    private static async Task BadCallsAsync(Walk walk, HttpClient member, HttpClient anybody)
    {
        foreach (var operation in Contract.Operations)
        {
            if (!operation.IsOpen)
            {
                await AnswersAsync(HttpStatusCode.Unauthorized, walk.CallAsync(anybody, operation));
            }

            if (operation.Parameters.Any(parameter => parameter["name"]!.ToString() == "limit"))
            {
                await AnswersAsync(HttpStatusCode.BadRequest, walk.CallAsync(member, operation, query: "limit=0&direction=sent"));
            }

            if (operation.Body is { } body)
            {
                await AnswersAsync(HttpStatusCode.BadRequest, walk.CallAsync(member, operation, "{"), "invalid-json");
                await AnswersAsync(HttpStatusCode.BadRequest, walk.CallAsync(member, operation, "{}"), "invalid-input");
                await AnswersAsync(HttpStatusCode.UnsupportedMediaType, walk.CallAsync(member, operation, new StringContent("{}")));
                await AnswersAsync(HttpStatusCode.RequestEntityTooLarge, walk.CallAsync(member, operation, $$"""{ "padding": "{{new string('x', 64 * 1024)}}" }"""));
            }
        }

        var known = walk.PathValue;
        walk.PathValue = (path, name) => path.StartsWith("/api/creators/", StringComparison.Ordinal) || name != "id" ? (name == "seq" ? "1" : "nobody") : "c" + new string('0', 30);
        foreach (var operation in Contract.Operations.Where(o => o.Responses.ContainsKey(404) && o.Path.Contains('{', StringComparison.Ordinal)))
        {
            await AnswersAsync(HttpStatusCode.NotFound, walk.CallAsync(member, operation));
        }

        walk.PathValue = known;
    }

    /// <summary>What every operation answers while the database and live delivery are away, or do what nobody expects.</summary>
    private static async Task OutagesAsync(Walk walk, HttpClient member)
    {
        foreach (var (outage, answer) in new[] { (HttpStatusCode.ServiceUnavailable, 503), (HttpStatusCode.InternalServerError, 500) })
        {
            await walk.DuringOutageAsync(outage, async () =>
            {
                foreach (var operation in Contract.Operations.Where(o => o.Answers.Any(a => a.Status == answer && !Unreached.ContainsKey($"{a}"))))
                {
                    Assert.Equal((operation.Id, answer), (operation.Id, (int)(await walk.CallAsync(member, operation)).Status));
                }
            });
        }
    }
}
