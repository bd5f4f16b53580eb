using System.Text.RegularExpressions;
using Connections.Emulators.Email;
using Connections.Notices;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>What members do with the links in their emails, and with their addresses.</summary>
internal sealed partial class Pair
{
    /// <summary>Accepts by the link in the email, without signing in. A link works once; used again, it
    /// shows the same answer for a while.</summary>
    public Task AcceptByLinkAsync(int who) => AnswerByLinkAsync(LifeAction.Accept, who, KeyValuePair.Create("answer", "accept"));

    /// <summary>Reports and blocks the inviter by the link in the email, without signing in.</summary>
    public async Task ReportByLinkAsync(int who)
    {
        if (await AnswerByLinkAsync(
            LifeAction.Block,
            who,
            KeyValuePair.Create("answer", "report"),
            KeyValuePair.Create("reason", "spam"),
            KeyValuePair.Create("details", "Everybody got it.")))
        {
            ledger.Reports[who]++;
        }
    }

    /// <summary>Asks for another address, which owes a link to it and a warning to the old one.</summary>
    public async Task AskForAddressAsync(int who)
    {
        var answer = await TryAsync(who, HttpMethod.Put, "/api/me/email", new { email = ledger.NewAddress(who) });
        Check(
            answer is null || answer.Body?["pending"]?["address"]?.ToString() == ledger.NewAddress(who) ? null : $"{answer.Body}",
            $"{who} address");
        if (answer is not null || (await MemberAsync(who))?.EmailChange is not null)
        {
            ledger.Emails.Owe($"{ledger.Members[who]}.1.{NoticeKind.ConfirmAddress}");
            ledger.Emails.Owe($"{ledger.Members[who]}.1.{NoticeKind.AddressWarning}");
        }
    }

    /// <summary>Confirms the address by the link in its email.</summary>
    public async Task ConfirmAddressAsync(int who)
    {
        var mails = await host.Services.GetRequiredService<LocalMail>().ListAsync(ledger.NewAddress(who), 1, default);
        var answer = await TryAsync(who: null, HttpMethod.Post, AddressLink().Match(mails[0].Text).Value);
        var isDone = (await MemberAsync(who)) is { EmailChange: null } member && member.Email == ledger.NewAddress(who);
        Check(answer is null || isDone ? null : $"{answer.Status}, and the address is as before", "the link");
    }

    [GeneratedRegex(@"/api/address-links/[\w-]+")]
    private static partial Regex AddressLink();

    private async Task<bool> AnswerByLinkAsync(LifeAction action, int who, params KeyValuePair<string, string>[] form)
    {
        var mails = await host.Services.GetRequiredService<LocalMail>().ListAsync($"{ledger.Members[who]}@example.com", 1, default);
        var link = Link().Match(mails[0].Text).Value;
        var answer = await TryAsync(who: null, HttpMethod.Post, link, new FormUrlEncodedContent(form));
        var (outcome, after) = ledger.Life.Do(action, who, Now);
        var isDone = outcome == ActionOutcome.Changed && await WasDoneAsync(after);
        Check(answer is null || isDone ? null : $"{answer.Status}, and nothing was done", "the link");
        if (isDone)
        {
            ledger.Did(action, who, Now);
        }

        return isDone;
    }

    [GeneratedRegex(@"/api/invite-links/[^\s?]+")]
    private static partial Regex Link();
}
