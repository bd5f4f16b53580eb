using System.Globalization;
using System.Text;

namespace Connections.Email.Rendering;

/// <summary>Keeps the lines of an email's HTML below the limit of RFC 5322, whatever members wrote.</summary>
/// <remarks>
/// A line breaks at a space of its text, because HTML reads a line break as a space. A text without spaces breaks inside an invisible
/// <c>&lt;wbr&gt;</c> tag between two characters. Tags, attributes and character references stay whole. The templates have no element that
/// preserves white space.
/// </remarks>
internal static class HtmlLines
{
    /// <summary>The longest line, in bytes of UTF-8. RFC 5322 allows 998; a tag that follows without a break takes the rest.</summary>
    private const int MaxBytes = 950;

    private const string Break = "<wbr\n>";

    /// <summary>The same document with shorter lines.</summary>
    public static string Fold(string html)
    {
        var folded = new StringBuilder(html.Length + 64);
        foreach (var line in html.Split('\n'))
        {
            folded.Append(folded.Length > 0 ? "\n" : "");
            if (Encoding.UTF8.GetByteCount(line) <= MaxBytes)
            {
                folded.Append(line);
            }
            else
            {
                Fold(line, folded);
            }
        }

        return folded.ToString();
    }

    private static void Fold(string line, StringBuilder folded)
    {
        var (bytes, bytesAfterSpace, space, isInText) = (0, 0, -1, false);
        for (var at = 0; at < line.Length;)
        {
            var token = TokenAt(line, at);
            var length = Encoding.UTF8.GetByteCount(token);
            if (bytes + length > MaxBytes && space >= 0)
            {
                folded[space] = '\n';
                (bytes, space) = (bytesAfterSpace, -1);
            }

            if (bytes + length > MaxBytes && isInText)
            {
                folded.Append(Break);
                bytes = 1;
            }

            if (token is " ")
            {
                (space, bytesAfterSpace) = (folded.Length, -1);
            }

            folded.Append(token);
            bytes += length;
            bytesAfterSpace += length;
            isInText = token[0] != '<';
            at += token.Length;
        }
    }

    // A tag, a character reference or a grapheme. A grapheme of very many marks is cut.
    private static ReadOnlySpan<char> TokenAt(string line, int at)
    {
        var rest = line.AsSpan(at);
        var end = rest[0] switch
        {
            '<' => rest.IndexOf('>'),
            '&' => rest.IndexOf(';'),
            _ => -1,
        };
        if (end > 0)
        {
            return rest[..(end + 1)];
        }

        const int Longest = 64;
        var length = StringInfo.GetNextTextElementLength(rest);
        return rest[..(length <= Longest ? length : char.IsHighSurrogate(rest[Longest - 1]) ? Longest - 1 : Longest)];
    }
}
