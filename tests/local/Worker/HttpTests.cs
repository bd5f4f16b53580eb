using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Worker;

public sealed class HttpTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private WorkerHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await WorkerHost.StartAsync(
            _folder,
            TimeProvider.System,
            [typeof(Creators), typeof(Facets), typeof(Faulty), typeof(Slow)],
            services: s => s.AddScoped<Scoped>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_route_value_reaches_the_parameter_of_its_name()
    {
        Assert.Equal("creator a b", await _host.Http.GetStringAsync("/api/creators/a%20b"));
    }

    [Fact]
    public async Task If_several_routes_match_the_function_with_the_first_name_answers()
    {
        Assert.Equal("facets", await _host.Http.GetStringAsync("/api/creators/facets"));
        Assert.Equal("a of x", await _host.Http.GetStringAsync("/api/things/x/a"));
        Assert.Equal("x's b", await _host.Http.GetStringAsync("/api/things/x/b"));
    }

    [Fact]
    public async Task A_function_without_a_route_answers_at_its_name_by_any_method()
    {
        using var response = await _host.Http.PatchAsync("/api/Facetless", null);

        Assert.Equal("facetless", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_call_has_a_scope_of_its_own()
    {
        var first = await _host.Http.GetStringAsync("/api/scope");
        var second = await _host.Http.GetStringAsync("/api/scope");

        Assert.NotEqual(first, second);
        // Both parameters of a call get the same instance.
        Assert.All([first, second], text => Assert.Single(text.Split(' ').Distinct()));
    }

    [Fact]
    public async Task Addresses_outside_the_prefix_are_left_to_other_endpoints()
    {
        using var response = await _host.Http.GetAsync("/creators/a");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentType);
    }

    [Fact]
    public async Task An_exception_in_a_function_is_a_500_problem_and_logged_as_an_error()
    {
        using var response = await _host.Http.GetAsync("/api/faulty");

        await AssertProblemAsync(response, HttpStatusCode.InternalServerError, "/problems/internal-error");
        Assert.Contains(_host.Log.At(LogLevel.Error), line => line.StartsWith("Function Faulty failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_is_cancelled_when_the_caller_disconnects_and_no_error_is_logged()
    {
        using var caller = new CancellationTokenSource();
        var call = _host.Http.GetAsync("/api/slow", caller.Token);
        Assert.Equal("started", await _host.Probe.NextAsync<string>());

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("cancelled", await _host.Probe.NextAsync<string>());
        await _host.Runs.NextAsync();
        Assert.Empty(_host.Log.At(LogLevel.Error));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(type, problem.RootElement.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
    }

    public sealed class Scoped
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    public sealed class Creators(Scoped one, Scoped other)
    {
        [Function("GetCreator")]
        public static Task Get(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id}")] HttpRequest request, string id) =>
            request.HttpContext.Response.WriteAsync("creator " + id);

        [Function("Scope")]
        public Task Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "scope")] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync($"{one.Id} {other.Id}");
    }

    public static class Facets
    {
        [Function("Facets")]
        public static Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/facets")] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync("facets");

        [Function("alpha")]
        public static Task Alpha(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}/a")] HttpRequest request, string id) =>
            request.HttpContext.Response.WriteAsync($"a of {id}");

        [Function("Zeta")]
        public static Task Zeta(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/x/{part}")] HttpRequest request, string part) =>
            request.HttpContext.Response.WriteAsync($"x's {part}");

        [Function("Facetless")]
        public static Task Any([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync("facetless");
    }

    public static class Faulty
    {
        [Function("Faulty")]
        public static Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "faulty")] HttpRequest request) =>
            throw new InvalidOperationException("Broken.");
    }

    public sealed class Slow(Probe probe)
    {
        [Function("Slow")]
        public async Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, CancellationToken ct)
        {
            probe.Record("started");
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(1), ct);
            }
            catch (OperationCanceledException)
            {
                probe.Record("cancelled");
                throw;
            }
        }
    }
}
