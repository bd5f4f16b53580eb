using Microsoft.AspNetCore.Http.Features;

namespace Connections.Local.Cosmos;

/// <summary>Answers the REST protocol on the host's port, for clients in other processes.</summary>
/// <remarks>Takes the paths <c>/</c> and <c>/dbs/…</c>.</remarks>
public static class CosmosEndpoint
{
    /// <summary>The key of every Cosmos DB emulator. It is no secret: map the account on a loopback address only.</summary>
    public const string WellKnownKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    /// <summary>Maps the account at the root of the host, for requests that are signed with <see cref="WellKnownKey"/>.</summary>
    public static void MapCosmos(this IEndpointRouteBuilder app, CosmosStore store)
    {
        ArgumentNullException.ThrowIfNull(app);
        var rest = new CosmosRest(store, new CosmosSignature(WellKnownKey, TimeProvider.System));
        app.MapGet("/", context => AnswerAsync(rest, context));
        app.Map("/dbs/{**path}", context => AnswerAsync(rest, context));
    }

    private static async Task AnswerAsync(CosmosRest rest, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // As it was sent: an id may hold an escaped slash, which routing would have unescaped.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var request = new CosmosRequest(
            context.Request.Method, path, name => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body.ToArray());
        var answer = await rest.AnswerAsync(request, context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!answer.Body.IsEmpty)
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
