using Connections.Chat;
using Connections.FollowUp;
using Connections.Http;
using Connections.Members;

namespace Connections.Account;

/// <summary>DELETE /api/me: erases the caller's profile. Repeated, it answers 410, as does every other call then.</summary>
/// <remarks>
/// One write unlists the member and erases their profile, address and keys. From the answer on, nobody finds the member, and no email goes
/// to them or mentions them. The change feed dispatches the rest to <see cref="FollowUp.Erasure"/>. With PUT /api/me the member comes back
/// as a new member: nothing that was erased returns.
/// </remarks>
public sealed class EraseMe(HttpApi http, MemberStore members, CallerGate gate, LiveEvents live, TimeProvider time)
{
    /// <summary>Answers 204, also if there is nothing to erase. Two requests, and one to live delivery.</summary>
    [Function(nameof(EraseMe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/me")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) => await EraseAsync(caller.Id, ct), gated: false, media: null, whileSuspended: true);

    private async Task<IResult> EraseAsync(MemberId id, CancellationToken ct)
    {
        var (known, erased) = await members.ChangeAsync(
            id, known => (known, known is { ErasedAt: null } ? known.Erase(time.Now()) : null), ct);
        if (known is null)
        {
            return Answers.NoContent();
        }

        gate.Note(id, erased ?? known);
        if (erased is null)
        {
            return Problems.From(new ProfileErased(known));
        }

        await live.CloseAsync(id, ct);
        return Answers.NoContent();
    }
}
