using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Connections.Local.Pages;

/// <summary>A piece of HTML. An interpolated string escapes its values, except those that are HTML themselves.</summary>
public readonly record struct Html(string Markup)
{
    /// <summary>HTML from a template: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(HtmlTemplate template) => new(template.ToString());

    /// <summary>Concatenates pieces.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Markup)));

    /// <summary>The piece if the condition holds, otherwise nothing.</summary>
    public static Html If(bool condition, Func<Html> piece) => condition ? piece() : new Html("");

    public override string ToString() => Markup;
}

/// <summary>The interpolated string handler of <see cref="Html"/>, which escapes values.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlTemplate
{
    private readonly StringBuilder _markup;

    /// <summary>Called by the compiler.</summary>
    public HtmlTemplate(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>The template's own markup.</summary>
    public void AppendLiteral(string value) => _markup.Append(value);

    /// <summary>HTML, unescaped.</summary>
    public void AppendFormatted(Html value) => _markup.Append(value.Markup);

    /// <summary>Text or an attribute's value, escaped for both.</summary>
    public void AppendFormatted<T>(T value) => _markup.Append(WebUtility.HtmlEncode(value?.ToString()));

    public override string ToString() => _markup.ToString();
}
