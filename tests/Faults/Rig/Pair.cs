using System.Net;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults.Rig;

/// <summary>The clients of two members. They call, retry or give up calls without an answer, check
/// each answer, and keep the ledger.</summary>
internal sealed partial class Pair(FaultHost host, Ledger ledger, SoakReport report, Random random)
{
    // Far more than random faults make necessary.
    private const int MaxTries = 200;

    /// <summary>The probability that a caller gives up after a call without an answer.</summary>
    public double GivesUp { get; init; } = 0.3;

    /// <summary>The ledger of the pair.</summary>
    public Ledger Ledger => ledger;

    private DateTimeOffset Now => host.Time.GetUtcNow();

    /// <summary>Creates both profiles, as listed creators, so that each can invite the other.</summary>
    public async Task BeginAsync()
    {
        for (var who = 0; who < 2; who++)
        {
            await RenameAsync(who, ledger.Names[who]);
        }
    }

    /// <summary>Waits until all that followed so far is done.</summary>
    public Task SettleAsync() => host.DrainAsync();

    /// <summary>Lets time pass.</summary>
    public Task PassAsync(TimeSpan time) => host.PassAsync(time);

    /// <summary>Performs an action on the connection.</summary>
    public async Task DoAsync(LifeAction action, int who)
    {
        var (path, method) = (action, ledger.Id) switch
        {
            (LifeAction.Invite, _) => ("/api/invites", HttpMethod.Post),
            (LifeAction.Accept, var id) => ($"/api/invites/{id}/accept", HttpMethod.Post),
            (LifeAction.Decline, var id) => ($"/api/invites/{id}/decline", HttpMethod.Post),
            (LifeAction.Revoke, var id) => ($"/api/invites/{id}", HttpMethod.Delete),
            (LifeAction.Remove, var id) => ($"/api/connections/{id}", HttpMethod.Delete),
            (LifeAction.Block, _) => ($"/api/blocks/{ledger.Members[1 - who]}", HttpMethod.Put),
            (LifeAction.Unblock, _) => ($"/api/blocks/{ledger.Members[1 - who]}", HttpMethod.Delete),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No call does this."),
        };
        object? body = action switch
        {
            LifeAction.Invite => new { creatorId = ledger.Members[1 - who], note = "Shall we talk?" },
            LifeAction.Block => new { },
            _ => null,
        };
        var answer = await TryAsync(who, method, path, body);
        var (outcome, after) = ledger.Life.Do(action, who, Now);
        if (answer is not null)
        {
            Check(ActionAnswers.Mismatch(action, who, outcome, after, Now, answer), $"{who} {action}");
        }
        else if (outcome == ActionOutcome.Changed && !await WasDoneAsync(after))
        {
            return;
        }

        ledger.Did(action, who, Now);
        // Unblocking without a block writes nothing. So this member's row may still miss the other's
        // block, if the blocking call died halfway.
        var maySeeOldState = action == LifeAction.Unblock && outcome == ActionOutcome.Unchanged && after.At(Now) == PairState.Blocked;
        if (answer is not null && outcome is ActionOutcome.Changed or ActionOutcome.Unchanged && !maySeeOldState)
        {
            await CheckOwnViewAsync(who, $"{action}", seen => ShowsState(who, seen));
        }
    }

    /// <summary>Sends a message, with files of the sender's own, or as a reply.</summary>
    public async Task SendAsync(int who, string text, IReadOnlyList<string>? files = null, long? replyTo = null)
    {
        var clientId = $"{who}-{ledger.Messages.Count}-{random.Next()}";
        var body = new { clientId, text, files = files?.Select(id => new { id }), replyTo };
        var answer = await TryAsync(who, HttpMethod.Post, $"{Path}/messages", body);
        if (!IsAccepted(answer, who, "send"))
        {
            return;
        }

        var stored = answer is null
            ? await StoredAsync(store => store.FindByClientIdAsync(ledger.Id, ledger.Members[who], clientId, default))
            : null;
        var next = ledger.Messages.Count + 1;
        if (answer is not null)
        {
            Check(
                (long)answer["seq"] == next && answer["text"].ToString() == text ? null : $"message {answer["seq"]}, not {next}",
                $"{who} send");
        }

        if (answer is not null || stored is not null)
        {
            ledger.Messages.Add(new SentMessage(clientId, who, next, text) { Files = files ?? [], ReplyTo = replyTo });
            ledger.Arrived(1 - who);
        }

        if (answer is not null)
        {
            await CheckOwnViewAsync(who, $"message {next}", seen => Shows(ledger.Messages[next - 1], seen));
        }
    }

    /// <summary>Sends several messages in one call.</summary>
    public async Task SendAllAsync(int who, params string[] texts)
    {
        var drafts = texts.Select(text => (ClientId: $"{who}-{ledger.Messages.Count}-{random.Next()}", Text: text)).ToArray();
        var body = new { messages = drafts.Select(draft => new { clientId = draft.ClientId, text = draft.Text }) };
        var answer = await TryAsync(who, HttpMethod.Post, $"{Path}/messages/batch", body);
        if (!IsAccepted(answer, who, "send several"))
        {
            return;
        }

        // A call that died on the way has stored the first of them.
        foreach (var (index, (clientId, text)) in drafts.Index())
        {
            var result = answer?["results"][index];
            var next = ledger.Messages.Count + 1;
            if (answer is null
                ? await StoredAsync(store => store.FindByClientIdAsync(ledger.Id, ledger.Members[who], clientId, default)) is null
                : result?["message"] is null)
            {
                Check(answer is null ? null : $"{result}", $"{who} send several");
                break;
            }

            var message = result?["message"];
            Check(
                message is null || ((long)message["seq"]! == next && message["text"]!.ToString() == text) ? null : $"{message}, not {next}",
                $"{who} send several");
            ledger.Messages.Add(new SentMessage(clientId, who, next, text));
            ledger.Arrived(1 - who);
        }

        if (answer is not null)
        {
            await CheckOwnViewAsync(who, $"message {ledger.Messages.Count}", seen => Shows(ledger.Messages[^1], seen));
        }
    }

    /// <summary>Edits a message, or deletes it if <paramref name="text"/> is null.</summary>
    public async Task ChangeAsync(SentMessage sent, string? text)
    {
        var answer = text is null
            ? await TryAsync(sent.From, HttpMethod.Delete, $"{Path}/messages/{sent.Seq}")
            : await TryAsync(sent.From, HttpMethod.Patch, $"{Path}/messages/{sent.Seq}", new { text });
        var changed = text is null ? sent.Emptied() : sent with { Text = text };
        if (!IsAccepted(answer, sent.From, "change"))
        {
            return;
        }

        var stored = answer is null ? await StoredAsync(store => store.FindAsync(ledger.Id, sent.Seq, default)) : null;
        var isDone = answer is not null || (stored?.Text == changed.Text && (stored.Deleted ?? false) == changed.IsDeleted);
        if (answer is not null)
        {
            Check(
                answer["text"].ToString() == changed.Text ? null : $"the text {answer["text"]}, not {changed.Text}", $"{sent.From} change");
        }

        if (isDone)
        {
            ledger.Messages[(int)sent.Seq - 1] = changed;
        }

        if (answer is not null)
        {
            await CheckOwnViewAsync(sent.From, $"{changed}", seen => Shows(changed, seen));
        }
    }

    /// <summary>Moves a read mark.</summary>
    public async Task ReadAsync(int who, long seq)
    {
        var answer = await TryAsync(who, HttpMethod.Put, $"{Path}/read", new { seq });
        if (!IsAccepted(answer, who, "read"))
        {
            return;
        }

        var done = answer is not null ? (long)answer["readSeq"] : (await ReadMarkAsync(who));
        Check(answer is null || done >= seq ? null : $"read to {done}, not {seq}", $"{who} read");
        ledger.Emails.Allow(ledger.DigestId(who, ledger.Read[who]));
        var moved = done > ledger.Read[who];
        ledger.Read[who] = Math.Max(ledger.Read[who], done);
        await NoteReadAsync(who, seq, moved);
        if (answer is not null)
        {
            await CheckOwnViewAsync(who, $"read {seq}", seen => seen.Body?["readSeq"] is { } read && (long)read >= seq);
        }
    }

    /// <summary>Changes a profile to one without a picture.</summary>
    public async Task RenameAsync(int who, string name)
    {
        var answer = await TryAsync(who, HttpMethod.Put, "/api/me", ProfileOf(who, name));
        Check(answer is null || answer.Status == HttpStatusCode.OK ? null : $"{answer.Status}", $"{who} profile");
        if (answer is not null || await MemberAsync(who) is { AvatarUrl: null } member && member.DisplayName == name)
        {
            ledger.Names[who] = name;
            ledger.Avatars[who] = null;
        }
    }

    private object ProfileOf(int who, string name, string? avatar = null) => new
    {
        kind = "creator",
        displayName = name,
        handle = ledger.Members[who].Value.Replace("-", "", StringComparison.Ordinal),
        headline = "Long trails",
        categories = new[] { "travel" },
        platforms = new[] { new { name = "instagram", handle = "trails", followers = 52000, engagement = 0.034 } },
        listed = true,
        avatar,
    };

    /// <summary>Marks the other member as a favourite.</summary>
    public async Task MarkFavouriteAsync(int who) =>
        ledger.Favourites[who] = await MarkAsync(who, "favourites")
            ? 1
            : (await StoredPair.ReadAsync(host, ledger)).Favourites[ledger.Members[who]];

    /// <summary>Puts the other member away.</summary>
    public async Task PutAwayAsync(int who) =>
        ledger.HasPutAway[who] = await MarkAsync(who, "dismissed") || await IsAwayAsync(who);

    /// <summary>Takes the other member back, whom they may have put away or not.</summary>
    public async Task TakeBackAsync(int who)
    {
        var answer = await TryAsync(who, HttpMethod.Delete, $"/api/dismissed/{ledger.Members[1 - who]}");
        Check(answer is null or { Status: HttpStatusCode.NoContent } ? null : $"{answer.Status}, not 204", $"{who} take back");
        ledger.HasPutAway[who] = answer is null && await IsAwayAsync(who);
    }

    private async Task<bool> IsAwayAsync(int who) => (await StoredPair.ReadAsync(host, ledger)).Dismissed[ledger.Members[who]] > 0;

    /// <summary>Marks the other member in a list of theirs. True where the answer says so; without it, it may have been done.</summary>
    private async Task<bool> MarkAsync(int who, string list)
    {
        var expected = ledger.Life.At(Now) == PairState.Blocked ? HttpStatusCode.NotFound : HttpStatusCode.NoContent;
        Answer? answer;
        bool isOwed;
        do
        {
            // A block that was made or lifted by a call without an answer may not have reached this member's row yet.
            isOwed = await RecordAsync() is { OwedSince: not null };
            answer = await TryAsync(who, HttpMethod.Put, $"/api/{list}/{ledger.Members[1 - who]}");
        }
        while (isOwed && answer is not null && answer.Status != expected);

        Check(answer is null || answer.Status == expected ? null : $"{answer.Status}, not {expected}", $"{who} {list}");
        return answer is not null && expected == HttpStatusCode.NoContent;
    }

    /// <summary>Erases a profile.</summary>
    public async Task EraseAsync(int who)
    {
        var answer = await TryAsync(who, HttpMethod.Delete, "/api/me");
        // An earlier try may have erased it.
        Check(
            answer is null or { Status: HttpStatusCode.NoContent } or { Problem: "profile-erased" } ? null : $"{answer.Status}",
            $"{who} erase");
        if (answer is not null || (await MemberAsync(who))?.ErasedAt is not null)
        {
            ledger.Erased(who, Now);
        }
    }
}
