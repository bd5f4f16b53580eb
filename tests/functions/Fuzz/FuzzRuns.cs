using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connections.Tests.Faults;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>How long an operation is called: so many cases where it takes a body and an eighth where it takes none, or as many as a time takes.</summary>
internal sealed record FuzzLength(int Cases, TimeSpan Time)
{
    /// <summary>So many cases.</summary>
    public static FuzzLength Of(int cases) => new(cases, TimeSpan.MaxValue);

    /// <summary>As many as the time takes.</summary>
    public static FuzzLength Of(TimeSpan time) => new(int.MaxValue, time);
}

/// <summary>
/// Calls every operation with what its schemas allow, of which by chance a few things are wrong. No answer may be a 500 or one that the
/// contract does not know, and what is refused must have changed nothing.
/// </summary>
internal static class FuzzRuns
{
    // Each has its own file, which tells exactly what a call changed; so each calls one after the other.
    private const int Hosts = 2;

    // Without a body there are far fewer ways to be wrong: by parameters, headers, and a body all the same.
    private const int WithoutBody = 8;

    // What ends things can go on ending other things, now and then.
    private const int RenewAfter = 40;

    private const string Many = "1000";

    /// <summary>Runs all operations.</summary>
    /// <param name="seed">What every case comes from.</param>
    /// <param name="length">How long each operation is called.</param>
    /// <param name="log">Is told how far it is.</param>
    public static async Task<SoakRow> RunAsync(int seed, FuzzLength length, TextWriter log)
    {
        var tally = new Tally(log);
        var rows = AccessTable.Rows.Index().ToArray();
        await Task.WhenAll(Enumerable.Range(0, Hosts).Select(host => Task.Run(async () =>
        {
            await using var run = await FuzzRun.StartAsync();
            foreach (var (number, row) in rows.Where(row => row.Index % Hosts == host))
            {
                var (began, cases) = (Stopwatch.GetTimestamp(), await run.OperationAsync(row, unchecked((seed * 1009) + number), length, tally));
                await log.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"  {row.Name}: {cases} cases in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {tally.Findings.Count} findings so far"));
            }
        })));
        return tally.Row("fuzzed calls", seed);
    }

    /// <summary>The calls on one host.</summary>
    private sealed class FuzzRun : IAsyncDisposable
    {
        private readonly LocalHostFixture _host;
        private readonly Records _records;
        private readonly HttpClient _client;
        private int _scenes;

        private FuzzRun(LocalHostFixture host)
        {
            (_host, _records) = (host, Records.Of(host));
            _client = new HttpClient(new ContractHandler(Contract.Current, holdsCalls: false)
            {
                InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false },
            })
            {
                BaseAddress = host.Url,
                Timeout = LocalHostFixture.Patience,
            };
        }

        public static async Task<FuzzRun> StartAsync() => new(await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = Records.Quiet,
            Settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = Many, ["Safety:ReportsPerDay"] = Many },
        }));

        /// <summary>Calls an operation for so long; how often it was.</summary>
        public async Task<int> OperationAsync(AccessRow row, int seed, FuzzLength length, Tally tally)
        {
            var began = Stopwatch.GetTimestamp();
            var (scene, token) = await SceneAsync(row);
            var operation = Contract.Current.Operations.Single(operation => operation.Id == row.Operation);
            var most = operation.BodyTypes.Count > 0 ? length.Cases : length.Cases / WithoutBody;
            var number = 0;
            for (var done = 0; number < most && Stopwatch.GetElapsedTime(began) < length.Time; number++)
            {
                var isDone = await CaseAsync(row, scene, token, new Random(unchecked((seed * 7919) + number)), $"{row.Name} case {number}", tally);
                if (row.Ends && isDone && ++done % RenewAfter == 1)
                {
                    (scene, token) = await SceneAsync(row);
                }
            }

            return number;
        }

        public async ValueTask DisposeAsync()
        {
            _records.Dispose();
            _client.Dispose();
            await _host.DisposeAsync();
        }

        private async Task<(Scene Scene, string Token)> SceneAsync(AccessRow row)
        {
            var scene = await Scene.SetAsync(_host, $"s{++_scenes}", row.Between, "");
            _records.Changes();
            return (scene, _host.TokenFor(scene.Mine, roles: row.Operation == "loadCreators" ? ["admin"] : []));
        }

        /// <summary>Makes a call, and looks at what came of it. True when it was not refused.</summary>
        private async Task<bool> CaseAsync(AccessRow row, Scene scene, string token, Random chance, string name, Tally tally)
        {
            var fuzzed = new FuzzCase(row, scene, chance);
            tally.Ran();
            try
            {
                using var request = fuzzed.ToRequest(token);
                using var answer = await _client.SendAsync(request);
                return await LookAsync(request, answer, fuzzed, name, tally);
            }
            catch (ContractException e)
            {
                tally.Found(Wrong.Untrue, $"{name}: {e.Message} The call: {fuzzed}");
            }
            catch (Exception e) when (e is TaskCanceledException or HttpRequestException)
            {
                tally.Found(Wrong.Stuck, $"{name}: {e.Message} The call: {fuzzed}");
            }

            _records.Changes();
            return false;
        }

        private async Task<bool> LookAsync(HttpRequestMessage request, HttpResponseMessage answer, FuzzCase fuzzed, string name, Tally tally)
        {
            var changes = _records.Changes();
            var isRefused = answer.StatusCode >= HttpStatusCode.BadRequest;
            tally.Count(isRefused ? "refused" : "accepted");
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            {
                tally.Found(Wrong.Untrue, $"{name}: {(int)answer.StatusCode}. The call: {fuzzed}");
            }

            if (fuzzed.Rows > 0 && !isRefused)
            {
                // A load is refused row by row.
                isRefused = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == fuzzed.Rows;
            }

            if (changes.Count > 0 && (isRefused || request.Method == HttpMethod.Get || request.Method == HttpMethod.Head))
            {
                tally.Found(Wrong.Untrue, $"{name}: {(int)answer.StatusCode}, and changed {string.Join(", ", changes)}. The call: {fuzzed}");
            }

            return !isRefused;
        }
    }
}
