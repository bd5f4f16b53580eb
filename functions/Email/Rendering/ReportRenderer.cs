using System.Globalization;
using Connections.Chat;
using Connections.Members;
using Connections.Safety;

namespace Connections.Email.Rendering;

/// <summary>Renders the email about a report for the support staff: in English, without an unsubscribe link.</summary>
/// <remarks>Members' text appears only in quotations. A picture appears as its address: staff decide whether to look at it.</remarks>
public sealed class ReportRenderer(Templates templates)
{
    private const string Name = "report";

    /// <summary>Renders the email about one report.</summary>
    public RenderedEmail Render(Report report)
    {
        var sentences = Sentences.For(null);
        var model = Model.In(sentences);
        var details = MemberText.Lines(report.Details);
        var reported = MemberText.Lines(report.Message is null ? TextOf(report.Profile, sentences) : TextOf(report.Message, sentences));
        model["sender"] = NameOf(report.Profile?.DisplayName, sentences);
        model["reporter"] = NameOf(report.MemberName, sentences);
        model["category"] = sentences[$"{Name}.category.{report.Reason.JsonName()}"];
        model["details"] = Model.Unlinked(details);
        model["detailsQuoted"] = Model.Unlinked(MemberText.Quoted(details));
        model["note"] = Model.Unlinked(reported);
        model["noteQuoted"] = Model.Unlinked(MemberText.Quoted(reported));
        model["shown"] = sentences[report.Message is null ? Name + ".profile" : Name + ".message"];
        model["missing"] = sentences[report.Message is null ? Name + ".profile.missing" : Name + ".message.deleted"];
        model["facts"] = Facts(report, sentences).ToList();
        model["preheader"] = sentences.Say(Name + ".preheader", model);
        model["reason"] = sentences[Name + ".reason"];
        model["isToSupport"] = true;
        model["unsubscribeUrl"] = null;
        return templates.Email(Name, model);
    }

    private static string NameOf(string? name, Sentences sentences) => Model.Name(new Person(name ?? "", null, null), sentences);

    private static IEnumerable<string> Facts(Report report, Sentences sentences)
    {
        yield return Say(sentences, "fact.report", report.Id);
        yield return Say(sentences, "fact.at", UtcTimeConverter.Text(report.ReportedAt));
        yield return Say(sentences, "fact.reporter", report.MemberId.Value);
        yield return Say(sentences, "fact.reported", report.ReportedId.Value);
        if (report.Message is { } message)
        {
            yield return Say(sentences, "fact.connection", message.ConnectionId);
            yield return Say(sentences, "fact.message", message.Seq.ToString(CultureInfo.InvariantCulture));
            yield return Say(sentences, "fact.sentAt", UtcTimeConverter.Text(message.SentAt));
        }
    }

    private static string TextOf(Message message, Sentences sentences)
    {
        var files = message.Files is { Count: > 0 } some
            ? Say(sentences, "message.files", Model.FilesOf(MessageFile.AtAGlance(some), sentences))
            : "";
        return string.Join('\n', ((string[])[message.Text, files]).Where(line => line.Length > 0));
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
