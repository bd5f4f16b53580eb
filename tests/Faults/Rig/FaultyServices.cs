using System.Net;
using Azure;
using Connections.Chat;
using Connections.Local.Worker;
using Connections.Notices;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Faults.Rig;

/// <summary>Puts <see cref="OutboundCalls"/> around every service outside the app.</summary>
internal static class FaultyServices
{
    /// <summary>Decorates each client. Calls without a fault pass through.</summary>
    public static void Around(IServiceCollection services, OutboundCalls calls, Random random)
    {
        services.AroundDatabase(new FaultyDatabaseCalls(calls, random), carrier => new FaultyWire(carrier, calls, random));
        services.Decorate<INoticeQueue>(inner => new FaultyNoticeQueue(inner, calls, random));
        services.Decorate<ILiveDelivery>(inner => new FaultyLiveDelivery(inner, calls, random));
        services.Decorate<IMailer>(inner => new FaultyMailer(inner, calls, random));
        services.Replace(ServiceDescriptor.Singleton(provider => FaultyBlobs.Store(provider, calls, random)));
        services.AddSingleton<IFunctionObserver>(new FunctionEnds(calls));
    }

    /// <summary>An exception of an Azure client whose service is busy or away, or does not answer. A call
    /// that took effect never gets 429.</summary>
    private static Exception Unanswered(Random random, bool done) => Pick(random, done ? 3 : 4) switch
    {
        0 => new RequestFailedException(0, "The answer did not come."),
        1 => new TaskCanceledException("The answer took too long.", new TimeoutException()),
        2 => new RequestFailedException(503, "The service is busy."),
        _ => new RequestFailedException(429, "Too many requests."),
    };

    private static int Pick(Random random, int below)
    {
        lock (random)
        {
            return random.Next(below);
        }
    }

    /// <summary>The database above the SDK.</summary>
    private sealed class FaultyDatabaseCalls(OutboundCalls calls, Random random) : RequestHandler
    {
        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken) =>
            calls.MakeAsync(NameOf(request), () => base.SendAsync(request, cancellationToken), done => Fail(request, done));

        // The errors of the SDK after its own retries. A call that took effect never gets 429.
        private ResponseMessage Fail(RequestMessage request, bool done) => Pick(random, done ? 4 : 5) switch
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
            var isQuery = request.Headers["x-ms-documentdb-isquery"] is not null
                || request.Headers["x-ms-cosmos-is-query-plan-request"] is not null;
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

    private sealed class FaultyNoticeQueue(INoticeQueue inner, OutboundCalls calls, Random random) : INoticeQueue
    {
        public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct) => calls.MakeAsync(
            "queue send",
            async () =>
            {
                await inner.EnqueueAsync(notice, delay, ct);
                return true;
            },
            done => throw Unanswered(random, done));

        public Task CheckAsync(CancellationToken ct) => inner.CheckAsync(ct);

        public Task<int> CountPoisonedAsync(CancellationToken ct) => inner.CountPoisonedAsync(ct);

        public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => inner.CountPoisonedReportsAsync(ct);

        public Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) => inner.TakePoisonedAsync(ct);
    }

    private sealed class FaultyLiveDelivery(ILiveDelivery inner, OutboundCalls calls, Random random) : ILiveDelivery
    {
        public Task SendAsync(MemberId to, string json, CancellationToken ct) => calls.MakeAsync(
            "live send",
            async () =>
            {
                await inner.SendAsync(to, json, ct);
                return true;
            },
            done => throw Unanswered(random, done));

        public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
            inner.GetClientAccessAsync(member, lifetime, ct);

        public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) => calls.MakeAsync(
            "live close",
            async () =>
            {
                await inner.CloseAsync(member, except, ct);
                return true;
            },
            done => throw Unanswered(random, done));

        public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) =>
            calls.MakeAsync("live presence", () => inner.IsOnlineAsync(member, ct), done => throw Unanswered(random, done));
    }

    private sealed class FaultyMailer(IMailer inner, OutboundCalls calls, Random random) : IMailer
    {
        private static readonly TimeSpan WaitWhenThrottled = TimeSpan.FromSeconds(7);

        // The interface has an outcome for throttling, which is not a failure.
        public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct) => calls.MakeAsync(
            "mail",
            () => inner.SendAsync(mail, operationId, ct),
            done => !done && Pick(random, 8) == 0 ? new MailOutcome.Throttled(WaitWhenThrottled) : throw Unanswered(random, done));
    }

    /// <summary>The end of a run, before the host acts on it: before it deletes the queue message or moves the lease.</summary>
    private sealed class FunctionEnds(OutboundCalls calls) : IFunctionObserver
    {
        public void Ended(string function, Exception? failure)
        {
            if (failure is not null)
            {
                return;
            }

            // At its end a call has been answered; only the process can still stop.
            switch (calls.DecideEnd(function))
            {
                case Fault.StopBefore or Fault.StopAfter:
                    calls.Stop();
                    throw new OperationCanceledException("The host did not hear that the function ended.");
                case Fault.FailBefore or Fault.FailAfter when !OutboundCalls.IsCall(function):
                    throw new OperationCanceledException($"The host did not hear that {function} ended.");
            }
        }
    }
}
