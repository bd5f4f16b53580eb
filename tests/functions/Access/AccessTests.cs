using Connections.Tests.Functions.OpenApi;
using Xunit.Abstractions;

namespace Connections.Tests.Functions.Access;

/// <summary>Every operation of the contract, called by everybody who could: what each is answered, and that a refusal changes nothing.</summary>
public sealed class AccessTests(AccessFixture fixture, ITestOutputHelper output) : IClassFixture<AccessFixture>
{
    // What a call of these that succeeds leaves no record of, the first time that it is made here.
    private static readonly string[] Recordless = ["unmarkFavourite", "unblockMember", "getRealtimeAccess"];

    public static TheoryData<string> Names { get; } = [.. AccessTable.Rows.Select(row => row.Name)];

    [Fact]
    public void Every_operation_has_a_row_and_every_row_an_operation()
    {
        var (operations, rows) = (Contract.Current.Operations.Select(operation => operation.Id).ToList(), AccessTable.Rows.Select(row => row.Operation).ToList());
        Assert.Equal([], operations.Except(rows).Select(operation => $"{operation} is in the contract, and nobody says who may call it"));
        Assert.Equal([], rows.Except(operations).Select(row => $"{row} is in the table only"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_caller_gets_the_answer_of_the_table_and_a_refusal_changes_nothing(string name)
    {
        var row = AccessTable.Rows.Single(row => row.Name == name);
        var operation = Contract.Current.Operations.Single(operation => operation.Id == row.Operation);
        var isRead = operation.Method is "GET" or "HEAD";
        var wrong = new List<string>();
        // Those who are refused come first, while what they must not change is still there.
        var cells = BadTokens.All.Keys.Select(token => (Caller: token, Must: operation.IsOpen ? row.Answers["mine"] : AccessTable.Unauthenticated))
            .Where(cell => !cell.Must.IsDone || isRead)
            .Concat(AccessTable.Callers.Select(caller => (Caller: caller, Must: row.Answers[caller])).OrderBy(cell => cell.Must.IsDone))
            .ToList();
        fixture.Records.Changes();
        foreach (var (caller, must) in cells)
        {
            var (answer, tells) = await fixture.CallAsync(row, caller);
            var mustNotChange = isRead || !must.IsDone || !answer.IsDone;
            var changes = fixture.Records.Changes();
            if (answer != must)
            {
                wrong.Add($"{caller}: {answer}, and must be {must}");
            }

            if (mustNotChange && changes.Count > 0)
            {
                wrong.Add($"{caller}: {answer}, and changed {string.Join(", ", changes)}");
            }

            if (caller == "mine" && !isRead && changes.Count == 0 && !Recordless.Contains(row.Operation))
            {
                wrong.Add($"{caller}: {answer}, and nothing changed: what the others must not change would not be noticed");
            }

            if (tells && caller is "stranger" or "role" && !operation.IsOpen)
            {
                wrong.Add($"{caller}: is shown what is between two others");
            }
        }

        output.WriteLine($"{operation}: {cells.Count} cells");
        Assert.Equal([], wrong);
    }
}
