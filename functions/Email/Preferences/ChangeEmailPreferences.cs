using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Email.Preferences;

/// <summary>PUT /api/me/email-preferences: changes the notices that the caller gets.</summary>
/// <remarks>
/// With If-Match, the call changes the preferences only if they are still those that the caller read. Without it the last writer wins, but
/// only over the preferences: the write of the member's document is guarded by the ETag that the call itself read.
/// </remarks>
public sealed class ChangeEmailPreferences(HttpApi http, MemberStore members, TimeProvider time)
{
    /// <summary>Answers 200 with the preferences as they are now and their ETag; 412 for a stale write.</summary>
    [Function(nameof(ChangeEmailPreferences))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/email-preferences")] HttpRequest request) =>
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
