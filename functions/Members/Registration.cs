using Connections.Cosmos;
using Connections.Http;

namespace Connections.Members;

/// <summary>Creates the profile of a member who has signed in, when a call first needs it.</summary>
public sealed class Registration(MemberStore members, CallerGate gate, TimeProvider time)
{
    /// <summary>
    /// The caller's document, created from their token if there is none; an error for a caller who erased their profile, because signing
    /// in creates no new one. One request, three the first time.
    /// </summary>
    /// <remarks>
    /// Parallel first calls all get the same document. A member without an address gets the address of the first token with a usable one,
    /// in one more request, because only notices tell them about invites.
    /// </remarks>
    public async Task<Result<Document<Member>>> EnsureAsync(Caller caller, CancellationToken ct)
    {
        var own = await FindOrMakeAsync(caller, ct);
        gate.Note(caller.Id, own.Value);
        return own.Value.ErasedAt is null ? own : new ProfileErased(own.Value);
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
            ?? throw new InvalidOperationException("The member disappeared during registration.");
    }
}
