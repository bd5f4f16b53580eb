using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Emulators.Email;

/// <summary>Communication Services' HTTP API for email, for clients in other processes.</summary>
/// <remarks>An email is in the outbox once the call that sends it is answered.</remarks>
public static class EmailEndpoint
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
            await RefuseAsync(
                context,
                StatusCodes.Status401Unauthorized,
                "Denied",
                "The request is not signed with this service's access key, or its date is not now. Use the connection string that the "
                    + "emulators print.");
        }
        else if (context.Request.Query[Version].Count == 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "MissingApiVersionParameter", "The query has no api-version.");
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
        refusal = message is null ? refusal : await mail.SendAsync(message, id, context.RequestAborted);
        if (refusal is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "BadRequest", refusal);
            return;
        }

        var request = context.Request;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["Operation-Location"] =
            UriHelper.BuildAbsolute(
                request.Scheme,
                request.Host,
                path: $"/emails/operations/{id}",
                query: QueryString.Create(Version, request.Query[Version].ToString()));
        context.Response.Headers.RetryAfter = "1";
        await AnswerAsync(context, new { id, status = "Running" });
    }

    private static async Task ReadOperationAsync(HttpContext context, LocalMail mail)
    {
        var sent = Guid.TryParse(context.Request.RouteValues["id"] as string, out var id)
            ? await mail.FindAsync(id, context.RequestAborted)
            : null;
        await (sent is null
            ? RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound", "There is no such operation.")
            : AnswerAsync(context, new { id, status = "Succeeded" }));
    }

    private static (OutgoingMail? Mail, string? Refusal) Read(byte[] body)
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

    private static Task AnswerAsync(HttpContext context, object body) =>
        context.Response.WriteAsJsonAsync(body, Format, context.RequestAborted);
}

/// <summary>An email as clients of Communication Services send it.</summary>
internal sealed record EmailMessage(
    string? SenderAddress,
    EmailContent? Content,
    EmailRecipients? Recipients,
    Dictionary<string, string>? Headers,
    EmailRecipient[]? ReplyTo,
    JsonElement[]? Attachments)
{
    /// <summary>The email, or what is wrong with it.</summary>
    public (OutgoingMail? Mail, string? Refusal) Read() => this switch
    {
        { SenderAddress: null or "" } => (null, "senderAddress is missing."),
        { Content.Subject: null or "" } or { Content: null } => (null, "content.subject is missing."),
        { Content: { Html: null or "", PlainText: null or "" } } => (null, "content has neither html nor plainText."),
        { Recipients.Cc.Length: > 0 } or { Recipients.Bcc.Length: > 0 } or { ReplyTo.Length: > 1 } or { Attachments.Length: > 0 } =>
            (null, "The local email service does not support cc, bcc, several addresses for replies and attachments."),
        { Recipients.To: [{ Address.Length: > 0 } to] } =>
            (
                new(
                    to.Address,
                    Content.Subject,
                    Content.Html ?? "",
                    Content.PlainText ?? "",
                    Headers ?? [],
                    ReplyTo is [{ } reply] ? reply.Address ?? "" : null),
                null),
        _ => (null, "recipients.to must have one recipient with an address: the local email service does not support several."),
    };
}

internal sealed record EmailContent(string? Subject, string? Html, string? PlainText);

internal sealed record EmailRecipients(EmailRecipient[]? To, JsonElement[]? Cc, JsonElement[]? Bcc);

internal sealed record EmailRecipient(string? Address, string? DisplayName);

/// <summary>Checks the HMAC-SHA256 signature of a request, as Communication Services does.</summary>
internal sealed class EmailSignature(string key, TimeProvider time)
{
    private const string Beginning = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <summary>Whether the request and its body were signed with the key, within the last minutes.</summary>
    public bool Check(HttpRequest request, byte[] body)
    {
        var headers = request.Headers;
        var date = headers["x-ms-date"].ToString();
        var hash = headers["x-ms-content-sha256"].ToString();
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var signed = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{request.Method}\n{target}\n{date};{request.Host};{hash}"));
        return Equal(headers.Authorization.ToString(), Beginning + Convert.ToBase64String(signed))
            && Equal(hash, Convert.ToBase64String(SHA256.HashData(body)))
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var at)
            && (time.GetUtcNow() - at).Duration() <= Tolerance;
    }

    private static bool Equal(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
