#pragma warning disable CA1822 // These functions never run, so they use no instance data.
using Connections.Creators;
using Connections.Local.Worker;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Local.Worker;

public sealed class RefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(typeof(NoTrigger), "Bad", "no trigger")]
    [InlineData(typeof(TwoTriggers), "Bad", "2 triggers")]
    [InlineData(typeof(UnknownParameter), "Bad", "its parameter count is of type Int32")]
    [InlineData(typeof(NotInRoute), "Bad", "its parameter creator is not in its route 'creators/{id}'")]
    [InlineData(typeof(StringOfQueue), "Bad", "its parameter more is of type String")]
    [InlineData(typeof(Returns), "Bad", "returns Task`1")]
    [InlineData(typeof(NotPublic), "Bad", "public method")]
    [InlineData(typeof(FunctionKey), "Bad", "AuthorizationLevel.Function")]
    [InlineData(typeof(AdminRoute), "Bad", "'admin/creators'")]
    [InlineData(typeof(RuntimeRoute), "Bad", "'runtime'")]
    [InlineData(typeof(HiddenRoute), "ReadFacets", "the route creators/{id} of ReadCreator, whose name comes first, takes its requests")]
    [InlineData(typeof(MalformedRoute), "Bad", "'creators/{id'")]
    [InlineData(typeof(QueueRetry), "Bad", "AZFW0012")]
    [InlineData(typeof(TwoRetries), "Bad", "two retry attributes")]
    [InlineData(typeof(MalformedRetry), "Bad", "delayInterval")]
    [InlineData(typeof(ShrinkingRetry), "Bad", "must not be greater")]
    [InlineData(typeof(BadSchedule), "Bad", "'every day'")]
    [InlineData(typeof(MissingSetting), "Bad", "the setting Sweep__Schedule")]
    [InlineData(typeof(BadQueueName), "Bad", "'Bad_Queue'")]
    [InlineData(typeof(QueueOfNumbers), "Bad", "takes a record or a string")]
    [InlineData(typeof(ArrayOfChanges), "Bad", "takes IReadOnlyList<T>")]
    [InlineData(typeof(MissingService), "Bad", "its class asks for Uri")]
    [InlineData(typeof(SameNames), "same", "another function has its name")]
    [InlineData(typeof(SameRoutes), "Second", "its route GET Creators/{} is that of First already")]
    [InlineData(typeof(SameLeases), "Second", "shares its leases with First")]
    public async Task A_function_that_cannot_be_bound_stops_the_start_with_its_name_and_the_reason(
        Type functions, string name, string reason)
    {
        var e = await Assert.ThrowsAsync<FunctionBindingException>(() => WorkerHost.StartAsync(_folder, TimeProvider.System, [functions]));

        Assert.Equal(name, e.Function);
        Assert.StartsWith($"The function {name} cannot be bound: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_that_differ_in_method_or_shape_are_not_duplicates()
    {
        await using var host = await WorkerHost.StartAsync(_folder, TimeProvider.System, [typeof(DifferentRoutes)]);

        Assert.Equal("get", await host.Http.GetStringAsync("/api/creators/a"));
    }

    public void Dispose() => _folder.Dispose();

    public sealed class NoTrigger
    {
        [Function("Bad")]
        public Task Run(CancellationToken ct) => Task.CompletedTask;
    }

    public sealed class TwoTriggers
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("some-queue")] string text, [TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class UnknownParameter
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("some-queue")] string text, int count) => Task.CompletedTask;
    }

    public sealed class NotInRoute
    {
        [Function("Bad")]
        public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id}")] HttpRequest request, string creator) =>
            Task.CompletedTask;
    }

    public sealed class StringOfQueue
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("some-queue")] string text, string more) => Task.CompletedTask;
    }

    public sealed class Returns
    {
        [Function("Bad")]
        public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) =>
            Task.FromResult(Results.Ok());
    }

    public sealed class NotPublic
    {
        [Function("Bad")]
        internal Task Run([QueueTrigger("some-queue")] string text) => Task.CompletedTask;
    }

    public sealed class FunctionKey
    {
        [Function("Bad")]
        public Task Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "a")] HttpRequest request) => Task.CompletedTask;
    }

    public sealed class AdminRoute
    {
        [Function("Bad")]
        public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "admin/creators")] HttpRequest request) =>
            Task.CompletedTask;
    }

    public sealed class RuntimeRoute
    {
        [Function("Bad")]
        public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runtimes")] HttpRequest request) => Task.CompletedTask;
    }

    public sealed class HiddenRoute
    {
        [Function("ReadFacets")]
        public Task Facets([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/facets")] HttpRequest request) =>
            Task.CompletedTask;

        [Function("ReadCreator")]
        public Task Creator([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id}")] HttpRequest request) =>
            Task.CompletedTask;
    }

    public sealed class MalformedRoute
    {
        [Function("Bad")]
        public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id")] HttpRequest request) =>
            Task.CompletedTask;
    }

    public sealed class QueueRetry
    {
        [Function("Bad")]
        [FixedDelayRetry(3, "00:00:10")]
        public Task Run([QueueTrigger("some-queue")] string text) => Task.CompletedTask;
    }

    public sealed class TwoRetries
    {
        [Function("Bad")]
        [FixedDelayRetry(3, "00:00:10")]
        [ExponentialBackoffRetry(3, "00:00:10", "00:01:00")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class MalformedRetry
    {
        [Function("Bad")]
        [FixedDelayRetry(3, "ten seconds")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class ShrinkingRetry
    {
        [Function("Bad")]
        [ExponentialBackoffRetry(3, "00:01:00", "00:00:10")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class BadSchedule
    {
        [Function("Bad")]
        public Task Run([TimerTrigger("every day")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class MissingSetting
    {
        [Function("Bad")]
        public Task Run([TimerTrigger("%Sweep__Schedule%")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class BadQueueName
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("Bad_Queue")] string text) => Task.CompletedTask;
    }

    public sealed class QueueOfNumbers
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("some-queue")] int number) => Task.CompletedTask;
    }

    public sealed class ArrayOfChanges
    {
        [Function("Bad")]
        public Task Run([CosmosDBTrigger("database", "container")] string[] changes) => Task.CompletedTask;
    }

    public sealed class MissingService(Uri address)
    {
        [Function("Bad")]
        public Task Run([QueueTrigger("some-queue")] string text) => Task.FromResult(address);
    }

    public sealed class SameNames
    {
        [Function("Same")]
        public Task One([QueueTrigger("some-queue")] string text) => Task.CompletedTask;

        [Function("same")]
        public Task Two([QueueTrigger("other-queue")] string text) => Task.CompletedTask;
    }

    public sealed class SameRoutes
    {
        [Function("First")]
        public Task One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "creators/{id}")] HttpRequest request) =>
            Task.CompletedTask;

        [Function("Second")]
        public Task Two([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "/Creators/{creator}")] HttpRequest request) =>
            Task.CompletedTask;
    }

    public sealed class SameLeases
    {
        [Function("First")]
        public Task One([CosmosDBTrigger("database", "container")] IReadOnlyList<string> changes) => Task.CompletedTask;

        [Function("Second")]
        public Task Two([CosmosDBTrigger("database", "container")] IReadOnlyList<string> changes) => Task.CompletedTask;
    }

    public sealed class DifferentRoutes
    {
        [Function("Get")]
        public Task Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id}")] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync("get");

        [Function("Put")]
        public Task Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "creators/{id}")] HttpRequest request) =>
            Task.CompletedTask;

        [Function("List")]
        public Task List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators")] HttpRequest request) => Task.CompletedTask;
    }
}
