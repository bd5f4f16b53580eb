using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connections.Tests.Faults;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>The length of a fuzz run: a number of cases per operation, an eighth of it for operations without a
/// body; or a time per operation.</summary>
internal sealed record FuzzLength(int Cases, TimeSpan Time)
{
    /// <summary>A number of cases.</summary>
    public static FuzzLength Of(int cases) => new(cases, TimeSpan.MaxValue);

    /// <summary>As many cases as fit into a time.</summary>
    public static FuzzLength Of(TimeSpan time) => new(int.MaxValue, time);
}

/// <summary>
/// Calls every operation with valid values, a few of them replaced at random. No answer may be a 500 or outside the contract, and a refused
/// call must not change anything.
/// </summary>
internal static class FuzzRuns
{
    // Each host has its own database and makes one call at a time, so that every change belongs to the current call.
    private const int Hosts = 2;

    // An operation without a body needs fewer cases: only its parameters, headers and an unwanted body can be invalid.
    private const int WithoutBody = 8;

    // An operation that ends something needs a new scene now and then.
    private const int RenewAfter = 40;

    private const string Many = "1000";

    /// <summary>Runs all operations.</summary>
    /// <param name="seed">The seed of all cases.</param>
    /// <param name="length">How long to call each operation.</param>
    /// <param name="log">Receives the progress.</param>
    public static async Task<SoakRow> RunAsync(int seed, FuzzLength length, TextWriter log)
    {
        var report = new SoakReport(log);
        var rows = AccessTable.Rows.Index().ToArray();
        await Task.WhenAll(Enumerable.Range(0, Hosts).Select(host => Task.Run(async () =>
        {
            await using var run = await FuzzRun.StartAsync();
            foreach (var (number, row) in rows.Where(row => row.Index % Hosts == host))
            {
                var (began, cases) =
                    (Stopwatch.GetTimestamp(), await run.OperationAsync(row, unchecked((seed * 1009) + number), length, report));
                await log.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {row.Name}: {cases} cases in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; "
                    + $"{report.Violations.Count} violations so far"));
            }
        })));
        return report.ToRow("fuzzed calls", seed);
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
            _client = new HttpClient(new ContractHandler(Contract.Current, checksCalls: false)
            {
                InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false },
            })
            {
                BaseAddress = host.Url,
                Timeout = LocalHostFixture.MaxWait,
            };
        }

        public static async Task<FuzzRun> StartAsync() => new(await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = Records.Quiet,
            Settings = new Dictionary<string, string?>
            {
                ["Chat:PerMinute"] = Many, ["Safety:ReportsPerDay"] = Many, ["Email:ChangesPerDay"] = Many,
            },
        }));

        /// <summary>Calls an operation, and returns the number of calls.</summary>
        public async Task<int> OperationAsync(AccessRow row, int seed, FuzzLength length, SoakReport report)
        {
            var began = Stopwatch.GetTimestamp();
            var (scene, token) = await SceneAsync(row);
            var most = row.InContract.BodyTypes.Count > 0 ? length.Cases : length.Cases / WithoutBody;
            var number = 0;
            for (var done = 0; number < most && Stopwatch.GetElapsedTime(began) < length.Time; number++)
            {
                var isDone = await CaseAsync(
                    row, scene, token, new Random(unchecked((seed * 7919) + number)), $"{row.Name} case {number}", report);
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
            return (scene, row.InContract.IsForModerators
                ? _host.TokenFor("moderator", roles: ["moderator"])
                : _host.TokenFor(scene.Mine, roles: row.Operation == "loadCreators" ? ["admin"] : []));
        }

        /// <summary>Makes a call and checks its effects. True if it was not refused.</summary>
        private async Task<bool> CaseAsync(AccessRow row, Scene scene, string token, Random random, string name, SoakReport report)
        {
            var fuzzed = new FuzzCase(row, scene, random);
            report.CountRun();
            try
            {
                using var request = fuzzed.ToRequest(token);
                using var answer = await _client.SendAsync(request);
                return await CheckAsync(request, answer, fuzzed, name, report);
            }
            catch (ContractException e)
            {
                report.Add(Violation.Incorrect, $"{name}: {e.Message} The call: {fuzzed}");
            }
            catch (Exception e) when (e is TaskCanceledException or HttpRequestException)
            {
                report.Add(Violation.Stuck, $"{name}: {e.Message} The call: {fuzzed}");
            }

            _records.Changes();
            return false;
        }

        private async Task<bool> CheckAsync(
            HttpRequestMessage request, HttpResponseMessage answer, FuzzCase fuzzed, string name, SoakReport report)
        {
            var changes = _records.Changes();
            var isRefused = answer.StatusCode >= HttpStatusCode.BadRequest;
            report.Count(isRefused ? "refused" : "accepted");
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            {
                report.Add(Violation.Incorrect, $"{name}: {(int)answer.StatusCode}. The call: {fuzzed}");
            }

            if (fuzzed.Rows > 0 && !isRefused)
            {
                // The load refuses row by row.
                isRefused =
                    (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == fuzzed.Rows;
            }

            // A moderator's look at a message is noted in the audit trail.
            var changed = changes.Where(change => !Records.IsLook(change)).ToList();
            if (changed.Count > 0 && (isRefused || request.Method == HttpMethod.Get || request.Method == HttpMethod.Head))
            {
                report.Add(
                    Violation.Incorrect, $"{name}: {(int)answer.StatusCode}, and changed {string.Join(", ", changed)}. The call: {fuzzed}");
            }

            return !isRefused;
        }
    }
}
