using Connections.Tests.Functions.OpenApi;
using Xunit.Abstractions;

namespace Connections.Tests.Functions.Access;

/// <summary>Calls every operation of the contract as every kind of caller: each gets the right answer,
/// and a refusal changes nothing.</summary>
public sealed class AccessTests(AccessFixture fixture, ITestOutputHelper output) : IClassFixture<AccessFixture>
{
    // Successful calls of these leave no record.
    private static readonly string[] Recordless =
    [
        "takeCreatorBack", "unblockMember", "getRealtimeAccess", "admitSocket", "allowSocketEvents", "liftSuspension",
        "liftUnlisting",
    ];

    private static readonly string[] Noted = ["listModeratedReports"];

    // A blocked pair sees only this of each other: the list of blocks, and the messages they once wrote.
    private static readonly string[] Naming = ["listBlocks", "exportMe", "readReport"];

    // A member who blocks the other can still read what was said.
    private static readonly string[] Reading = ["getConnection", "listConnections by id", "readMessages", "readMessages by words"];

    public static TheoryData<string> Names { get; } = [.. AccessTable.Rows.Select(row => row.Name)];

    [Fact]
    public void Every_operation_has_a_row_and_every_row_an_operation()
    {
        var (operations, rows) = (
            Contract.Current.Operations.Select(operation => operation.Id).ToList(), AccessTable.Rows.Select(row => row.Operation).ToList());
        Assert.Equal([], operations.Except(rows).Select(operation => $"{operation} is in the contract, and nobody says who may call it"));
        Assert.Equal([], rows.Except(operations).Select(row => $"{row} is in the table only"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_caller_gets_the_answer_of_the_table_and_a_refusal_changes_nothing(string name)
    {
        var row = AccessTable.Rows.Single(row => row.Name == name);
        var operation = row.InContract;
        var isRead = operation.Method is "GET" or "HEAD";
        var wrong = new List<string>();
        // Refused callers come first, while the data that they must not change exists.
        var cells = AccessTable.Everybody.Select(caller => (Caller: caller, Must: AccessTable.MustBe(row, caller)))
            .OrderBy(cell => cell.Must.IsDone).ToList();
        // Operations without authentication accept every caller; the first is enough.
        var first = operation.IsOpen ? "no token" : "mine";
        fixture.Records.Changes();
        foreach (var (caller, must) in cells)
        {
            var (answer, tells, names) = await fixture.CallAsync(row, caller);
            var mustNotChange = isRead || !must.IsDone || !answer.IsDone;
            // A moderator's look at a message is noted, and nothing else.
            var changes = fixture.Records.Changes()
                .Where(change => !(Noted.Contains(row.Operation) && Records.IsLook(change))).ToList();
            if (answer != must)
            {
                wrong.Add($"{caller}: {answer}, and must be {must}");
            }

            if (mustNotChange && changes.Count > 0)
            {
                wrong.Add($"{caller}: {answer}, and changed {string.Join(", ", changes)}");
            }

            if (caller == first && !isRead && changes.Count == 0 && !Recordless.Contains(row.Operation))
            {
                wrong.Add($"{caller}: {answer}, and nothing changed: what the others must not change would not be noticed");
            }

            if (tells && caller is "stranger" or "role" && !operation.IsOpen)
            {
                wrong.Add($"{caller}: is shown what is between two others");
            }

            if (names && caller is "blocked" or "blocks" && answer.IsDone && !Naming.Contains(row.Operation)
                && !(caller == "blocks" && Reading.Contains(row.Name)))
            {
                wrong.Add($"{caller}: is shown who the other is");
            }
        }

        output.WriteLine($"{operation}: {cells.Count} cells");
        Assert.Equal([], wrong);
    }
}
