using System.Text.RegularExpressions;
using Connections.Local;

namespace Connections.Tests.Web;

/// <summary>The people of one browser test, from its start to its end.</summary>
internal sealed partial class BrowserRun : IAsyncDisposable
{
    private static readonly AsyncLocal<BrowserRun?> Running = new();

    private readonly List<Person> _people = [];
    private readonly List<Func<Task>> _ends = [];
    private readonly string _folder;

    private BrowserRun(string folder) => _folder = folder;

    /// <summary>The run of the current test.</summary>
    public static BrowserRun Current => Running.Value
        ?? throw new InvalidOperationException("Tests with a browser are marked [BrowserFact] or [BrowserTheory].");

    /// <summary>Unexpected errors that pages logged.</summary>
    public IReadOnlyList<string> Errors => [.. _people.SelectMany(person => person.Errors)];

    /// <summary>Starts the run of a test.</summary>
    public static BrowserRun Begin(string test)
    {
        var name = NotInNames().Replace(test[(typeof(BrowserRun).Namespace!.Length + 1)..], "_");
        var root = RepositoryFolder.Find() ?? throw new InvalidOperationException("The tests run from within the repository.");
        var run = new BrowserRun(Path.Combine(root, "tests", "TestResults", "web", name.Length > 120 ? name[^120..] : name));
        if (Directory.Exists(run._folder))
        {
            // Left over from an earlier failure.
            Directory.Delete(run._folder, recursive: true);
        }

        Running.Value = run;
        return run;
    }

    /// <summary>Adds a person, who stays until the test has ended.</summary>
    public void Add(Person person) => _people.Add(person);

    /// <summary>Does something after the test, when its people have left.</summary>
    public void AtEnd(Func<Task> end) => _ends.Add(end);

    /// <summary>Why the test failed, with the logged errors and the paths of the screenshots and traces.</summary>
    public string FailureReport(string reason) =>
        _people is [] ? reason : string.Join("\n", [
            reason, .. Errors,
            "What each person saw, and a trace to step through (npx playwright show-trace). Run again with BROWSER_SNAPSHOTS=1, and the "
                + $"trace has the page at each step: {_folder}"]);

    /// <summary>Saves a screenshot and a trace of each person.</summary>
    public async Task SaveAsync()
    {
        foreach (var (index, person) in _people.Index())
        {
            await person.SaveAsync(Path.Combine(_folder, $"{index + 1}-{person.Id}"));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.Context.CloseAsync();
        }

        foreach (var end in _ends)
        {
            await end();
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex NotInNames();
}
