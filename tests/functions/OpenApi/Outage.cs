using System.Net;
using Connections.Chat;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>Makes the database and live delivery fail when a test says so: as what is away (503), or by a fault (500).</summary>
internal sealed class Outage : RequestHandler
{
    /// <summary>What calls are to answer because of it; null while all is well.</summary>
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
        if (IsOfACall(request))
        {
            ThrowIfOut();
        }

        return base.SendAsync(request, cancellationToken);
    }

    private void ThrowIfOut()
    {
        switch (Status)
        {
            case HttpStatusCode.ServiceUnavailable:
                throw new HttpRequestException("An outage.");
            case not null:
                throw new InvalidOperationException("A fault.");
        }
    }

    // The SDK keeps what it knows of containers, and the triggers go on: they have tests of their own.
    private static bool IsOfACall(RequestMessage request) =>
        request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries)
            is ["dbs", _, "colls", not Containers.LeasesContainer, .. var rest]
        && (rest is [] or ["docs", ..])
        && request.Headers["A-IM"] is null && request.Headers["x-ms-cosmos-is-query-plan-request"] is null;

    private sealed class Live(Outage outage, ILiveDelivery inner) : ILiveDelivery
    {
        public Task SendAsync(MemberId to, string json, CancellationToken ct) => Serving().SendAsync(to, json, ct);

        public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
            Serving().GetClientAccessAsync(member, lifetime, ct);

        public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
            Serving().CloseAsync(member, except, ct);

        public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => Serving().IsOnlineAsync(member, ct);

        private ILiveDelivery Serving()
        {
            outage.ThrowIfOut();
            return inner;
        }
    }
}
