using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Access;

/// <summary>The access matrix: a row for each operation of the contract, with the answer that each caller must get.</summary>
/// <remarks>
/// Written from the specification and the contract, never from what the code does. <c>*</c> marks an operation that ends something, so that
/// each call of it that must succeed has its own scene. The relation of the caller and the other member is <c>nothing</c>, an <c>invite</c>
/// of the caller's, an invite <c>to me</c>, or a <c>talk</c>, in which the caller wrote message 1 and the other message 2. The columns:
/// <list type="bullet">
/// <item><c>mine</c>: the member the operation is for, or a moderator. It proves that each refusal beside it has the reason of its
/// column.</item>
/// <item><c>stranger</c>: a member without a relation to the two.</item>
/// <item><c>role</c>: a stranger with the role <c>admin</c>, or with similar roles for the operations of admins and moderators.</item>
/// <item><c>other</c>: the other member.</item>
/// <item><c>blocked</c>, <c>blocks</c>: the member, when the other blocks them, and when they block the other.</item>
/// <item><c>former</c>: the member, after the other has ended the connection.</item>
/// <item><c>erased</c>: the member, after they erased themselves.</item>
/// <item><c>alone</c>: the member, after the other erased themselves.</item>
/// </list>
/// </remarks>
internal static class AccessTable
{
    private const string Text = """
        operation              | between | mine | stranger | role | other | blocked | blocks | former | erased | alone
        readMyProfile          | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        changeMyProfile *      | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | 200    | 200
        readAvatar             | talk    | none | none     | none | none  | none    | none   | none   | none   | none
        eraseMe *              | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | left   | 204
        exportMe               | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readEmailPreferences   | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        changeEmailPreferences | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readPrivacy            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        changePrivacy          | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readMyEmail            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        changeMyEmail *        | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readSavedTexts         | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        changeSavedTexts       | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        findCreators           | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readFacets             | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readFacets of filter   | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readCreator            | talk    | 200  | 200      | 200  | 200   | none    | none   | 200    | left   | none
        listFavourites         | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        downloadFavourites     | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        listFavouriteLists     | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        readFavourite          | talk    | 200  | none     | none | none  | none    | none   | 200    | left   | none
        markFavourite *        | talk    | 204  | 204      | 204  | 204   | none    | none   | 204    | left   | none
        unmarkFavourite *      | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | left   | 204
        listDismissed          | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        dismissCreator         | talk    | 204  | 204      | 204  | 204   | none    | none   | 204    | left   | none
        takeCreatorBack        | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | left   | 204
        createFile             | talk    | 201  | 201      | 201  | 201   | 201     | 201    | 201    | left   | 201
        readFile               | talk    | 200  | none     | none | none  | 200     | 200    | 200    | left   | 200
        deleteFile *           | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | left   | 204
        listInvites            | invite  | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        sendInvite *           | nothing | 201  | 201      | 201  | self  | none    | none   | 201    | left   | none
        revokeInvite *         | invite  | 200  | none     | none | none  | none    | none   | late   | left   | late
        acceptInvite *         | to me   | 200  | none     | none | none  | none    | none   | late   | left   | late
        declineInvite *        | to me   | 200  | none     | none | none  | none    | none   | late   | left   | late
        listConnections        | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        listConnections ended  | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        listChanges            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        listConnections by id  | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        countUnread            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        getConnection          | talk    | 200  | none     | none | 200   | none    | 200    | 200    | left   | 200
        removeConnection *     | talk    | 200  | none     | none | 200   | none    | none   | 200    | left   | 200
        readMessages           | talk    | 200  | none     | none | 200   | none    | 200    | 200    | left   | 200
        readMessages by words  | talk    | 200  | none     | none | 200   | none    | 200    | 200    | left   | 200
        readMessage            | talk    | 200  | none     | none | 200   | none    | 200    | 200    | left   | none
        sendMessage            | talk    | 201  | none     | none | 201   | none    | none   | over   | left   | over
        sendMessages           | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        editMessage            | talk    | 200  | none     | none | other | none    | none   | over   | left   | over
        deleteMessage *        | talk    | 200  | none     | none | other | none    | none   | over   | left   | over
        readMessageFile        | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        setReaction            | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        removeReaction         | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        tellTyping             | talk    | 204  | none     | none | 204   | none    | none   | over   | left   | over
        readPresence           | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        markRead               | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        changeInbox            | talk    | 200  | none     | none | 200   | none    | none   | over   | left   | over
        getRealtimeAccess      | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        admitSocket            | talk    | pass | pass     | pass | pass  | pass    | pass   | pass   | pass   | pass
        allowSocketEvents      | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | 204    | 204
        listBlocks             | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | left   | 200
        blockMember *          | talk    | 204  | 204      | 204  | self  | 204     | 204    | 204    | left   | 204
        unblockMember *        | talk    | 204  | 204      | 204  | 204   | 204     | 204    | 204    | left   | 204
        sendReport             | talk    | 201  | 201      | 201  | self  | 201     | 201    | 201    | left   | 201
        sendReport of message  | talk    | 201  | none     | none | self  | 201     | 201    | 201    | left   | none
        readReport             | talk    | 200  | none     | none | none  | 200     | 200    | 200    | left   | 200
        listModeratedReports   | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        countModeratedReports  | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        readModeratedReport    | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        readReportedFile       | talk    | none | none     | none | none  | none    | none   | none   | none   | none
        decideReport *         | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        readModeratedMember    | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        readTrail              | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        suspendMember *        | talk    | 200  | none     | none | none  | none    | none   | none   | none   | none
        liftSuspension         | talk    | 204  | none     | none | none  | none    | none   | none   | none   | none
        liftUnlisting          | talk    | 204  | none     | none | none  | none    | none   | none   | none   | none
        loadCreators           | talk    | 200  | role     | role | role  | role    | role   | role   | left   | role
        showInviteLink         | to me   | 200  | 200      | 200  | 200   | gone    | gone   | gone   | gone   | gone
        answerInviteLink *     | to me   | 200  | 200      | 200  | 200   | gone    | gone   | gone   | gone   | gone
        showInviteLink report  | to me   | 200  | 200      | 200  | 200   | gone    | gone   | gone   | gone   | gone
        answerInviteLink report * | to me | 200 | 200     | 200  | 200   | gone    | gone   | gone   | gone   | gone
        showAddressLink        | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | gone   | 200
        confirmAddress *       | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | gone   | 200
        showUnsubscribe        | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | gone   | 200
        unsubscribe            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | gone   | 200
        getConfig              | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | 200    | 200
        getHealth              | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | 200    | 200
        showProblem            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | 200    | 200
        getContract            | talk    | 200  | 200      | 200  | 200   | 200     | 200    | 200    | 200    | 200
        """;

    /// <summary>What the words of the table stand for.</summary>
    private static readonly Dictionary<string, Expected> Words = new(StringComparer.Ordinal)
    {
        ["none"] = new(404, "not-found"),
        ["gone"] = new(404, null),
        ["self"] = new(400, "invalid-input"),
        ["over"] = new(409, "not-connected"),
        ["late"] = new(409, "invite-not-pending"),
        ["who"] = new(409, "profile-incomplete"),
        ["other"] = new(403, "not-your-message"),
        ["role"] = new(403, "forbidden"),
        ["left"] = new(410, "profile-erased"),
        // Only a socket's URL holds the pass that this needs: see SocketsTests.
        ["pass"] = new(403, "socket-refused"),
    };

    private static readonly Expected Unauthenticated = new(401, "unauthenticated");

    /// <summary>The columns for callers and for earlier events.</summary>
    public static IReadOnlyList<string> Callers { get; } = [.. Cells(Text.Split('\n')[0]).Skip(2)];

    /// <summary>The callers of every row: these, and the member with an invalid token.</summary>
    public static IReadOnlyList<string> Everybody { get; } = [.. BadTokens.All.Keys, .. Callers];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<AccessRow> Rows { get; } = [.. Text.Split('\n').Skip(1).Select(Row)];

    /// <summary>The answer that a caller must get. Operations without authentication ignore the token.</summary>
    public static Expected MustBe(AccessRow row, string caller) =>
        row.Answers.TryGetValue(caller, out var expected) ? expected
        : row.InContract.IsOpen ? row.Answers["mine"] : Unauthenticated;

    private static AccessRow Row(string line)
    {
        var cells = Cells(line);
        var name = cells[0].TrimEnd('*', ' ');
        return new AccessRow(
            name,
            name.Split(' ')[0],
            cells[1],
            cells[0].EndsWith('*'),
            Callers.Zip(cells.Skip(2)).ToDictionary(cell => cell.First, cell => Words.GetValueOrDefault(cell.Second)
                ?? new Expected(int.Parse(cell.Second, System.Globalization.CultureInfo.InvariantCulture), null)));
    }

    private static string[] Cells(string line) => line.Split('|', StringSplitOptions.TrimEntries);
}

/// <summary>A row of the table.</summary>
/// <param name="Name">The operation, and its variant if there are several.</param>
/// <param name="Operation">The operation's id in the contract.</param>
/// <param name="Between">The relation of the caller and the other member.</param>
/// <param name="Ends">Whether the call ends something that other calls need.</param>
/// <param name="Answers">The answer for each caller.</param>
internal sealed record AccessRow(string Name, string Operation, string Between, bool Ends, IReadOnlyDictionary<string, Expected> Answers)
{
    /// <summary>The operation in the contract.</summary>
    public OpenApi.Operation InContract => Contract.Current.Operations.Single(operation => operation.Id == Operation);
}

/// <summary>The status of an answer, and its problem if it is one.</summary>
internal sealed record Expected(int Status, string? Problem)
{
    /// <summary>Whether the call succeeds.</summary>
    public bool IsDone => Status < 300;

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Problem}".TrimEnd();
}
