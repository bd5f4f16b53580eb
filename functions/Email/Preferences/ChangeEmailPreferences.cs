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
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>Answers 200 with the preferences as they are now and their ETag; 412 for a stale write.</summary>
    [Function(nameof(ChangeEmailPreferences))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/email-preferences")] HttpRequest request) =>
        http.Handle<EmailPreferencesChange>(request, async (caller, change, ct) =>
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var known = await members.FindAsync(caller.Id, ct);
                if (known?.Value is { ErasedAt: not null } former)
                {
                    return Problems.From(new ProfileErased(former));
                }

                if (!ContentTag.IsWriteAllowed(request, known is null ? null : EmailPreferences.Of(known.Value, caller)))
                {
                    return Problems.StaleWrite();
                }

                var current = known?.Value ?? NewMember.From(caller, time.Now());
                if (!change.Apply(current).TryGet(out var changed, out var error))
                {
                    return Problems.From(error);
                }

                if (known is null
                    ? await members.TryCreateAsync(changed, ct)
                    : ReferenceEquals(changed, current) || await members.TryReplaceAsync(changed, known.ETag, ct) is not null)
                {
                    return ContentTag.Answer(request, EmailPreferences.Of(changed, caller));
                }
            }

            return Problems.Unavailable();
        });
}
