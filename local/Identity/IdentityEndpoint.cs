using Connections.Http;
using Connections.Members;

namespace Connections.Local.Identity;

/// <summary>The issuer over HTTP: discovery, keys, and a token for whoever is named.</summary>
public static class IdentityEndpoint
{
    private const int LongestEmail = 254;
    private const int LongestName = 200;
    private const int LongestRoles = 200;

    /// <summary>Adds the issuer's calls under <see cref="LocalIssuer.Path"/>.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app, LocalIssuer issuer)
    {
        app.MapGet(LocalIssuer.Path + "/.well-known/openid-configuration", context => Answer(context, issuer.Discovery()));
        app.MapGet(LocalIssuer.Path + "/keys", context => Answer(context, issuer.Keys()));
        app.MapPost(LocalIssuer.Path + "/token", context => TokenAsync(context, issuer));
    }

    private static async Task TokenAsync(HttpContext context, LocalIssuer issuer)
    {
        var fields = new Fields();
        var form = await ReadFormAsync(context.Request);
        if (!MemberId.TryParse(form["sub"], out var sub))
        {
            fields.Refuse("sub", $"Is required: 1 to {MemberId.MaxLength} letters, digits and . _ ~ -, in a form (curl -d sub=alice).");
        }

        var email = fields.Text("email", form["email"], LongestEmail);
        var name = fields.Text("name", form["name"], LongestName);
        var roles = fields.Text("roles", string.Join(' ', form["roles"].AsEnumerable()), LongestRoles);
        if (!fields.Valid)
        {
            await fields.ToProblem().ExecuteAsync(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await Answer(context, new
        {
            access_token = issuer.Token(sub.Value, email, name, roles?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)),
            token_type = "Bearer",
            expires_in = (long)LocalIssuer.DefaultLifetime.TotalSeconds,
        });
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            // What cannot be read as a form has no sub, and that is what the caller is told.
            return FormCollection.Empty;
        }
    }

    private static Task Answer(HttpContext context, object body) =>
        context.Response.WriteAsJsonAsync(body, Json.Options, context.RequestAborted);
}
