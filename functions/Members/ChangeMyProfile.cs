using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>PUT /api/me: replaces the caller's own profile; makes a new one for a caller who erased theirs.</summary>
/// <remarks>
/// With If-Match, only if the profile is still the one that the caller read; with If-None-Match *, only if there is none. Without them the
/// last writer wins, and still no other part of the document (email preferences, say) is ever lost: the write is guarded by what the call itself read.
/// </remarks>
public sealed class ChangeMyProfile(HttpApi http, MemberStore members, CallerGate gate, TimeProvider time)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>Answers 200 with the profile as it is now and its ETag; 412 for a stale write. Two requests. What is refused makes no profile.</summary>
    [Function(nameof(ChangeMyProfile))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me")] HttpRequest request) =>
        http.Handle<ProfileChange>(request, async (caller, change, ct) => await ChangeAsync(request, caller, change, ct), CallKind.Profile, gated: false);

    private async Task<IResult> ChangeAsync(HttpRequest request, Caller caller, ProfileChange change, CancellationToken ct)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var known = await members.FindAsync(caller.Id, ct);
            // What is being erased must not be mixed with what is new.
            if (known?.Value is { ErasedAt: not null, OwedSince: not null } former)
            {
                return Problems.From(new ProfileErased(former));
            }

            var (standing, now) = (known?.Value is { ErasedAt: null } member ? member : null, time.Now());
            if (!ContentTag.IsWriteAllowed(request, standing is null ? null : Profile.Of(standing)))
            {
                return Problems.StaleWrite();
            }

            var before = standing ?? (known is null ? NewMember.From(caller, now) : NewMember.Again(caller, known.Value, now));
            if (!ProfileRules.Apply(before, change, now).TryGet(out var changed, out var error))
            {
                return Problems.From(error);
            }

            if (known is null ? await members.TryCreateAsync(changed, ct) : await members.TryReplaceAsync(changed, known.ETag, ct) is not null)
            {
                gate.Note(caller.Id, changed);
                return ContentTag.Answer(request, Profile.Of(changed));
            }
        }

        return Problems.Unavailable();
    }
}
