using System.Net;
using Connections.Chat;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>Makes the database and live delivery fail on demand: as unavailable (503) or with a bug (500).</summary>
internal sealed class Outage : RequestHandler
{
    /// <summary>The status that calls must answer during the outage; null without an outage.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>Puts this around the host's database and live delivery.</summary>
    public void Watch(IServiceCollection services)
    {
        services.AroundDatabase(this);
        services.Decorate<ILiveDelivery>(live => new Live(this, live));
    }

    /// <inheritdoc/>
    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        if (IsFromCall(request))
        {
            ThrowDuringOutage();
        }

        return base.SendAsync(request, cancellationToken);
    }

    private void ThrowDuringOutage()
    {
        switch (Status)
        {
            case HttpStatusCode.ServiceUnavailable:
                throw new HttpRequestException("The service is unavailable.");
            case not null:
                throw new InvalidOperationException("The service has a bug.");
        }
    }

    // Excludes the requests of triggers, which have their own tests, and the SDK's reads of metadata, which it caches.
    private static bool IsFromCall(RequestMessage request) =>
        request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries)
            is ["dbs", _, "colls", not Containers.LeasesContainer, .. var rest]
        && (rest is [] or ["docs", ..])
        && request.Headers["A-IM"] is null && request.Headers["x-ms-cosmos-is-query-plan-request"] is null;

    private sealed class Live(Outage outage, ILiveDelivery inner) : ILiveDelivery
    {
        public Task SendAsync(MemberId to, string json, CancellationToken ct) => Available().SendAsync(to, json, ct);

        public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
            Available().GetClientAccessAsync(member, lifetime, ct);

        public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
            Available().CloseAsync(member, except, ct);

        public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => Available().IsOnlineAsync(member, ct);

        private ILiveDelivery Available()
        {
            outage.ThrowDuringOutage();
            return inner;
        }
    }
}
