using System.Globalization;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Safety;

namespace Connections.Email.Pages;

/// <summary>The content of the page behind an invite email's link.</summary>
/// <param name="Language">BCP 47; English is used for a language without sentences.</param>
public abstract record InvitePageView(string? Language)
{
    /// <summary>The invite, with a button for each answer.</summary>
    /// <param name="Sender">The inviter.</param>
    /// <param name="ProfileUrl">The inviter's profile in the web client.</param>
    /// <param name="Note">The inviter's words; shown as a quotation.</param>
    /// <param name="ExpiresAt">The end of the invite.</param>
    /// <param name="Suggested">The answer that the followed link was for; its button is the prominent one.</param>
    /// <param name="Now">The time, from which the days count that the invitee can choose.</param>
    /// <param name="ReportUrl">The page that reports and blocks the inviter.</param>
    /// <param name="Language">The invitee's language.</param>
    public sealed record Open(
        Person Sender,
        Uri ProfileUrl,
        string? Note,
        DateTimeOffset ExpiresAt,
        InviteAnswer Suggested,
        DateTimeOffset Now,
        Uri ReportUrl,
        string? Language) : InvitePageView(Language);

    /// <summary>The form that reports and blocks the inviter.</summary>
    /// <param name="Sender">The inviter.</param>
    /// <param name="MaxDetails">The longest details, in characters.</param>
    /// <param name="BackUrl">The page with the invite.</param>
    /// <param name="Language">The invitee's language.</param>
    public sealed record Report(Person Sender, int MaxDetails, Uri BackUrl, string? Language) : InvitePageView(Language);

    /// <summary>The invitee has answered.</summary>
    /// <param name="Answer">The answer.</param>
    /// <param name="Sender">The inviter.</param>
    /// <param name="OpenUrl">The conversation, the list of blocked members, or the start page of the web client.</param>
    /// <param name="Language">The invitee's language.</param>
    public sealed record Answered(InviteAnswer Answer, Person Sender, Uri OpenUrl, string? Language) : InvitePageView(Language);

    /// <summary>The link does not work. The page does not tell a used link from an expired, revoked or unknown link.</summary>
    /// <param name="OpenUrl">The start page of the web client.</param>
    /// <param name="Language">The browser's language, because the invitee's would tell that the invite exists.</param>
    public sealed record Gone(Uri OpenUrl, string? Language) : InvitePageView(Language);
}

/// <summary>Renders the page behind an invite email's link. Pure; safe to call from many threads.</summary>
public sealed class InvitePage(Templates templates)
{
    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The page with its security headers; 404 for <see cref="InvitePageView.Gone"/>, otherwise 200.</summary>
    public IResult Render(InvitePageView view)
    {
        var sentences = Sentences.For(view.Language);
        var model = Model.In(sentences);
        switch (view)
        {
            case InvitePageView.Open open:
                model.AddSender(open.Sender, open.Note, open.ProfileUrl);
                model["expires"] = sentences.Date(open.ExpiresAt);
                model["declines"] = open.Suggested == InviteAnswer.Decline;
                model["whys"] = DeclineReason.Reasons
                    .Select(name => new { name, said = sentences[$"page.decline.reason.{name}"] }).ToList();
                model["firstDay"] = Day(open.Now.AddDays(1));
                model["lastDay"] = Day(open.Now.AddDays(DeclineReason.MaxDays));
                model["reportUrl"] = open.ReportUrl.AbsoluteUri;
                return HtmlPage.Render(templates, "page-invite", "invite.heading", model);
            case InvitePageView.Report report:
                model.AddSender(report.Sender, note: null);
                model["reasons"] = ReportRequest.ReasonNames.Select(name => new
                {
                    name,
                    said = sentences[$"page.report.reason.{name}"],
                    meaning = sentences[$"page.report.reason.{name}.meaning"],
                }).ToList();
                model["maxDetails"] = report.MaxDetails;
                model["backUrl"] = report.BackUrl.AbsoluteUri;
                return HtmlPage.Render(templates, "page-report", "page.report.heading", model);
            case InvitePageView.Answered answered:
                model.AddSender(answered.Sender, note: null);
                model["openUrl"] = answered.OpenUrl.AbsoluteUri;
                return answered.Answer switch
                {
                    InviteAnswer.Accept => HtmlPage.Render(templates, "page-accepted", "page.accepted.heading", model),
                    InviteAnswer.Decline => HtmlPage.Render(templates, "page-declined", "page.declined.heading", model),
                    _ => HtmlPage.Render(templates, "page-reported", "page.reported.heading", model),
                };
            case InvitePageView.Gone gone:
                return HtmlPage.Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }
}
