using Connections.Soak;
using Connections.Tests.Faults;
using Connections.Tests.Faults.Chat;
using Connections.Tests.Faults.Life;
using Connections.Tests.Functions.Access;

// What each part runs, in full; the tests run the same small.
var parts = new Dictionary<string, Func<int, TextWriter, Task<SoakRow>>>(StringComparer.Ordinal)
{
    ["faults"] = (seed, log) => FaultRuns.RunAsync(seed, most: null, atOnce: 4, log),
    ["storm"] = (seed, log) => Storm.RunAsync(seed, storms: 20, pairs: 12, steps: 40, log),
    ["races"] = (seed, log) => Races.RunAsync(seed, 1000, log),
    ["chat"] = (seed, log) => ChatSoak.RunAsync(seed, pairs: 200, messages: 100_000, log),
    ["links"] = (seed, log) => LinkRuns.RunAsync(seed, tampered: 10_000, looks: 1_000, log),
    ["walks"] = (seed, _) => Task.FromResult(LifeWalks.Run(seed, 10_000)),
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
    rows.Add(await run(options.Seed, Console.Out));
}

SoakTable.Write(Console.Out, rows);
await SoakTable.WriteJsonAsync(options.Json, DateTimeOffset.UtcNow, rows);
Console.WriteLine($"\n{options.Json}");

return rows.All(row => row.IsClean) ? 0 : 1;
