using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Connections.Tests.Faults.Life;

/// <summary>A step of a walk.</summary>
/// <param name="Hours">Hours since the previous step.</param>
/// <param name="Who">0 or 1 for the two members, 2 for a stranger.</param>
/// <param name="Action">The action.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Step(int Hours, int Who, LifeAction Action)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Hours > 0 ? $"{Hours} h later " : "")}{Who} {Action}";
}

/// <summary>Random walks through the life of a connection, each step compared with <see cref="LifeModel"/>.</summary>
internal static class LifeWalks
{
    /// <summary>The number of steps in a walk.</summary>
    public const int Steps = 50;

    private const int Day = 24;

    // FsCheck's generator needs an odd increment; a seed reproduces its walks only with the same one.
    private const ulong OddGamma = 0x9E3779B97F4A7C15;

    /// <summary>Runs the walks; FsCheck shrinks the first failing walk to the shortest that fails.</summary>
    public static SoakRow Run(int seed, int walks)
    {
        var report = new SoakReport();
        var property = Prop.ForAll(Walks(), steps =>
        {
            var walk = new LifeWalk();
            var agrees = walk.Follow(steps) is null;
            report.Count("changes", walk.Changes);
            return agrees;
        });
        var counted = new CountingRunner(report);
        Check.One(Config.Quick.WithMaxTest(walks).WithReplay((ulong)seed, OddGamma).WithRunner(counted), property);
        return report.ToRow("walks of a connection's life", seed);
    }

    private static Arbitrary<Step[]> Walks()
    {
        var step =
            from hours in Gen.Frequency(
                (6, Gen.Constant(0)),
                (2, Gen.Choose(1, 3 * Day)),
                (3, Gen.Elements(7 * Day, (21 * Day) - 1, 21 * Day, (30 * Day) - 1, 30 * Day)))
            from who in Gen.Frequency((5, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)))
            from action in Gen.Elements(Enum.GetValues<LifeAction>())
            select new Step(hours, who, action);
        return Arb.From(step.ArrayOf(Steps), Shorter);
    }

    // Tries halves first, then single steps, then no time between steps.
    private static IEnumerable<Step[]> Shorter(Step[] walk)
    {
        for (var size = walk.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= walk.Length; from += size)
            {
                yield return [.. walk[..from], .. walk[(from + size)..]];
            }
        }

        for (var i = 0; i < walk.Length; i++)
        {
            if (walk[i].Hours > 0)
            {
                yield return [.. walk[..i], walk[i] with { Hours = 0 }, .. walk[(i + 1)..]];
            }
        }
    }

    private sealed class CountingRunner(SoakReport report) : IRunner
    {
        public void OnStartFixture(Type value)
        {
        }

        public void OnArguments(int value1, FSharpList<object> value2, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> value3) =>
            report.CountRun();

        public void OnShrink(FSharpList<object> value1, FSharpFunc<FSharpList<object>, string> value2) =>
            report.Count("shrinks");

        public void OnFinished(string value1, TestResult value2)
        {
            if (value2 is TestResult.Failed failed)
            {
                var shortest = (Step[])failed.Item3.Head;
                report.Add(Violation.Incorrect, $"{new LifeWalk().Follow(shortest)}, the shortest walk: {string.Join("; ", shortest)}");
            }
            else if (value2 is not TestResult.Passed)
            {
                report.Add(Violation.Stuck, value2.ToString());
            }
        }
    }
}
