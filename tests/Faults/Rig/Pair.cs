using System.Net;
using System.Text.RegularExpressions;
using Connections.Local.Mail;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>Two members' clients: they call, repeat what was not answered or give it up, look whether each answer is true, and keep the ledger.</summary>
internal sealed partial class Pair(FaultHost host, Ledger ledger, Tally tally, Random chance)
{
    // Far more than faults at random can make of one call.
    private const int MaxTries = 200;

    /// <summary>How likely a caller gives a call up each time that it is not answered.</summary>
    public double GivesUp { get; init; } = 0.3;

    /// <summary>What they were promised.</summary>
    public Ledger Ledger => ledger;

    private DateTimeOffset Now => host.Time.GetUtcNow();

    /// <summary>Both make a profile; two listed creators, so that each can invite the other.</summary>
    public async Task BeginAsync()
    {
        for (var who = 0; who < 2; who++)
        {
            await RenameAsync(who, ledger.Names[who]);
        }
    }

    /// <summary>One of the two does something with their connection.</summary>
    public async Task DoAsync(Deed deed, int who)
    {
        var (path, method) = (deed, ledger.Id) switch
        {
            (Deed.Invite, _) => ("/api/invites", HttpMethod.Post),
            (Deed.Accept, var id) => ($"/api/invites/{id}/accept", HttpMethod.Post),
            (Deed.Decline, var id) => ($"/api/invites/{id}/decline", HttpMethod.Post),
            (Deed.Revoke, var id) => ($"/api/invites/{id}", HttpMethod.Delete),
            (Deed.Remove, var id) => ($"/api/connections/{id}", HttpMethod.Delete),
            (Deed.Block, _) => ($"/api/blocks/{ledger.Members[1 - who]}", HttpMethod.Put),
            (Deed.Unblock, _) => ($"/api/blocks/{ledger.Members[1 - who]}", HttpMethod.Delete),
            _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "No call does this."),
        };
        object? body = deed switch { Deed.Invite => new { creatorId = ledger.Members[1 - who], note = "Shall we talk?" }, Deed.Block => new { }, _ => null };
        var answer = await TryAsync(who, method, path, body);
        var (verdict, after) = ledger.Life.Do(deed, who, Now);
        if (answer is not null)
        {
            Check(DeedAnswers.Mismatch(deed, who, verdict, after, Now, answer), $"{who} {deed}");
        }
        else if (verdict == Verdict.Moved && !await WasDoneAsync(after))
        {
            return;
        }

        ledger.Did(deed, who, Now);
        // Whoever lifts no block has written nothing, and is not told by it of the other's, whose own call may have died before this member's row.
        var isUntold = deed == Deed.Unblock && verdict == Verdict.Same && after.At(Now) == Standing.Blocked;
        if (answer is not null && verdict is Verdict.Moved or Verdict.Same && !isUntold)
        {
            await SeeOwnAsync(who, $"{deed}", ShowsStanding);
        }
    }

    /// <summary>One says something to the other.</summary>
    public async Task SayAsync(int who, string text)
    {
        var clientId = $"{who}-{ledger.Messages.Count}-{chance.Next()}";
        var answer = await TryAsync(who, HttpMethod.Post, $"{Path}/messages", new { clientId, text });
        if (!IsTalk(answer, who, "send"))
        {
            return;
        }

        var stored = answer is null ? await StoredAsync(store => store.FindByClientIdAsync(ledger.Id, ledger.Members[who], clientId, default)) : null;
        var next = ledger.Messages.Count + 1;
        if (answer is not null)
        {
            Check((long)answer["seq"] == next && answer["text"].ToString() == text ? null : $"message {answer["seq"]}, not {next}", $"{who} send");
        }

        if (answer is not null || stored is not null)
        {
            ledger.Messages.Add(new Said(clientId, who, next, text));
        }

        if (answer is not null)
        {
            await SeeOwnAsync(who, $"message {next}", seen => Shows(ledger.Messages[next - 1], seen));
        }
    }

    /// <summary>Somebody gives their message another text, or takes it away where that is null.</summary>
    public async Task ChangeAsync(Said said, string? text)
    {
        var answer = text is null
            ? await TryAsync(said.From, HttpMethod.Delete, $"{Path}/messages/{said.Seq}")
            : await TryAsync(said.From, HttpMethod.Patch, $"{Path}/messages/{said.Seq}", new { text });
        var changed = said with { Text = text ?? "", IsDeleted = text is null };
        if (!IsTalk(answer, said.From, "change"))
        {
            return;
        }

        var isDone = answer is not null || (await StoredAsync(store => store.FindAsync(ledger.Id, said.Seq, default)))?.Text == changed.Text;
        if (answer is not null)
        {
            Check(answer["text"].ToString() == changed.Text ? null : $"the text {answer["text"]}, not {changed.Text}", $"{said.From} change");
        }

        if (isDone)
        {
            ledger.Messages[(int)said.Seq - 1] = changed;
        }

        if (answer is not null)
        {
            await SeeOwnAsync(said.From, $"{changed}", seen => Shows(changed, seen));
        }
    }

    /// <summary>One has read up to a message.</summary>
    public async Task ReadAsync(int who, long seq)
    {
        var answer = await TryAsync(who, HttpMethod.Put, $"{Path}/read", new { seq });
        if (!IsTalk(answer, who, "read"))
        {
            return;
        }

        var done = answer is not null ? (long)answer["readSeq"] : (await RecordAsync())!.ReadOf(ledger.Members[who]).Seq;
        Check(answer is null || done >= seq ? null : $"read to {done}, not {seq}", $"{who} read");
        ledger.Emails.Allow(ledger.DigestId(who, ledger.Read[who]));
        ledger.Read[who] = Math.Max(ledger.Read[who], done);
        if (answer is not null)
        {
            await SeeOwnAsync(who, $"read {seq}", seen => seen.Body?["readSeq"] is { } read && (long)read >= seq);
        }
    }

    /// <summary>One changes what others see of them.</summary>
    public async Task RenameAsync(int who, string name)
    {
        var answer = await TryAsync(who, HttpMethod.Put, "/api/me", new
        {
            kind = "creator",
            displayName = name,
            handle = ledger.Members[who].Value.Replace("-", "", StringComparison.Ordinal),
            headline = "Long trails",
            categories = new[] { "travel" },
            platforms = new[] { new { name = "instagram", handle = "trails", followers = 52000, engagement = 0.034 } },
            listed = true,
        });
        Check(answer is null || answer.Status == HttpStatusCode.OK ? null : $"{answer.Status}", $"{who} profile");
        if (answer is not null || (await MemberAsync(who))?.DisplayName == name)
        {
            ledger.Names[who] = name;
        }
    }

    /// <summary>One marks the other as a favourite.</summary>
    public async Task FavourAsync(int who)
    {
        var answer = await TryAsync(who, HttpMethod.Put, $"/api/favourites/{ledger.Members[1 - who]}", new { });
        var expected = ledger.Life.At(Now) == Standing.Blocked ? HttpStatusCode.NotFound : HttpStatusCode.NoContent;
        Check(answer is null || answer.Status == expected ? null : $"{answer.Status}, not {expected}", $"{who} favourite");
        ledger.Favourites[who] = answer is not null && expected == HttpStatusCode.NoContent ? 1 : (await Truth.ReadAsync(host, ledger)).Favourites[ledger.Members[who]];
    }

    /// <summary>The invitee accepts by the link in their email, without signing in. A link works once: repeated, it shows the same answer for a while.</summary>
    public async Task AcceptByLinkAsync(int who)
    {
        var mails = await host.Services.GetRequiredService<LocalMail>().ListAsync($"{ledger.Members[who]}@example.com", 1, default);
        var link = Link().Match(mails[0].Text).Value;
        var answer = await TryAsync(who: null, HttpMethod.Post, link, new FormUrlEncodedContent([new("answer", "accept")]));
        var (verdict, after) = ledger.Life.Do(Deed.Accept, who, Now);
        var isDone = verdict == Verdict.Moved && await WasDoneAsync(after);
        Check(answer is null || isDone ? null : $"{answer.Status}, and nothing was done", "the link");
        if (isDone)
        {
            ledger.Did(Deed.Accept, who, Now);
        }
    }

    [GeneratedRegex(@"/api/invite-links/[^\s?]+")]
    private static partial Regex Link();

    /// <summary>One erases their profile.</summary>
    public async Task EraseAsync(int who)
    {
        var answer = await TryAsync(who, HttpMethod.Delete, "/api/me");
        // An earlier try may have done it.
        Check(answer is null or { Status: HttpStatusCode.NoContent } or { Problem: "profile-erased" } ? null : $"{answer.Status}", $"{who} erase");
        if (answer is not null || (await MemberAsync(who))?.ErasedAt is not null)
        {
            ledger.Erased(who, Now);
        }
    }
}
