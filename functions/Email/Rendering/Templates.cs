using System.Collections.Concurrent;
using HandlebarsDotNet;

namespace Connections.Email.Rendering;

/// <summary>The templates, compiled on first use and kept. Safe to call from many threads.</summary>
/// <remarks>
/// <c>{{ }}</c> in an HTML template escapes <c>&amp; &lt; &gt; " ' ` =</c>, so a value is safe as text and in a quoted attribute; a text
/// template escapes nothing. <c>{{say "key"}}</c> is a sentence in the language that the model's <c>sentences</c> holds, filled from
/// the model, and escaped as any value is. A name that is not in the model is an error, not a blank.
/// </remarks>
public sealed class Templates
{
    private const string Folder = "Email/Templates/";
    private const string PartialMark = "_";

    private readonly Lock _compiling = new();
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> _compiled = new(StringComparer.Ordinal);
    private readonly Lazy<IHandlebars> _html = new(() => Create(html: true));
    private readonly Lazy<IHandlebars> _text = new(() => Create(html: false));

    /// <summary>Fills <c>{name}.html.hbs</c>.</summary>
    public string Html(string name, IReadOnlyDictionary<string, object?> model) => Compiled(name + ".html.hbs", _html)(model, null!);

    /// <summary>Fills <c>{name}.text.hbs</c>.</summary>
    public string Text(string name, IReadOnlyDictionary<string, object?> model) => Compiled(name + ".text.hbs", _text)(model, null!);

    private HandlebarsTemplate<object, object> Compiled(string file, Lazy<IHandlebars> handlebars)
    {
        if (_compiled.TryGetValue(file, out var template))
        {
            return template;
        }

        // Compiling changes what the compiled templates share.
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

        var ending = html ? ".html.hbs" : ".text.hbs";
        foreach (var name in Resources.In(Folder + PartialMark).Where(n => n.EndsWith(ending, StringComparison.Ordinal)))
        {
            handlebars.RegisterTemplate(name[(Folder.Length + PartialMark.Length)..^ending.Length], Resources.Read(name));
        }

        return handlebars;
    }
}
