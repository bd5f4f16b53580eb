using Connections.Http;
using Connections.Limits;
using Connections.Members;

namespace Connections.Email.Address;

/// <summary>GET and PUT /api/me/email: the address that the caller's emails go to, and the request for another one.</summary>
/// <remarks>
/// A PUT changes no address. It emails a link to the new one and a warning to the old one, both owed in the one write. Nothing is looked up
/// by the address, so the answer does not depend on whether another member has it.
/// </remarks>
public sealed class MyAddress(
    HttpApi http, Registration registration, MemberStore members, AllowanceStore allowances, AddressSettings settings, TimeProvider time)
{
    private readonly Allowance _asking = new("addresses", settings.ChangesPerDay, TimeSpan.FromDays(1));

    /// <summary>Answers 200 with an ETag, or 304.</summary>
    [Function("ReadMyEmail")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me/email")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) => (await registration.EnsureAsync(caller, ct)).Answer(
                own => ContentTag.Answer(request, MyEmail.Of(own.Value, caller, time.Now()))),
            gated: false);

    /// <summary>
    /// Asks for an address; the one that the caller has and has confirmed withdraws a change. Answers 200 with what waits then. Repeated
    /// within a minute, it sends no second email. Three requests: the member, the permit, the member.
    /// </summary>
    [Function("ChangeMyEmail")]
    public Task Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/me/email")] HttpRequest request) =>
        http.Handle<MyEmailChange>(
            request,
            async (caller, body, ct) =>
            {
                if (EmailAddress.Find(body.Email) is not { } address)
                {
                    return Problems.InvalidInput(
                        "email",
                        "An email address that emails can go to is required, such as anna@example.com.",
                        VisibleText.IsVisible(body.Email) ? FieldCode.BadForm : FieldCode.Required);
                }

                return (await registration.EnsureAsync(caller, ct)).TryGet(out var own, out var error)
                    ? await AskAsync(request, caller, address, own, ct)
                    : Problems.From(error);
            },
            gated: false);

    private async Task<IResult> AskAsync(
        HttpRequest request, Caller caller, string address, Cosmos.Document<Member> own, CancellationToken ct)
    {
        // Withdrawing a change and repeating a request send no email, and take no permit.
        Permit? permit = null;
        if (own.Value.Asking(address, time.Now(), settings.ConfirmFor).EmailChanges > own.Value.EmailChanges)
        {
            permit = await allowances.AcquireAsync(_asking, caller.Id, ct);
            if (!permit.IsAcquired)
            {
                return Problems.From(new EmailLimitDay(permit));
            }
        }

        var ((answer, isAsked), _) = await members.ChangeAsync<(IResult Answer, bool IsAsked)>(
            caller.Id,
            known =>
            {
                var now = time.Now();
                if (known is null or { ErasedAt: not null })
                {
                    return ((known is null ? Problems.NotFound("member") : Problems.From(new ProfileErased(known)), false), null);
                }

                if (!ContentTag.IsWriteAllowed(request, MyEmail.Of(known, caller, now)))
                {
                    return ((Problems.StaleWrite(), false), null);
                }

                var asking = known.Asking(address, now, settings.ConfirmFor);
                if (permit is null && asking.EmailChanges > known.EmailChanges)
                {
                    // Another call has withdrawn what this one was to repeat. It is as safe to repeat as any.
                    return ((Problems.Unavailable(), false), null);
                }

                return (
                    (ContentTag.Answer(request, MyEmail.Of(asking, caller, now)), asking.EmailChanges > known.EmailChanges),
                    ReferenceEquals(asking, known) ? null : asking);
            },
            ct,
            own);
        if (permit is not null && !isAsked)
        {
            await allowances.ReleaseAsync(permit, ct);
        }

        return answer;
    }
}
