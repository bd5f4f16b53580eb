using Connections.Http;

namespace Connections.Safety;

/// <summary>PUT and DELETE /api/blocks/{memberId}: the caller blocks a member, or lifts their own block. Repeated, the same.</summary>
public sealed class ChangeBlocks(HttpApi http, BlockService blocks, SafetySettings settings)
{
    /// <summary>
    /// Blocks. Answers 204, whether or not there is such a member; 404 for a text that cannot be an id; 400 for the caller's own id.
    /// </summary>
    [Function("BlockMember")]
    public Task Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/blocks/{memberId}")] HttpRequest request, string memberId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(memberId, out var member))
            {
                return Problems.NotFound("member");
            }

            if (member == caller.Id)
            {
                return Problems.InvalidInput("memberId", "You cannot block yourself.", FieldCode.Yourself);
            }

            return await blocks.BlockAsync(caller.Id, member, ct)
                ? Answers.NoContent()
                : Problems.From(new BlockLimit(settings.BlocksAtMost));
        }, media: null);

    /// <summary>Lifts the caller's block. Answers 204 also when there was none, so that it reveals nothing about any member.</summary>
    [Function("UnblockMember")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/blocks/{memberId}")] HttpRequest request, string memberId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (MemberId.TryParse(memberId, out var member) && member != caller.Id)
            {
                await blocks.UnblockAsync(caller.Id, member, ct);
            }

            return Answers.NoContent();
        }, media: null);
}
