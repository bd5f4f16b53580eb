using Connections.Cosmos;
using Connections.Http;

namespace Connections.Members;

/// <summary>Gives everybody who signs in a profile, the first time that one is needed.</summary>
public sealed class Registration(MemberStore members, CallerGate gate, TimeProvider time)
{
    /// <summary>
    /// The caller's own document, made from their token if there is none. One request, three the first time. Of a caller who erased
    /// their profile it is what is left: signing in makes no new one.
    /// </summary>
    /// <remarks>
    /// Of several first calls at once, one makes it and all get that one. A member without an address gets the token's as soon as a token
    /// has one that can be used, by one request more: nothing else tells them that they have been invited.
    /// </remarks>
    public async Task<Document<Member>> EnsureAsync(Caller caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var own = await FindOrMakeAsync(caller, ct);
        gate.Note(caller.Id, own.Value);
        return own;
    }

    private async Task<Document<Member>> FindOrMakeAsync(Caller caller, CancellationToken ct)
    {
        if (await members.FindAsync(caller.Id, ct) is { } known)
        {
            return known.Value is { Email: null, ErasedAt: null }
                && TokenAddress.Of(caller).Address is { } address
                && known.Value with { Email = address } is var reachable
                && await members.TryReplaceAsync(reachable, known.ETag, ct) is { } etag
                    ? new Document<Member>(reachable, etag)
                    : known;
        }

        await members.TryCreateAsync(NewMember.From(caller, time.Now()), ct);
        return await members.FindAsync(caller.Id, ct)
            ?? throw new InvalidOperationException("The member went away while it was being made.");
    }
}
