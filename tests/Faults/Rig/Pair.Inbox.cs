using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat.SavedTexts;
using Connections.Invites.Contacts;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>How members react, keep their inbox, and save texts.</summary>
internal sealed partial class Pair
{
    /// <summary>Reacts to a message, or takes the reaction back if <paramref name="kind"/> is null.</summary>
    public async Task ReactAsync(int who, SentMessage message, string? kind)
    {
        var path = $"{Path}/messages/{message.Seq}/reaction";
        var answer = kind is null
            ? await TryAsync(who, HttpMethod.Delete, path)
            : await TryAsync(who, HttpMethod.Put, path, new { kind });
        if (!IsAccepted(answer, who, "react"))
        {
            return;
        }

        var member = ledger.Members[who];
        var shown = answer is null
            ? (await StoredAsync(store => store.FindAsync(ledger.Id, message.Seq, default)))?.ReactionOf(member)
            : (answer.Body?["reactions"] as JsonArray)?.FirstOrDefault(one => $"{one!["by"]}" == member.Value)?["kind"]?.ToString();
        Check(answer is null || shown == kind ? null : $"{shown}, not {kind}", $"{who} react");
        if (shown == kind)
        {
            ledger.Messages[(int)message.Seq - 1] = ledger.Messages[(int)message.Seq - 1].With(who, kind);
        }
    }

    /// <summary>Archives the conversation.</summary>
    public async Task ArchiveAsync(int who)
    {
        // A message that the row does not show yet brings it back.
        var isCertain = await IsUpToDateAsync(who);
        await ChangeInboxAsync(
            who, new { archived = true }, flags => flags with { Archived = isCertain ? true : null, Pinned = false });
    }

    /// <summary>Brings the conversation back.</summary>
    public Task BringBackAsync(int who) => ChangeInboxAsync(who, new { archived = false }, flags => flags with { Archived = false });

    /// <summary>Pins the conversation, or gives the pin up.</summary>
    public Task PinAsync(int who, bool pinned) => ChangeInboxAsync(
        who, new { pinned }, flags => flags with { Pinned = pinned, Archived = pinned ? false : flags.Archived });

    /// <summary>Mutes the conversation, or ends that.</summary>
    public Task MuteAsync(int who, bool muted) => ChangeInboxAsync(who, new { muted }, flags => flags with { Muted = muted });

    /// <summary>Marks the conversation as unread.</summary>
    public Task MarkUnreadAsync(int who) =>
        ChangeInboxAsync(who, new { markedUnread = true }, flags => flags with { MarkedUnread = true });

    /// <summary>Replaces the saved texts.</summary>
    public async Task SaveTextsAsync(int who, params string[] texts)
    {
        var answer = await TryAsync(who, HttpMethod.Put, "/api/me/saved-texts", new { value = texts.Select(text => new { text }) });
        Check(answer is null || answer.Status == HttpStatusCode.OK ? null : $"{answer.Body}", $"{who} saved texts");
        if (answer is not null || (await SavedAsync(who)).SequenceEqual(texts))
        {
            ledger.Saved[who] = texts;
        }
    }

    private async Task<IReadOnlyList<string>> SavedAsync(int who) =>
        (await StoredPair.ReadAsync(host, ledger)).Saved[ledger.Members[who]];

    private Task<ContactRow?> RowAsync(int who) => host.LookAsync(services =>
        services.GetRequiredService<ContactStore>().FindAsync(ledger.Members[who], ledger.Id, default));

    private async Task<bool> IsUpToDateAsync(int who) => ledger.Messages.Count == 0
        || (await StoredAsync(store => store.LastAsync(ledger.Id, default)) is { } last
            && (await RowAsync(who))?.Chat == last.ViewFor(ledger.Members[who]));

    private async Task ChangeInboxAsync(int who, object change, Func<InboxFlags, InboxFlags> after)
    {
        var answer = await TryAsync(who, HttpMethod.Put, $"{Path}/inbox", change);
        if (answer?.Problem == "pin-limit")
        {
            // The room of a call that died is found again after a minute.
            report.Count("pins without room");
            return;
        }

        if (!IsAccepted(answer, who, "inbox"))
        {
            return;
        }

        var expected = after(ledger.Inbox[who]);
        var shown = answer is null ? FlagsOf(await RowAsync(who)) : FlagsOf(answer.Body!);
        var isDone = shown == (expected with { Archived = expected.Archived ?? shown.Archived });
        // Of a flag that may have been taken away meanwhile, the rest counts.
        Check(answer is null || isDone || ledger.Inbox[who].Archived is null ? null : $"{shown}, not {expected}", $"{who} inbox");
        if (answer is not null || isDone)
        {
            ledger.Inbox[who] = expected;
        }
    }

    /// <summary>Notes that a member has read up to a message; if that leaves open whether a mark is gone, the row says so.</summary>
    private async Task NoteReadAsync(int who, long seq, bool moved)
    {
        var last = ledger.Messages.Count;
        if (ledger.Inbox[who].MarkedUnread && ledger.Life.At(Now) == PairState.Connected)
        {
            var isGone = moved || seq >= last || (await RowAsync(who))?.MarkedUnread is not true;
            ledger.Inbox[who] = ledger.Inbox[who] with { MarkedUnread = !isGone };
        }
    }

    private static InboxFlags FlagsOf(ContactRow? row) =>
        new(row?.Archived ?? false, row?.Pinned ?? false, row?.Muted ?? false, row?.MarkedUnread ?? false);

    private static InboxFlags FlagsOf(JsonNode contact)
    {
        bool Is(string flag) => (bool?)contact[flag] ?? false;
        return new(Is("archived"), Is("pinned"), Is("muted"), Is("markedUnread"));
    }
}
