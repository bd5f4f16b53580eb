using Connections.Chat;
using Connections.Creators.Load;
using Connections.Files;
using Connections.Http;
using Connections.Invites;
using Connections.Safety;

namespace Connections.Clients;

/// <summary>GET /api/config: what a client must know to start. It needs no token and changes only with a deployment.</summary>
public sealed class GetConfig(
    HttpApi http,
    IdentitySettings identity,
    ClientsSettings clients,
    InviteSettings invites,
    ChatSettings chat,
    SafetySettings safety,
    LoadSettings load,
    FilesSettings files)
{
    private readonly ClientConfig _config = new(
        new IdentityConfig(identity.Issuer, identity.Discovery, identity.Audience, clients.Scope),
        clients.Apps(),
        FieldLimits.Of(invites, chat, safety),
        FileLimits.Of(files),
        (int)chat.EditFor.TotalSeconds,
        load.AvatarHosts);

    /// <summary>Answers 200 with an ETag, or 304. No request.</summary>
    [Function(nameof(GetConfig))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/config")] HttpRequest request) =>
        http.HandleOpen(
            request,
            _ => Task.FromResult(ContentTag.Answer(request, _config, "public, max-age=300")),
            "application/json");
}
