using System.Threading.Channels;
using Connections.Local.Worker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Worker;

public sealed class AsideTests : IDisposable
{
    private const int Changes = 5;

    private readonly Held database = new();
    private readonly TempFolder folder = new();

    [Fact]
    public async Task What_a_function_asks_of_the_database_comes_one_by_one_and_lets_callers_pass()
    {
        using var client = new HttpClient(new Aside.Gate(database, most: 1)) { BaseAddress = new Uri("http://database/") };
        await using var host = await WorkerHost.StartAsync(folder, new ManualTime(), [typeof(FollowUp)], services: services => services.AddSingleton(client));
        await host.Queue.SendAsync("changes", "many", TimeSpan.Zero, default);
        await host.Probe.NextAsync<string>();
        Assert.Equal("/change", (await database.NextAsync()).Path);

        var caller = client.GetAsync(new Uri("/caller", UriKind.Relative));

        // All of the function's have been sent, and one is in: the next to come is the caller's.
        var passed = await database.NextAsync();
        Assert.Equal("/caller", passed.Path);
        Assert.Equal(1, database.Inside("/change"));
        passed.Answer();
        await caller;
        database.AnswerAll();
        Assert.Null((await host.Runs.NextAsync()).Failure);
        Assert.Equal(1, database.MostInside("/change"));
    }

    [Fact]
    public async Task One_that_gives_up_waiting_leaves_the_place_to_the_next()
    {
        using var client = new HttpClient(new Aside.Gate(database, most: 1)) { BaseAddress = new Uri("http://database/") };
        using var givesUp = new CancellationTokenSource();
        Task Ask(string path, CancellationToken ct) => Aside.RunAsync(() => client.GetAsync(new Uri(path, UriKind.Relative), ct));
        var first = Ask("/first", default);
        var inside = await database.NextAsync();
        var second = Ask("/second", givesUp.Token);

        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = Ask("/third", default);
        inside.Answer();

        await first;
        Assert.Equal("/third", (await database.NextAsync()).Path);
        database.AnswerAll();
        await third;
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    public sealed class FollowUp(Probe probe, HttpClient database)
    {
        [Function("FollowUp")]
        public async Task Run([QueueTrigger("changes")] string text)
        {
            var asked = Enumerable.Range(0, Changes).Select(_ => database.GetAsync(new Uri("/change", UriKind.Relative))).ToList();
            probe.Saw(text);
            await Task.WhenAll(asked);
        }
    }

    /// <summary>Answers a request when it is told to.</summary>
    private sealed class Held : HttpMessageHandler
    {
        private readonly Channel<Request> came = Channel.CreateUnbounded<Request>();
        private readonly TaskCompletionSource all = new();
        private readonly Lock counting = new();
        private readonly Dictionary<string, (int Now, int Most)> inside = [];

        public Task<Request> NextAsync() => came.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public int Inside(string path) => Count(path, 0).Now;

        public int MostInside(string path) => Count(path, 0).Most;

        public void AnswerAll() => all.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var held = new Request(request.RequestUri!.AbsolutePath);
            Count(held.Path, 1);
            await came.Writer.WriteAsync(held, cancellationToken);
            await Task.WhenAny(all.Task, held.Answered).WaitAsync(cancellationToken);
            Count(held.Path, -1);
            return new HttpResponseMessage();
        }

        private (int Now, int Most) Count(string path, int more)
        {
            lock (counting)
            {
                var (now, most) = inside.GetValueOrDefault(path);
                return inside[path] = (now + more, Math.Max(most, now + more));
            }
        }
    }

    private sealed class Request(string path)
    {
        private readonly TaskCompletionSource answered = new();

        public string Path { get; } = path;

        public Task Answered => answered.Task;

        public void Answer() => answered.SetResult();
    }
}
