using Connections.Files;
using Connections.Http;

namespace Connections.Members;

/// <summary>GET and PUT /api/me: the caller's own profile, which the first call creates from the token.</summary>
/// <remarks>
/// With If-Match, PUT writes only if the profile has not changed since the caller read it; with If-None-Match *, only if there is none.
/// Otherwise the last write wins. The write is under the ETag that this call read, so no other part of the document, such as the email
/// preferences, is lost.
/// </remarks>
public sealed class MyProfile(
    HttpApi http, Registration registration, MemberStore members, Avatars avatars, CallerGate gate, TimeProvider time)
{
    private const string UploadIt =
        "A picture is uploaded: POST /api/files for an avatar, and send its id as avatar. To keep the picture, send the address that the "
            + "profile has.";

    /// <summary>Answers 200 with an ETag, or 304.</summary>
    [Function("ReadMyProfile")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
                (await registration.EnsureAsync(caller, ct))
                    .Answer(own => ContentTag.Answer(request, Profile.OfSelf(own.Value, caller, time.Now()))),
            gated: false,
            whileSuspended: true);

    /// <summary>
    /// Replaces the profile, or creates a new one for a caller who erased theirs. Answers 200 with the new profile and its ETag, or 412
    /// for a stale write. Two requests; four more and one to the store for a new picture. A refused call creates no profile.
    /// </summary>
    [Function("ChangeMyProfile")]
    public Task Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/me")] HttpRequest request) =>
        http.Handle<ProfileChange>(
            request, async (caller, change, ct) => await ChangeAsync(request, caller, change, ct), CallKind.Profile, gated: false);

    private async Task<IResult> ChangeAsync(HttpRequest request, Caller caller, ProfileChange change, CancellationToken ct)
    {
        Uri? picture = null;
        if (VisibleText.IsVisible(change.Avatar)
            && !(await avatars.TakeAsync(caller.Id, change.Avatar!, ct)).TryGet(out picture, out var refused))
        {
            return Problems.From(refused);
        }

        var (answer, changed) = await members.ChangeAsync<IResult>(
            caller.Id,
            known =>
            {
                // A new profile must not mix with one that is still being erased.
                if (known is { ErasedAt: not null, OwedSince: not null })
                {
                    return (Problems.From(new ProfileErased(known)), null);
                }

                var (standing, now) = (known is { ErasedAt: null } ? known : null, time.Now());
                if (!ContentTag.IsWriteAllowed(request, standing is null ? null : Profile.Own(standing, caller)))
                {
                    return (Problems.StaleWrite(), null);
                }

                var before = standing ?? (known is null ? NewMember.From(caller, now) : NewMember.Returning(caller, known, now));
                if (picture is null && VisibleText.IsVisible(change.AvatarUrl) && change.AvatarUrl != before.AvatarUrl)
                {
                    return (Problems.InvalidInput("avatarUrl", UploadIt, FieldCode.BadAddress), null);
                }

                return ProfileRules.Apply(before, change, now, picture: picture).TryGet(out var changed, out var error)
                    ? (ContentTag.Answer(request, Profile.Own(changed, caller)), changed)
                    : (Problems.From(error), null);
            },
            ct);
        if (changed is not null)
        {
            gate.Note(caller.Id, changed);
            if (picture is not null)
            {
                await avatars.NoteShownAsync(caller.Id, picture.AbsoluteUri, ct);
            }
        }

        return answer;
    }
}
