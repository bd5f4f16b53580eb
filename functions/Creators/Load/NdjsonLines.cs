using System.Buffers;
using System.Text;

namespace Connections.Creators.Load;

/// <summary>A line of a body.</summary>
/// <param name="Number">The line number, from 1; blank lines count.</param>
/// <param name="Bytes">The line without its line ending.</param>
public sealed record NdjsonLine(int Number, ReadOnlyMemory<byte> Bytes);

/// <summary>Splits newline-delimited JSON into lines.</summary>
/// <remarks>
/// It accepts the variants that programs write: LF, CRLF or CR at line ends, and a byte order mark wherever files were joined, because the
/// last line of a file may have no line ending. Within a JSON string, a CR or a byte order mark is text, but an LF always ends the line, so
/// that an unclosed string spoils only its own row. U+2028 and similar characters end nothing: JSON strings may have them.
/// </remarks>
public static class NdjsonLines
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r"u8);
    private static readonly SearchValues<byte> Marks = SearchValues.Create(
        [(byte)'"', (byte)'\\', (byte)'\n', (byte)'\r', ByteOrderMark[0]]);

    private static ReadOnlySpan<byte> ByteOrderMark => Encoding.UTF8.Preamble;

    /// <summary>The lines that are not blank. Two rows with only a byte order mark between them have the same number.</summary>
    public static IEnumerable<NdjsonLine> Of(ReadOnlyMemory<byte> body)
    {
        for (var number = 1; !body.IsEmpty;)
        {
            var (length, end) = First(body.Span);
            if (body.Span[..length].IndexOfAnyExcept(Blank) >= 0)
            {
                yield return new NdjsonLine(number, body[..length]);
            }

            number += end == ByteOrderMark.Length ? 0 : 1;
            body = body[(length + end)..];
        }
    }

    /// <summary>The length of the first line and of its line ending.</summary>
    private static (int Length, int End) First(ReadOnlySpan<byte> body)
    {
        var isString = false;
        for (var at = 0; body[at..].IndexOfAny(Marks) is var next and >= 0; at++)
        {
            at += next;
            switch (body[at])
            {
                case (byte)'\n':
                    return (at, 1);
                case (byte)'"':
                    isString = !isString;
                    break;
                case (byte)'\\' when isString && at + 1 < body.Length && body[at + 1] != '\n':
                    at++;
                    break;
                case (byte)'\r' when !isString:
                    return (at, body[(at + 1)..].StartsWith("\n"u8) ? 2 : 1);
                case 0xEF when !isString && body[at..].StartsWith(ByteOrderMark):
                    return (at, ByteOrderMark.Length);
            }
        }

        return (body.Length, 0);
    }
}
