using Connections.Http;

namespace Connections.Local.Identity;

/// <summary><c>POST /dev/identity/token</c>: tokens for a grant, or for whoever the form names.</summary>
internal sealed class TokenEndpoint(LocalIssuer issuer, Grants grants)
{
    private const int LongestEmail = 254;
    private const int LongestName = 200;
    private const int LongestRoles = 200;

    private readonly TokenGrants _granted = new(issuer, grants);

    /// <summary>Answers the call.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Sent.ReadFormAsync(context.Request);
        context.Response.Headers.CacheControl = "no-store";
        if (!form.ContainsKey("grant_type"))
        {
            await AnswerNamedAsync(context, form);
            return;
        }

        var (answer, refusal) = await _granted.AnswerAsync(new Sent(form), context.RequestAborted);
        await (answer is null
            ? IdentityEndpoint.AnswerAsync(context, new { error = refusal!.Error, error_description = refusal.Description }, StatusCodes.Status400BadRequest)
            : IdentityEndpoint.AnswerAsync(context, new
            {
                access_token = answer.AccessToken,
                token_type = "Bearer",
                expires_in = answer.ExpiresIn,
                scope = answer.Scope,
                id_token = answer.IdToken,
                refresh_token = answer.RefreshToken,
            }));
    }

    // For scripts and tests: no OAuth, and the errors are those of the API.
    private async Task AnswerNamedAsync(HttpContext context, IFormCollection form)
    {
        var fields = new Fields();
        if (!MemberId.TryParse(form["sub"], out var sub))
        {
            fields.Refuse("sub", $"Is required: {MemberId.Form}, in a form (curl -d sub=alice).");
        }

        var email = fields.Text("email", form["email"], LongestEmail);
        var name = fields.Text("name", form["name"], LongestName);
        var isVerified = form["email_verified"].ToString() switch
        {
            "" or "true" => true,
            "false" => false,
            _ => (bool?)null,
        };
        if (isVerified is null)
        {
            fields.Refuse("email_verified", "Must be true or false; it is true where it is left out.");
        }

        var roles = fields.Text("roles", string.Join(' ', form["roles"].AsEnumerable()), LongestRoles);
        if (!fields.Valid)
        {
            await fields.ToProblem().ExecuteAsync(context);
            return;
        }

        await IdentityEndpoint.AnswerAsync(context, new
        {
            access_token = issuer.Token(sub.Value, email, name, roles?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries), emailVerified: isVerified ?? false),
            token_type = "Bearer",
            expires_in = (long)LocalIssuer.DefaultLifetime.TotalSeconds,
        });
    }
}
