using Connections.Chat;
using Connections.FollowUp;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Account;

/// <summary>DELETE /api/me: erases the caller's profile. Repeated, it answers 410 as every other call does then.</summary>
/// <remarks>
/// One write unlists and erases the profile, the address and the keys, so that from this answer on nobody finds the member and no
/// email goes to them or about them. The same write owes the rest; <see cref="FollowUp.Erasure"/> does it, whatever fails on the way. The member
/// comes back with PUT /api/me, as somebody new: nothing of what was erased returns.
/// </remarks>
public sealed class EraseMe(HttpApi http, MemberStore members, CallerGate gate, LiveEvents live, TimeProvider time)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>Answers 204, also when there is nothing to erase. Two requests, and one to live delivery.</summary>
    [Function(nameof(EraseMe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) => await EraseAsync(caller.Id, ct), gated: false);

    private async Task<IResult> EraseAsync(MemberId id, CancellationToken ct)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await members.FindAsync(id, ct) is not { } known)
            {
                return Answers.NoContent();
            }

            if (known.Value.ErasedAt is not null)
            {
                gate.Note(id, known.Value);
                return Problems.From(new ProfileErased(known.Value));
            }

            var erased = Erased.Of(known.Value, time.Now());
            if (await members.TryReplaceAsync(erased, known.ETag, ct) is not null)
            {
                gate.Note(id, erased);
                await live.CloseAsync(id, ct);
                return Answers.NoContent();
            }
        }

        return Problems.Unavailable();
    }
}
