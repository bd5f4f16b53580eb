using System.Text.Json;
using Connections.Notices;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Local.Mail;

/// <summary>The email service over HTTP, as Communication Services has it: for a function app in a process of its own.</summary>
/// <remarks>An email is in the outbox when its sending is answered. The same <c>Operation-Id</c> again is the same email.</remarks>
internal static class EmailEndpoint
{
    private const string Version = "api-version";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Maps <c>POST /emails:send</c> and <c>GET /emails/operations/{id}</c>, for requests that are signed with the key.</summary>
    /// <param name="app">The host.</param>
    /// <param name="mail">The outbox.</param>
    /// <param name="key">The access key, base64.</param>
    public static void MapEmail(this IEndpointRouteBuilder app, LocalMail mail, string key)
    {
        var signature = new EmailSignature(key, TimeProvider.System);
        app.MapPost("/emails:send", context => SignedAsync(context, signature, body => SendAsync(context, mail, body)));
        app.MapGet("/emails/operations/{id}", context => SignedAsync(context, signature, _ => ReadOperationAsync(context, mail)));
    }

    private static async Task SignedAsync(HttpContext context, EmailSignature signature, Func<byte[], Task> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (!signature.Check(context.Request, body.ToArray()))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Denied", "The request is not signed with the access key of this service, or not now. Use the connection string that the emulators print.");
        }
        else if (context.Request.Query[Version].Count == 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "MissingApiVersionParameter", "The query has to have an api-version.");
        }
        else
        {
            await answer(body.ToArray());
        }
    }

    private static async Task SendAsync(HttpContext context, LocalMail mail, byte[] body)
    {
        var given = context.Request.Headers["Operation-Id"].ToString();
        var id = Guid.NewGuid();
        if (given.Length > 0 && !Guid.TryParse(given, out id))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "BadRequest", "The Operation-Id is not a GUID.");
            return;
        }

        var (message, refusal) = Read(body);
        if (message is not null && await mail.SendAsync(message, id, context.RequestAborted) is MailOutcome.Refused refused)
        {
            refusal = refused.Reason;
        }

        if (refusal.Length > 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "BadRequest", refusal);
            return;
        }

        var request = context.Request;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["Operation-Location"] =
            UriHelper.BuildAbsolute(request.Scheme, request.Host, path: $"/emails/operations/{id}", query: QueryString.Create(Version, request.Query[Version].ToString()));
        context.Response.Headers.RetryAfter = "1";
        await AnswerAsync(context, new { id, status = "Running" });
    }

    private static async Task ReadOperationAsync(HttpContext context, LocalMail mail)
    {
        var sent = Guid.TryParse(context.Request.RouteValues["id"] as string, out var id) ? await mail.FindAsync(id, context.RequestAborted) : null;
        await (sent is null
            ? RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound", "There is no such operation.")
            : AnswerAsync(context, new { id, status = "Succeeded" }));
    }

    private static (Connections.Notices.Mail? Mail, string Refusal) Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<EmailMessage>(body, Format)?.Read() ?? (null, "The body is empty.");
        }
        catch (JsonException e)
        {
            return (null, $"The body is not an email: {e.Message}");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return AnswerAsync(context, new { error = new { code, message } });
    }

    private static Task AnswerAsync(HttpContext context, object body) => context.Response.WriteAsJsonAsync(body, Format, context.RequestAborted);
}
