using System.Diagnostics;
using Connections.Benchmarks;
using Connections.Benchmarks.Chat;
using Connections.Benchmarks.Floors;
using Connections.Benchmarks.Peers;
using Connections.Benchmarks.Search;

// A floor runs this program in a process of its own.
if (args is [FloorProcess.Argument, var floor, .. var rest])
{
    await FloorServer.RunAsync(floor, rest);
    return 0;
}

await using var chat = new ChatRun();
var parts = new Dictionary<string, Func<Scale, TextWriter, Task<IReadOnlyList<Row>>>>(StringComparer.Ordinal)
{
    ["search"] = SearchPart.RunAsync,
    ["filters"] = FiltersPart.RunAsync,
    ["text"] = TextPart.RunAsync,
    ["creator"] = CreatorPart.RunAsync,
    ["calls"] = CallsPart.RunAsync,
    ["chat"] = chat.DeliveryAsync,
    ["email"] = EmailPart.RunAsync,
    ["start"] = StartPart.RunAsync,
    ["memory"] = chat.MemoryAsync,
    ["peers"] = PeersPart.RunAsync,
};

Options options;
try
{
    options = Options.Read(args, parts.Keys);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

var rows = new List<Row>();
foreach (var (name, run) in parts.Where(part => options.Parts.Count == 0 || options.Parts.Contains(part.Key)))
{
    Console.WriteLine(name);
    var clock = Stopwatch.StartNew();
    var measured = await run(options.Scale, Console.Out);
    rows.AddRange(measured);
    // Prints the results of each part at once, so that a long run can be stopped without losing them.
    foreach (var row in measured)
    {
        Console.WriteLine($"  {row.Name}: {row.Measured}, {row.Ratio}");
    }

    Console.WriteLine($"  {clock.Elapsed.TotalSeconds:0} s");
}

ResultTable.Write(Console.Out, rows, options.Scale);
if (options.Json is { } file)
{
    await ResultTable.WriteJsonAsync(file, rows, options.Scale);
}

// A missed target is not a failure of the program, because timings depend on the machine.
return 0;
