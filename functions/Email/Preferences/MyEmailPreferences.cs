using Connections.Http;
using Connections.Members;

namespace Connections.Email.Preferences;

/// <summary>GET and PUT /api/me/email-preferences: the notices that the caller gets. By default all.</summary>
/// <remarks>
/// With If-Match, PUT changes the preferences only if they are still those that the caller read. Without it the last writer wins, but
/// only over the preferences: the write of the member's document is guarded by the ETag that the call itself read.
/// </remarks>
public sealed class MyEmailPreferences(HttpApi http, Registration registration, MemberStore members, TimeProvider time)
{
    /// <summary>Answers 200 with an ETag, or 304.</summary>
    [Function("ReadEmailPreferences")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me/email-preferences")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) => (await registration.EnsureAsync(caller, ct)).Answer(
                own => ContentTag.Answer(request, EmailPreferences.Of(own.Value, caller))),
            gated: false);

    /// <summary>Answers 200 with the preferences as they are now and their ETag; 412 for a stale write.</summary>
    [Function("ChangeEmailPreferences")]
    public Task Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/me/email-preferences")] HttpRequest request) =>
        http.Handle<EmailPreferencesChange>(request, async (caller, change, ct) =>
        {
            var (answer, _) = await members.ChangeAsync<IResult>(
                caller.Id,
                known =>
                {
                    if (known is { ErasedAt: not null })
                    {
                        return (Problems.From(new ProfileErased(known)), null);
                    }

                    if (!ContentTag.IsWriteAllowed(request, known is null ? null : EmailPreferences.Of(known, caller)))
                    {
                        return (Problems.StaleWrite(), null);
                    }

                    var current = known ?? NewMember.From(caller, time.Now());
                    if (!change.Apply(current).TryGet(out var changed, out var error))
                    {
                        return (Problems.From(error), null);
                    }

                    var isSame = ReferenceEquals(changed, known);
                    return (ContentTag.Answer(request, EmailPreferences.Of(changed, caller)), isSame ? null : changed);
                },
                ct);
            return answer;
        });
}
