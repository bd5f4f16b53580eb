using System.Net;
using Azure;
using Connections.Chat;
using Connections.Local.Worker;
using Connections.Notices;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>Puts <see cref="OutsideCalls"/> around everything that is outside the app.</summary>
internal static class FaultyServices
{
    /// <summary>The same around each: what the plan does not name goes through.</summary>
    public static void Around(IServiceCollection services, OutsideCalls calls, Random chance)
    {
        services.AroundDatabase(new FaultyDatabaseCalls(calls, chance), carrier => new FaultyWire(carrier, calls, chance));
        services.Decorate<INoticeQueue>(inner => new FaultyNoticeQueue(inner, calls, chance));
        services.Decorate<ILiveDelivery>(inner => new FaultyLiveDelivery(inner, calls, chance));
        services.Decorate<IMailer>(inner => new FaultyMailer(inner, calls, chance));
        services.AddSingleton<IFunctionObserver>(new FunctionEnds(calls));
    }

    /// <summary>What an Azure client throws when a service is busy, away, or its answer does not come. What was done is never told by 429.</summary>
    private static Exception Unanswered(Random chance, bool done) => Pick(chance, done ? 3 : 4) switch
    {
        0 => new RequestFailedException(0, "The answer did not come."),
        1 => new TaskCanceledException("The answer took too long.", new TimeoutException()),
        2 => new RequestFailedException(503, "The service is busy."),
        _ => new RequestFailedException(429, "Too many requests."),
    };

    private static int Pick(Random chance, int below)
    {
        lock (chance)
        {
            return chance.Next(below);
        }
    }

    /// <summary>The database, as the app sees it: around the SDK.</summary>
    private sealed class FaultyDatabaseCalls(OutsideCalls calls, Random chance) : RequestHandler
    {
        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken) =>
            calls.MakeAsync(NameOf(request), () => base.SendAsync(request, cancellationToken), done => Fail(request, done));

        // All that a caller of the SDK can meet when it gives up. What was done is never told by 429.
        private ResponseMessage Fail(RequestMessage request, bool done) => Pick(chance, done ? 4 : 5) switch
        {
            0 => throw new HttpRequestException("The connection broke."),
            1 => throw new OperationCanceledException("The request took too long."),
            2 => new ResponseMessage(HttpStatusCode.ServiceUnavailable, request),
            3 => new ResponseMessage(HttpStatusCode.RequestTimeout, request),
            _ => new ResponseMessage(HttpStatusCode.TooManyRequests, request),
        };

        private static string NameOf(RequestMessage request)
        {
            var path = request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var container = path is ["dbs", _, "colls", var name, ..] ? name : "account";
            var isQuery = request.Headers["x-ms-documentdb-isquery"] is not null || request.Headers["x-ms-cosmos-is-query-plan-request"] is not null;
            return (request.Method.Method, isQuery, request.Headers["a-im"]) switch
            {
                (_, true, _) => $"{container} query",
                (_, _, not null) => $"{container} changes",
                ("GET", _, _) => $"{container} read",
                ("POST", _, _) => $"{container} create",
                ("PUT", _, _) => $"{container} replace",
                (var method, _, _) => $"{container} {method.ToLowerInvariant()}",
            };
        }
    }

    private sealed class FaultyNoticeQueue(INoticeQueue inner, OutsideCalls calls, Random chance) : INoticeQueue
    {
        public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct) => calls.MakeAsync(
            "queue send",
            async () =>
            {
                await inner.EnqueueAsync(notice, delay, ct);
                return true;
            },
            done => throw Unanswered(chance, done));

        public Task CheckAsync(CancellationToken ct) => inner.CheckAsync(ct);

        public Task<int> CountPoisonedAsync(CancellationToken ct) => inner.CountPoisonedAsync(ct);

        public Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) => inner.TakePoisonedAsync(ct);
    }

    private sealed class FaultyLiveDelivery(ILiveDelivery inner, OutsideCalls calls, Random chance) : ILiveDelivery
    {
        public Task SendAsync(MemberId to, string json, CancellationToken ct) => calls.MakeAsync(
            "live send",
            async () =>
            {
                await inner.SendAsync(to, json, ct);
                return true;
            },
            done => throw Unanswered(chance, done));

        public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) => inner.GetClientAccessAsync(member, lifetime, ct);

        public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) => calls.MakeAsync(
            "live close",
            async () =>
            {
                await inner.CloseAsync(member, except, ct);
                return true;
            },
            done => throw Unanswered(chance, done));

        public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) =>
            calls.MakeAsync("live presence", () => inner.IsOnlineAsync(member, ct), done => throw Unanswered(chance, done));
    }

    private sealed class FaultyMailer(IMailer inner, OutsideCalls calls, Random chance) : IMailer
    {
        private static readonly TimeSpan WaitWhenThrottled = TimeSpan.FromSeconds(7);

        // The interface has a word of its own for "too many", which is no failure.
        public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct) => calls.MakeAsync(
            "mail",
            () => inner.SendAsync(mail, operationId, ct),
            done => !done && Pick(chance, 8) == 0 ? new MailOutcome.Throttled(WaitWhenThrottled) : throw Unanswered(chance, done));
    }

    /// <summary>The end of a function's run, before its host acts on it: before a queue message is deleted and a lease moves on.</summary>
    private sealed class FunctionEnds(OutsideCalls calls) : IFunctionObserver
    {
        public void Ended(string function, Exception? failure)
        {
            if (failure is not null)
            {
                return;
            }

            // A call's end is its answer, which is on its way already; only the process can still stop.
            switch (calls.DecideEnd(function))
            {
                case Fault.StopBefore or Fault.StopAfter:
                    calls.Stop();
                    throw new OperationCanceledException("The host did not hear that the function ended.");
                case Fault.FailBefore or Fault.FailAfter when !OutsideCalls.IsCall(function):
                    throw new OperationCanceledException($"The host did not hear that {function} ended.");
            }
        }
    }
}
