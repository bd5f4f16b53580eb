using System.Collections.Concurrent;
using Connections.Members;
using Connections.Notices;
using HandlebarsDotNet;

namespace Connections.Email.Rendering;

/// <summary>The subject and both parts of an email. Personal data: never log it.</summary>
/// <param name="Subject">One line without control characters, at most <see cref="MaxSubject"/> characters.</param>
/// <param name="Html">A complete HTML document.</param>
/// <param name="Text">The same content as plain text, with LF line endings.</param>
public sealed record RenderedEmail(string Subject, string Html, string Text)
{
    /// <summary>The longest subject, in UTF-16 characters.</summary>
    public const int MaxSubject = 150;

    /// <summary>The email to an address, with headers of its own where it has some.</summary>
    public Mail To(string address, string name, IReadOnlyDictionary<string, string>? headers = null) =>
        new(address, name, Subject, Html, Text, headers ?? new Dictionary<string, string>());

    /// <summary>The email to a member who has an address.</summary>
    public Mail To(Member member, IReadOnlyDictionary<string, string>? headers = null) =>
        To(member.Email!, MemberText.Line(member.DisplayName, Model.MaxName), headers);
}

/// <summary>The templates, compiled on first use and cached. Safe to call from many threads.</summary>
/// <remarks>
/// <c>{{ }}</c> in an HTML template escapes <c>&amp; &lt; &gt; " ' ` =</c>, so a value is safe as text and in a quoted attribute; a text
/// template escapes nothing. <c>{{say "key"}}</c> is a sentence in the language of the model's <c>sentences</c>. It is filled from the
/// model and escaped like any value. A name that is missing from the model is an error. <c>{{light "accent"}}</c> and
/// <c>{{dark "accent"}}</c> are a token of the <see cref="Brand"/>.
/// </remarks>
public sealed class Templates
{
    private const string Folder = "Email/Templates/";
    private const string PartialMark = "_";
    private const string EmailLayout = "layout";

    private readonly Lock _compiling = new();
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> _compiled = new(StringComparer.Ordinal);
    private readonly Lazy<IHandlebars> _html = new(() => Create(html: true));
    private readonly Lazy<IHandlebars> _text = new(() => Create(html: false));

    /// <summary>Renders <c>{name}.html.hbs</c>.</summary>
    public string Html(string name, IReadOnlyDictionary<string, object?> model) => Compiled(name + ".html.hbs", _html)(model, null!);

    /// <summary>Renders an email: both templates of that name in the layout, under the sentence <c>{name}.subject</c>.</summary>
    internal RenderedEmail Email(string name, Dictionary<string, object?> model)
    {
        var subject = MemberText.Line(((Sentences)model["sentences"]!).Say(name + ".subject", model), RenderedEmail.MaxSubject);
        model["subject"] = subject;
        model["body"] = Html(name, model);
        var html = HtmlLines.Fold(Html(EmailLayout, model));
        model["body"] = Text(name, model).TrimEnd();
        return new RenderedEmail(subject, html, Text(EmailLayout, model));
    }

    private string Text(string name, Dictionary<string, object?> model) => Compiled(name + ".text.hbs", _text)(model, null!);

    private HandlebarsTemplate<object, object> Compiled(string file, Lazy<IHandlebars> handlebars)
    {
        if (_compiled.TryGetValue(file, out var template))
        {
            return template;
        }

        // Handlebars compiles into state that all templates share.
        lock (_compiling)
        {
            return _compiled.GetOrAdd(file, _ => handlebars.Value.Compile(Resources.Read(Folder + file)));
        }
    }

    private static IHandlebars Create(bool html)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = !html, ThrowOnUnresolvedBindingExpression = true });
        handlebars.RegisterHelper("say", static (in HelperOptions options, in Context _, in Arguments arguments) =>
        {
            var model = (IReadOnlyDictionary<string, object?>)options.Data["root"]!;
            return ((Sentences)model["sentences"]!).Say((string)arguments[0]!, model);
        });

        handlebars.RegisterHelper("light", (output, _, arguments) => output.WriteSafeString(Brand.Light((string)arguments[0]!)));
        handlebars.RegisterHelper("dark", (output, _, arguments) => output.WriteSafeString(Brand.Dark((string)arguments[0]!)));

        var ending = html ? ".html.hbs" : ".text.hbs";
        foreach (var name in Resources.In(Folder + PartialMark).Where(n => n.EndsWith(ending, StringComparison.Ordinal)))
        {
            handlebars.RegisterTemplate(name[(Folder.Length + PartialMark.Length)..^ending.Length], Resources.Read(name));
        }

        return handlebars;
    }
}
