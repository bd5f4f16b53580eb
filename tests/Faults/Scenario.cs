using Connections.Files;
using Connections.Tests.Faults.Life;
using Connections.Tests.Faults.Rig;

namespace Connections.Tests.Faults;

/// <summary>An action of a member or of the clock, with its preparation.</summary>
/// <param name="Name">The name of the action.</param>
/// <param name="Prepare">Creates the data that the action starts from.</param>
/// <param name="Act">Performs the action.</param>
/// <param name="IsFeedAway">Whether the change feed fails meanwhile, so that the sweepers have all the work.</param>
/// <param name="IsSweepOfFiles">Whether the hourly sweep of files is what happens.</param>
internal sealed record Scenario(
    string Name, Func<Pair, Task> Prepare, Func<FaultHost, Pair, Task> Act, bool IsFeedAway = false, bool IsSweepOfFiles = false)
{
    private const string Heart = "heart";

    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("invite", pair => pair.BeginAsync(), (_, pair) => pair.DoAsync(LifeAction.Invite, 0)),
        new("accept", InvitedAsync, (_, pair) => pair.DoAsync(LifeAction.Accept, 1)),
        new("accept by link", InvitedAsync, (_, pair) => pair.AcceptByLinkAsync(1)),
        new("report by link", InvitedAsync, (_, pair) => pair.ReportByLinkAsync(1)),
        new("report by link, swept", InvitedAsync, (_, pair) => pair.ReportByLinkAsync(1), IsFeedAway: true),
        new("decide", ReportedAsync, (_, pair) => pair.DecideAsync(1, "suspend")),
        new("decide, swept", ReportedAsync, (_, pair) => pair.DecideAsync(1, "warn"), IsFeedAway: true),
        new("suspend", InvitedAsync, (_, pair) => pair.SuspendAsync(0)),
        new("suspend, swept", ConnectedAsync, (_, pair) => pair.SuspendAsync(1), IsFeedAway: true),
        new("lift a suspension", SuspendedAsync, (_, pair) => pair.LiftSuspensionAsync(0)),
        new("another address", pair => pair.BeginAsync(), (_, pair) => pair.AskForAddressAsync(1)),
        new("another address, swept", pair => pair.BeginAsync(), (_, pair) => pair.AskForAddressAsync(1), IsFeedAway: true),
        new("confirm an address", AskedAsync, (_, pair) => pair.ConfirmAddressAsync(1)),
        new("decline", InvitedAsync, (_, pair) => pair.DoAsync(LifeAction.Decline, 1)),
        new("revoke", InvitedAsync, (_, pair) => pair.DoAsync(LifeAction.Revoke, 0)),
        new("remove", ConnectedAsync, (_, pair) => pair.DoAsync(LifeAction.Remove, 1)),
        new("block", ConnectedAsync, (_, pair) => pair.DoAsync(LifeAction.Block, 1)),
        new("send", ConnectedAsync, (_, pair) => pair.SendAsync(0, "Hello")),
        new("send several", ConnectedAsync, (_, pair) => pair.SendAllAsync(0, "Hello", "Are you there?", "Then later")),
        new("edit", TalkedAsync, (_, pair) => pair.ChangeAsync(pair.Ledger.Messages[^1], "Hello again")),
        new("delete", TalkedAsync, (_, pair) => pair.ChangeAsync(pair.Ledger.Messages[^1], null)),
        new("read mark", TalkedAsync, (_, pair) => pair.ReadAsync(1, pair.Ledger.Messages.Count)),
        new("erase", TalkedAsync, (_, pair) => pair.EraseAsync(1)),
        new("profile", ConnectedAsync, (_, pair) => pair.RenameAsync(1, "Bobby")),
        new("digest", TalkedAsync, (host, _) => host.PassAsync(TimeSpan.FromMinutes(16))),
        new("reminder", InvitedAsync, (host, _) => host.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1))),
        new("invite, swept", pair => pair.BeginAsync(), (_, pair) => pair.DoAsync(LifeAction.Invite, 0), IsFeedAway: true),
        new("send, swept", ConnectedAsync, (_, pair) => pair.SendAsync(0, "Hello"), IsFeedAway: true),
        new("erase, swept", TalkedAsync, (_, pair) => pair.EraseAsync(1), IsFeedAway: true),
        new("expiry", InvitedAsync, (host, pair) => ExpireAsync(host, pair)),
        new("upload", ConnectedAsync, (_, pair) => pair.UploadAsync(0)),
        new("send files", FileAsync, (_, pair) => pair.SendFileAsync(0, "", pair.Ledger.File)),
        new("delete files", SentFileAsync, (_, pair) => pair.ChangeAsync(pair.Ledger.Messages[^1], null)),
        new("report files", SentFileAsync, (_, pair) => ReportAndDeleteAsync(pair)),
        new("a file without its message", LostFileAsync, (host, _) => host.PassDayAsync(), IsSweepOfFiles: true),
        new("picture", PictureAsync, (_, pair) => pair.ShowPictureAsync(0, pair.Ledger.File)),
        new("no picture", PictureAsync, (_, pair) => pair.RenameAsync(0, "Ada")),
        new("erase files", KeptFileAsync, (_, pair) => pair.EraseAsync(0)),
        new("react", TalkedAsync, (_, pair) => ReactAsync(pair)),
        new("reply", TalkedAsync, (_, pair) => pair.SendAsync(1, "Yes", replyTo: 1)),
        new("archive", TalkedAsync, (_, pair) => ArchiveAsync(pair)),
        new("a message to an archive", ArchivedAsync, (_, pair) => pair.SendAsync(0, "Hello?")),
        new("files to an archive", ArchivedAsync, (_, pair) => pair.SendFileAsync(0, "")),
        new("pin", TalkedAsync, (_, pair) => PinAsync(pair)),
        new("unmute", MutedAsync, (_, pair) => pair.MuteAsync(1, muted: false)),
        new("saved texts", ConnectedAsync, (_, pair) => SaveTextsAsync(pair)),
    ];

    private static async Task InvitedAsync(Pair pair)
    {
        await pair.BeginAsync();
        await pair.DoAsync(LifeAction.Invite, 0);
    }

    private static async Task ReportedAsync(Pair pair)
    {
        await InvitedAsync(pair);
        // The link is in the email.
        await pair.SettleAsync();
        await pair.ReportByLinkAsync(1);
    }

    private static async Task SuspendedAsync(Pair pair)
    {
        await InvitedAsync(pair);
        // Otherwise its email would wait.
        await pair.SettleAsync();
        await pair.SuspendAsync(0);
    }

    private static async Task AskedAsync(Pair pair)
    {
        await pair.BeginAsync();
        await pair.AskForAddressAsync(1);
    }

    private static async Task ConnectedAsync(Pair pair)
    {
        await InvitedAsync(pair);
        await pair.DoAsync(LifeAction.Accept, 1);
        await pair.MarkFavouriteAsync(1);
        await pair.PutAwayAsync(1);
    }

    private static async Task TalkedAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        await pair.SendAsync(1, "Hi");
        await pair.SendAsync(0, "Are you there?");
    }

    private static async Task FileAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        pair.Ledger.File = (await pair.UploadAsync(0))!;
        await pair.SettleAsync();
    }

    private static async Task SentFileAsync(Pair pair)
    {
        await TalkedAsync(pair);
        await pair.SendFileAsync(0, "Look");
        await pair.SettleAsync();
    }

    private static async Task LostFileAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        await pair.SettleAsync();
        await pair.LoseFileAsync(0);
    }

    // Ada shows a picture, and has uploaded another.
    private static async Task PictureAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        await ShowPictureAsync(pair);
    }

    private static async Task ShowPictureAsync(Pair pair)
    {
        var first = (await pair.UploadAsync(0, FilePurpose.Avatar))!;
        pair.Ledger.File = (await pair.UploadAsync(0, FilePurpose.Avatar))!;
        await pair.SettleAsync();
        await pair.ShowPictureAsync(0, first);
        await pair.SettleAsync();
    }

    // All that goes with a profile.
    private static async Task KeptFileAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        await pair.SendFileAsync(0, "Look");
        await pair.SettleAsync();
        await pair.ReactAsync(1, pair.Ledger.Messages[0], Heart);
        await pair.ReportAsync(1, pair.Ledger.Messages[0]);
        await pair.SaveTextsAsync(0, "We would love to");
        await pair.LoseFileAsync(0);
        await ShowPictureAsync(pair);
    }

    private static async Task ArchivedAsync(Pair pair)
    {
        await TalkedAsync(pair);
        await pair.SettleAsync();
        await pair.ArchiveAsync(1);
    }

    private static async Task MutedAsync(Pair pair)
    {
        await TalkedAsync(pair);
        await pair.MuteAsync(1, muted: true);
        // The email is due, and dropped.
        await pair.PassAsync(TimeSpan.FromMinutes(16));
    }

    // The message is gone as soon as it is reported.
    private static async Task ReportAndDeleteAsync(Pair pair)
    {
        await pair.ReportAsync(1, pair.Ledger.Messages[^1]);
        await pair.ChangeAsync(pair.Ledger.Messages[^1], null);
    }

    private static async Task ReactAsync(Pair pair)
    {
        await pair.ReactAsync(0, pair.Ledger.Messages[0], Heart);
        await pair.ReactAsync(0, pair.Ledger.Messages[0], "laugh");
        await pair.ReactAsync(1, pair.Ledger.Messages[^1], Heart);
        await pair.ReactAsync(0, pair.Ledger.Messages[0], null);
    }

    private static async Task ArchiveAsync(Pair pair)
    {
        await pair.ArchiveAsync(1);
        await pair.BringBackAsync(1);
        await pair.ArchiveAsync(1);
    }

    private static async Task PinAsync(Pair pair)
    {
        await pair.PinAsync(1, pinned: true);
        await pair.PinAsync(1, pinned: false);
        await pair.PinAsync(1, pinned: true);
        await pair.MarkUnreadAsync(1);
        await pair.MuteAsync(1, muted: true);
    }

    private static async Task SaveTextsAsync(Pair pair)
    {
        await pair.SaveTextsAsync(0, "We would love to", "Thank you");
        await pair.SaveTextsAsync(0);
        await pair.SaveTextsAsync(0, "Thank you");
    }

    private static async Task ExpireAsync(FaultHost host, Pair pair)
    {
        await host.PassAsync(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        pair.Ledger.Did(LifeAction.Expire, 0, host.Time.GetUtcNow());
    }
}
