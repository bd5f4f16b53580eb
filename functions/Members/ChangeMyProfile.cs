using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>PUT /api/me: replaces the caller's own profile; makes a new one for a caller who erased theirs.</summary>
/// <remarks>
/// With If-Match, only if the profile is still the one that the caller read. Without it the last writer wins, and still no
/// other part of the document (email preferences, say) is ever lost: the write is guarded by what the call itself read.
/// </remarks>
public sealed class ChangeMyProfile(HttpApi http, Registration registration, MemberStore members, TimeProvider time)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>Answers 200 with the profile as it is now and its ETag; 412 for a stale write.</summary>
    [Function(nameof(ChangeMyProfile))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me")] HttpRequest request) =>
        http.Handle<ProfileChange>(request, async (caller, change, ct) =>
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var current = await registration.EnsureAsync(caller, ct);
                if (current.Value is { ErasedAt: not null } former)
                {
                    // What is being erased must not be mixed with what is new.
                    if (former.OwedSince is not null)
                    {
                        return Erased.Problem(former);
                    }

                    current = current with { Value = NewMember.Again(caller, former, time.Now()) };
                }

                if (!ContentTag.IsWriteAllowed(request, Profile.Of(current.Value)))
                {
                    return Problems.StaleWrite();
                }

                var (changed, problem) = ProfileRules.Apply(current.Value, change, time.Now());
                if (changed is null)
                {
                    return problem!;
                }

                if (await members.TryReplaceAsync(changed, current.ETag, ct) is not null)
                {
                    return ContentTag.Answer(request, Profile.Of(changed));
                }
            }

            return Problems.Unavailable();
        }, CallKind.Profile);
}
