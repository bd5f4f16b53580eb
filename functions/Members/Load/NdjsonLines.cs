using System.Buffers;

namespace Connections.Members.Load;

/// <summary>A line of a body.</summary>
/// <param name="Number">From 1; blank lines count.</param>
/// <param name="Bytes">The line without its end.</param>
public sealed record NdjsonLine(int Number, ReadOnlyMemory<byte> Bytes);

/// <summary>Takes newline-delimited JSON apart.</summary>
public static class NdjsonLines
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r"u8);
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The lines with something on them. A byte order mark and a last line without an end are put up with.</summary>
    public static IEnumerable<NdjsonLine> Of(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.IndexOfAnyExcept(Blank) >= 0)
            {
                yield return new NdjsonLine(number, line);
            }
        }
    }
}
