using Connections.Http;
using Connections.Members;
using Connections.Telemetry;

namespace Connections.Invites;

/// <summary>The body of an invite.</summary>
public sealed record InviteRequest(string? CreatorId, string? Note);

/// <summary>POST /api/invites: invites a creator to connect, once per pair.</summary>
public sealed class SendInvite(HttpApi http, InviteService invites, InviteSettings settings)
{
    /// <summary>Answers 201 for a new invite, 200 with the connection when the pair has one.</summary>
    [Function(nameof(SendInvite))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invites")] HttpRequest request) =>
        http.Handle<InviteRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var note = fields.Text("note", body.Note, settings.MaxNote, lines: true);
            if (string.IsNullOrEmpty(body.CreatorId))
            {
                fields.Refuse("creatorId", "The id of the creator to invite is required.", FieldCode.Required);
            }

            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (!MemberId.TryParse(body.CreatorId, out var creator))
            {
                return Problems.NotFound("creator");
            }

            var outcome = await invites.InviteAsync(caller.Id, creator, note, TokenAddress.IsConfirmed(caller), ct);
            Signals.Invites.Add(1, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
            return outcome.Answer(invited => invited.IsNew
                ? Answers.Created($"/api/connections/{invited.Contact.Id}", invited.Contact)
                : Answers.Ok(invited.Contact));
        });

    private static string NameOf(Result<Invited> outcome) =>
        outcome.TryGet(out var invited, out var error) ? (invited.IsNew ? "invited" : "repeated") : error.Code;
}
