using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Infra;

/// <summary>The Bicep compiler, from its package.</summary>
internal static class BicepCompiler
{
    private static readonly string? Program =
        typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(metadata => metadata.Key == "BicepCompiler")?.Value;

    /// <summary>The reason to skip tests that need it; null if they can run.</summary>
    public static string? ReasonToSkip => Program is null ? "The package of the Bicep compiler is for Linux on x64 only." : null;

    /// <summary>Compiles a file and its modules to an ARM template.</summary>
    /// <returns>The template, and the warnings of the compiler and its linter.</returns>
    public static (JsonNode Template, string Warnings) Build(string file)
    {
        var (template, warnings) = Run("build", file, "--stdout");
        return (JsonNode.Parse(template)!, warnings);
    }

    /// <summary>Predicts the resources and outputs of a deployment. Expressions that need Azure stay unevaluated.</summary>
    /// <param name="file">The Bicep file.</param>
    /// <param name="parameters">Its parameters, as Bicep writes them: <c>'text'</c>, <c>5</c>, <c>true</c>.</param>
    public static JsonNode Evaluate(string file, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        using var folder = new TempFolder();
        var given = folder.File("main.bicepparam");
        File.WriteAllLines(
            given, parameters.Select(p => $"param {p.Key} = {p.Value}").Prepend($"using '{Path.GetRelativePath(folder.FullPath, file)}'"));
        Run("snapshot", given, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--location", "westeurope");
        return JsonNode.Parse(File.ReadAllText(folder.File("main.snapshot.json")))!;
    }

    private static (string Output, string Warnings) Run(params string[] arguments)
    {
        // A package does not keep the executable bit of a file.
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(Program!).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(Program!, File.GetUnixFileMode(Program!)
                | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        using var compiler = Process.Start(new ProcessStartInfo(Program!, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var warnings = compiler.StandardError.ReadToEndAsync();
        var output = compiler.StandardOutput.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, warnings.Result);
        return (output, warnings.Result);
    }
}
