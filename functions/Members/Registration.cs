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
    /// because only notices tell them about invites, and an address is confirmed by the first token that says so: one more request, once.
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
            return known.Value.ErasedAt is null
                && known.Value.Noted(caller, time.Now()) is var noted
                && !ReferenceEquals(noted, known.Value)
                && await members.TryReplaceAsync(noted, known.ETag, ct) is { } etag
                    ? new Document<Member>(noted, etag)
                    : known;
        }

        await members.TryCreateAsync(NewMember.From(caller, time.Now()), ct);
        return await members.FindAsync(caller.Id, ct)
            ?? throw new InvalidOperationException("The member disappeared during registration.");
    }
}
