using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Http;
using Connections.Members;
using Connections.Notices;

namespace Connections.Health;

/// <summary>GET /api/health: 200 if every dependency is available, and otherwise 503 with the names of those that are not.</summary>
public sealed class GetHealth(HttpApi http, HealthCheck health)
{
    [Function(nameof(GetHealth))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request) =>
        http.HandleOpen(request, async _ =>
        {
            var report = await health.CheckAsync();
            return Results.Json(report, Json.Options, statusCode: report.Status == "ok"
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable);
        }, "application/json");
}

/// <summary>Checks each dependency. The email service has no call without a side effect, so its queue stands in for it.</summary>
/// <remarks>The call needs no token, so reports are cached for a few seconds to keep callers from loading the dependencies.</remarks>
public sealed partial class HealthCheck(
    Containers containers, ILiveDelivery live, INoticeQueue queue, IFileStore files, TokenValidator tokens, TimeProvider time,
    ILogger<HealthCheck> log)
{
    private static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly MemberId Nobody = new("health");

    private readonly Lock _gate = new();
    private (DateTimeOffset At, Task<HealthReport> Report)? _last;

    /// <summary>The state of each dependency, at most a few seconds old.</summary>
    public Task<HealthReport> CheckAsync()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_last is not { } last || now - last.At > CacheFor)
            {
                _last = last = (now, CheckAllAsync());
            }

            return last.Report;
        }
    }

    private async Task<HealthReport> CheckAllAsync()
    {
        var checks = await Task.WhenAll(
            CheckAsync("database", async ct => await containers.Members.FindAsync<Member>(Nobody.Value, Nobody.Value, ct)),
            CheckAsync("realtime", ct => live.IsOnlineAsync(Nobody, ct)),
            CheckAsync("noticeQueue", queue.CheckAsync),
            CheckAsync("files", files.CheckAsync),
            CheckAsync("identity", tokens.CheckAsync));
        return new HealthReport(
            checks.All(check => check.Ok) ? "ok" : "degraded",
            checks.ToDictionary(check => check.Name, check => check.Ok ? "ok" : "unavailable"));
    }

    private async Task<(string Name, bool Ok)> CheckAsync(string name, Func<CancellationToken, Task> check)
    {
        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            await check(limit.Token).WaitAsync(limit.Token);
            return (name, true);
        }
#pragma warning disable CA1031 // This call reports any failure of a dependency.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogUnavailable(e, name);
            return (name, false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The health check of {Dependency} failed")]
    private partial void LogUnavailable(Exception exception, string dependency);
}

/// <summary>The answer of <see cref="GetHealth"/>.</summary>
/// <param name="Status"><c>ok</c>, or <c>degraded</c> if a dependency is unavailable.</param>
/// <param name="Dependencies"><c>ok</c> or <c>unavailable</c> for each dependency.</param>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Dependencies);
