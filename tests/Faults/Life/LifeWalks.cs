using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Connections.Tests.Faults.Life;

/// <summary>A step of a walk.</summary>
/// <param name="Hours">How long after the step before.</param>
/// <param name="Who">0 or 1 of the two, 2 for a stranger.</param>
/// <param name="Deed">What they do.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Step(int Hours, int Who, Deed Deed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Hours > 0 ? $"{Hours} h later " : "")}{Who} {Deed}";
}

/// <summary>Walks at random through the life of a connection, each step held against <see cref="LifeModel"/>.</summary>
internal static class LifeWalks
{
    /// <summary>The steps of a walk.</summary>
    public const int Steps = 50;

    private const int Day = 24;

    // What FsCheck's generator steps by: any odd number, the same for every seed.
    private const ulong OddGamma = 0x9E3779B97F4A7C15;

    /// <summary>Walks; the first walk that goes wrong is shrunk to the shortest that does.</summary>
    public static SoakRow Run(int seed, int walks)
    {
        var tally = new Tally();
        var property = Prop.ForAll(Walks(), steps =>
        {
            var walk = new LifeWalk();
            var agrees = walk.Follow(steps) is null;
            tally.Count("changes", walk.Changes);
            return agrees;
        });
        var counted = new CountingRunner(tally);
        Check.One(Config.Quick.WithMaxTest(walks).WithReplay((ulong)seed, OddGamma).WithRunner(counted), property);
        return tally.Row("walks of a connection's life", seed);
    }

    private static Arbitrary<Step[]> Walks()
    {
        var step =
            from hours in Gen.Frequency(
                (6, Gen.Constant(0)),
                (2, Gen.Choose(1, 3 * Day)),
                (3, Gen.Elements(7 * Day, (21 * Day) - 1, 21 * Day, (30 * Day) - 1, 30 * Day)))
            from who in Gen.Frequency((5, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)))
            from deed in Gen.Elements(Enum.GetValues<Deed>())
            select new Step(hours, who, deed);
        return Arb.From(step.ArrayOf(Steps), Shorter);
    }

    // Halves first, so that a long walk is short soon; then a step less; then no time between steps.
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

    private sealed class CountingRunner(Tally tally) : IRunner
    {
        public void OnStartFixture(Type value)
        {
        }

        public void OnArguments(int value1, FSharpList<object> value2, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> value3) =>
            tally.Ran();

        public void OnShrink(FSharpList<object> value1, FSharpFunc<FSharpList<object>, string> value2) =>
            tally.Count("shrinks");

        public void OnFinished(string value1, TestResult value2)
        {
            if (value2 is TestResult.Failed failed)
            {
                var shortest = (Step[])failed.Item3.Head;
                tally.Found(Wrong.Untrue, $"{new LifeWalk().Follow(shortest)}, the shortest walk: {string.Join("; ", shortest)}");
            }
            else if (value2 is not TestResult.Passed)
            {
                tally.Found(Wrong.Stuck, value2.ToString());
            }
        }
    }
}
