using Connections.Chat;
using Connections.Cosmos;
using Connections.Http;
using Connections.Members;
using Connections.Notices;
using Microsoft.Extensions.Logging;

namespace Connections.Health;

/// <summary>Looks whether each dependency answers. The email service has no call that sends nothing, so its queue stands for it.</summary>
/// <remarks>An answer is kept for a few seconds: the call needs no token, and must not become a way to load the dependencies.</remarks>
public sealed partial class HealthCheck(Containers containers, ILiveDelivery live, INoticeQueue queue, TokenValidator tokens, TimeProvider time, ILogger<HealthCheck> log)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);
    private static readonly MemberId Nobody = new("health");

    private readonly Lock _gate = new();
    private (DateTimeOffset At, Task<HealthReport> Report)? _last;

    /// <summary>The state of each dependency, as of a few seconds ago at most.</summary>
    public Task<HealthReport> CheckAsync()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_last is not { } last || now - last.At > KeepFor)
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
            CheckAsync("identity", tokens.CheckAsync));
        return new HealthReport(
            checks.All(check => check.Ok) ? "ok" : "degraded", checks.ToDictionary(check => check.Name, check => check.Ok ? "ok" : "unavailable"));
    }

    private async Task<(string Name, bool Ok)> CheckAsync(string name, Func<CancellationToken, Task> check)
    {
        using var limit = new CancellationTokenSource(GiveUpAfter);
        try
        {
            await check(limit.Token).WaitAsync(limit.Token);
            return (name, true);
        }
#pragma warning disable CA1031 // Whatever is wrong with a dependency is what this call is for.
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

/// <summary>The answer of the health call.</summary>
/// <param name="Status"><c>ok</c>, or <c>degraded</c> when a dependency does not answer.</param>
/// <param name="Dependencies">Each dependency: <c>ok</c> or <c>unavailable</c>, and nothing else about it.</param>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Dependencies);
