using Connections.Http;

namespace Connections.Members;

/// <summary>GET and PUT /api/me/privacy: what the caller's contacts see of them in the messenger.</summary>
/// <remarks>
/// It holds for new calls at once on the instance that served this one. To the rows of contacts it goes as the member's card does, within
/// seconds. With If-Match, PUT changes only what the caller has read; without it the last writer wins, but only over this.
/// </remarks>
public sealed class MyPrivacy(HttpApi http, Registration registration, MemberStore members, CallerGate gate, TimeProvider time)
{
    /// <summary>Answers 200 with an ETag, or 304.</summary>
    [Function("ReadPrivacy")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me/privacy")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) => (await registration.EnsureAsync(caller, ct)).Answer(own => ContentTag.Answer(request, own.Value.Privacy)),
            gated: false);

    /// <summary>Answers 200 with the privacy as it is now and its ETag; 412 for a stale write. Two requests.</summary>
    [Function("ChangePrivacy")]
    public Task Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/me/privacy")] HttpRequest request) =>
        http.Handle<PrivacyChange>(
            request,
            async (caller, change, ct) => change.IsEmpty
                ? Problems.InvalidInput("readMarks", "At least one of readMarks and online is required.", FieldCode.Required)
                : await ChangeAsync(request, caller, change, ct),
            CallKind.Profile);

    private async Task<IResult> ChangeAsync(HttpRequest request, Caller caller, PrivacyChange change, CancellationToken ct)
    {
        var (answer, written) = await members.ChangeAsync<IResult>(
            caller.Id,
            known =>
            {
                if (known is { ErasedAt: not null })
                {
                    return (Problems.From(new ProfileErased(known)), null);
                }

                if (!ContentTag.IsWriteAllowed(request, known?.Privacy))
                {
                    return (Problems.StaleWrite(), null);
                }

                var current = known ?? NewMember.From(caller, time.Now());
                var after = change.Apply(current.Privacy);
                var changed = known is not null && after == known.Privacy ? null
                    : (current with { Privacy = after }).WithCardDue(current, time.Now());
                return (ContentTag.Answer(request, after), changed);
            },
            ct);
        if (written is not null)
        {
            gate.Note(caller.Id, written);
        }

        return answer;
    }
}
