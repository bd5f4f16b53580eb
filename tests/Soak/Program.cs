using Connections.Soak;
using Connections.Tests.Faults;
using Connections.Tests.Faults.Chat;
using Connections.Tests.Faults.Life;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.Changes;
using Connections.Tests.Functions.Fuzz;

// The full length of each part; the tests run short versions.
var parts = new Dictionary<string, Func<SoakOptions, TextWriter, Task<SoakRow>>>(StringComparer.Ordinal)
{
    ["faults"] = (o, log) => FaultRuns.RunAsync(o.Seed, most: null, atOnce: 4, log, o.Only),
    ["storm"] = (o, log) => Storm.RunAsync(o.Seed, storms: 20, pairs: 12, steps: 40, log),
    ["races"] = (o, log) => Races.RunAsync(o.Seed, 1000, log),
    ["meetings"] = (o, log) => ChatRaces.RunAsync(o.Seed, 300, log),
    ["chat"] = (o, log) => ChatSoak.RunAsync(o.Seed, pairs: 200, messages: 100_000, log),
    ["links"] = (o, log) => LinkRuns.RunAsync(o.Seed, tampered: 10_000, looks: 1_000, log),
    ["fuzz"] = (o, log) => FuzzRuns.RunAsync(o.Seed, FuzzLength.Of(TimeSpan.FromSeconds(o.Seconds)), log),
    ["changes"] = (o, log) => CatchUpRuns.RunAsync(o.Seed, histories: 100, log),
    ["walks"] = (o, _) => Task.FromResult(LifeWalks.Run(o.Seed, 10_000)),
};

SoakOptions options;
try
{
    options = SoakOptions.Read(args, parts.Keys);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

var rows = new List<SoakRow>();
foreach (var (name, run) in parts.Where(part => options.Parts.Count == 0 || options.Parts.Contains(part.Key)))
{
    Console.WriteLine($"{name}, --seed {options.Seed}");
    rows.Add(await run(options, Console.Out));
}

SoakTable.Write(Console.Out, rows);
await SoakTable.WriteJsonAsync(options.Json, DateTimeOffset.UtcNow, rows);
Console.WriteLine($"\n{options.Json}");

return rows.All(row => row.IsClean) ? 0 : 1;
