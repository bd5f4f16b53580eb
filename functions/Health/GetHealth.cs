using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Health;

/// <summary>GET /api/health: 200 when every dependency answers, 503 when one does not; which, and nothing more about it.</summary>
public sealed class GetHealth(HttpApi http, HealthCheck health)
{
    /// <summary>Answers the call.</summary>
    [Function(nameof(GetHealth))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        http.HandleOpen(request, async _ =>
        {
            var report = await health.CheckAsync();
            return Results.Json(report, Json.Options, statusCode: report.Status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
}
