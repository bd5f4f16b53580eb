using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>GET /api/me: the caller's own profile, which the first call creates from the token.</summary>
public sealed class ReadMyProfile(HttpApi http, Registration registration)
{
    /// <summary>Answers 200 with an ETag, or 304.</summary>
    [Function(nameof(ReadMyProfile))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var own = (await registration.EnsureAsync(caller, ct)).Value;
                return own.ErasedAt is null ? ContentTag.Answer(request, Profile.Of(own)) : Problems.From(new ProfileErased(own));
            },
            gated: false);
}
