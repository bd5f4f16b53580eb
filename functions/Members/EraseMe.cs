using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>DELETE /api/me: erases the caller's profile. Repeated, the same.</summary>
/// <remarks>
/// One write unlists and erases the profile, the address and the keys, so that from this answer on nobody finds the member and no
/// email goes to them. The same write owes the rest; <see cref="FollowUp.Erasure"/> does it, whatever fails on the way. The member
/// comes back with PUT /api/me, as somebody new: nothing of what was erased returns.
/// </remarks>
public sealed class EraseMe(HttpApi http, MemberStore members, TimeProvider time)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>Answers 204, also when there is nothing to erase. Two requests.</summary>
    [Function(nameof(EraseMe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                // Who is being erased already need not be again; who was, may have left something since.
                if (await members.FindAsync(caller.Id, ct) is not { } known || known.Value is { ErasedAt: not null, OwedSince: not null })
                {
                    return Answers.NoContent();
                }

                if (await members.TryReplaceAsync(Erased.Of(known.Value, time.Now()), known.ETag, ct) is not null)
                {
                    return Answers.NoContent();
                }
            }

            return Problems.Unavailable();
        });
}
