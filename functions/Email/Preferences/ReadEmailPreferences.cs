using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Email.Preferences;

/// <summary>GET /api/me/email-preferences: the notices that the caller gets. By default all.</summary>
public sealed class ReadEmailPreferences(HttpApi http, Registration registration)
{
    /// <summary>200 with an ETag, or 304.</summary>
    [Function(nameof(ReadEmailPreferences))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/email-preferences")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var own = (await registration.EnsureAsync(caller, ct)).Value;
                return own.ErasedAt is null
                    ? ContentTag.Answer(request, EmailPreferences.Of(own, caller))
                    : Problems.From(new ProfileErased(own));
            },
            gated: false);
}
