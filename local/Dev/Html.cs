using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Connections.Local.Dev;

/// <summary>A piece of HTML. Made from an interpolated string, whatever is filled in is escaped unless it is HTML itself.</summary>
public readonly record struct Html(string Markup)
{
    /// <summary>HTML from a template: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(HtmlTemplate template) => new(template.ToString());

    /// <summary>Pieces one after another.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Markup)));

    /// <summary>The piece where the condition holds, nothing where it does not.</summary>
    public static Html If(bool condition, Func<Html> piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return condition ? piece() : new Html("");
    }

    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>What the compiler builds an <see cref="Html"/> template with: text is escaped as it is filled in.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlTemplate
{
    private readonly StringBuilder _markup;

    /// <summary>Starts a template.</summary>
    public HtmlTemplate(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>The template's own markup.</summary>
    public void AppendLiteral(string value) => _markup.Append(value);

    /// <summary>HTML, as it is.</summary>
    public void AppendFormatted(Html value) => _markup.Append(value.Markup);

    /// <summary>Text or an attribute's value, escaped for both.</summary>
    public void AppendFormatted<T>(T value) => _markup.Append(WebUtility.HtmlEncode(value?.ToString()));

    /// <inheritdoc/>
    public override string ToString() => _markup.ToString();
}
