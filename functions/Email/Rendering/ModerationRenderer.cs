using System.Globalization;
using System.Text.Json;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Safety;

namespace Connections.Email.Rendering;

/// <summary>Renders the emails about what moderators decide. They cannot be muted, so they have no unsubscribe link.</summary>
public sealed class ModerationRenderer(Templates templates, SafetySettings settings)
{
    private const string Statement = "statement";
    private const string Decided = "reportDecided";

    /// <summary>Renders the statement of reasons for a member, in their language or in English.</summary>
    public RenderedEmail RenderStatement(ModerationAct act, string? language)
    {
        var sentences = Sentences.For(language);
        var model = ModelIn(sentences, Statement);
        var kind = $"{Statement}.{JsonNamingPolicy.CamelCase.ConvertName(act.Kind.ToString())}";
        var lines = MemberText.Lines(act.Statement);
        model["until"] = act.Until is { } until ? Moment(until, sentences) : null;
        model["heading"] = sentences[kind + ".heading"];
        model["what"] = sentences.Say(act.Until is null ? kind + ".what" : kind + ".until", model) + Category(act.Reason, sentences);
        model["note"] = lines;
        model["noteQuoted"] = MemberText.Quoted(lines);
        model["contest"] = act.Reason is null ? null : sentences.Say(Statement + ".contest", model);
        model["preheader"] = model["what"];
        return templates.Email(Statement, model);
    }

    /// <summary>Renders the email to the member who made a report that was decided, in their language or in English.</summary>
    public RenderedEmail RenderDecided(Report report, string? language)
    {
        var sentences = Sentences.For(language);
        var model = ModelIn(sentences, Decided);
        model["sender"] = Model.Name(new Person(report.Profile?.DisplayName ?? "", null, null), sentences);
        model["report"] = report.Id;
        model["heading"] = sentences.Say(Decided + ".heading", model);
        model["what"] = sentences[Decided + (report.Decision!.Decision == DecisionKind.Dismiss ? ".dismissed" : ".acted")];
        model["contest"] = sentences.Say(Decided + ".contest", model);
        model["preheader"] = model["what"];
        return templates.Email(Decided, model);
    }

    private Dictionary<string, object?> ModelIn(Sentences sentences, string name)
    {
        var model = Model.In(sentences);
        model["support"] = settings.SupportAddress;
        model["reason"] = sentences[name + ".reason"];
        model["unsubscribeUrl"] = null;
        return model;
    }

    private static string Category(string? reason, Sentences sentences) => reason is null ? "" : " " + sentences.Say(
        Statement + ".category",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["category"] = sentences["report.category." + reason] });

    private static string Moment(DateTimeOffset time, Sentences sentences) =>
        string.Create(CultureInfo.InvariantCulture, $"{sentences.Date(time)}, {time.UtcDateTime:HH:mm} UTC");
}
