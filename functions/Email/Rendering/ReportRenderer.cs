using System.Globalization;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>Puts a report into words, for the staff who read the support address: in English, with nothing to unsubscribe from.</summary>
/// <remarks>Members' text is only ever quoted, and a reported picture is named and not shown: staff decide whether to look at it.</remarks>
public sealed class ReportRenderer(Templates templates)
{
    private const string Name = "report";
    private const string Layout = "layout";

    /// <summary>The mail about one report. Personal data: never log it.</summary>
    public RenderedNotice Render(ReportView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var sentences = Sentences.For(null);
        var model = Model.In(sentences);
        var details = MemberText.Lines(view.Details);
        var reported = MemberText.Lines(view.Message is null ? TextOf(view.Profile, sentences) : view.Message.Text);
        model["sender"] = NameOf(view.ReportedName, sentences);
        model["reporter"] = NameOf(view.ReporterName, sentences);
        model["category"] = sentences[$"{Name}.category.{view.Category}"];
        model["details"] = details;
        model["detailsQuoted"] = MemberText.Quoted(details);
        model["note"] = reported;
        model["noteQuoted"] = MemberText.Quoted(reported);
        model["shown"] = sentences[view.Message is null ? Name + ".profile" : Name + ".message"];
        model["missing"] = sentences[view.Message is null ? Name + ".profile.missing" : Name + ".message.deleted"];
        model["facts"] = Facts(view, sentences).ToList();
        model["subject"] = MemberText.Line(sentences.Say(Name + ".subject", model), RenderedNotice.MaxSubject);
        model["preheader"] = sentences.Say(Name + ".preheader", model);
        model["reason"] = sentences[Name + ".reason"];
        model["unsubscribeUrl"] = null;

        model["body"] = templates.Html(Name, model);
        var html = HtmlLines.Fold(templates.Html(Layout, model));
        model["body"] = templates.Text(Name, model).TrimEnd();
        return new RenderedNotice((string)model["subject"]!, html, templates.Text(Layout, model));
    }

    private static string NameOf(string? name, Sentences sentences) => Model.Name(new Person(name ?? "", null, null), sentences);

    private static IEnumerable<string> Facts(ReportView view, Sentences sentences)
    {
        yield return Say(sentences, "fact.report", view.Id);
        yield return Say(sentences, "fact.at", UtcTimeConverter.Text(view.ReportedAt));
        yield return Say(sentences, "fact.reporter", view.Reporter.Value);
        yield return Say(sentences, "fact.reported", view.Reported.Value);
        if (view.Message is { } message)
        {
            yield return Say(sentences, "fact.connection", message.ConnectionId);
            yield return Say(sentences, "fact.message", message.Seq.ToString(CultureInfo.InvariantCulture));
            yield return Say(sentences, "fact.sentAt", UtcTimeConverter.Text(message.SentAt));
        }
    }

    private static string TextOf(Profile? profile, Sentences sentences)
    {
        if (profile is null)
        {
            return "";
        }

        var lines = new List<string>();
        void Add(string field, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add(Say(sentences, "profile." + field, value));
            }
        }

        Add("displayName", profile.DisplayName);
        Add("handle", profile.Handle);
        Add("headline", profile.Headline);
        Add("organisation", profile.Organisation);
        Add("website", profile.Website);
        Add("avatarUrl", profile.AvatarUrl);
        foreach (var platform in profile.Platforms)
        {
            Add("platform", $"{platform.Name} {platform.Handle} {platform.Url}");
        }

        Add("tags", string.Join(", ", profile.Tags));
        if (!string.IsNullOrEmpty(profile.Bio))
        {
            lines.Add(sentences[Name + ".profile.bio"]);
            lines.Add(profile.Bio);
        }

        return string.Join('\n', lines);
    }

    private static string Say(Sentences sentences, string key, string value) =>
        sentences.Say($"{Name}.{key}", new Dictionary<string, object?>(StringComparer.Ordinal) { ["value"] = value });
}
