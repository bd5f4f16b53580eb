using System.Buffers;
using System.Buffers.Binary;

namespace Connections.Files.Inspection;

/// <summary>Reads a stream forward in small steps. It holds a few kilobytes, however long the stream is.</summary>
/// <remarks>
/// Where the stream ends early, methods answer false or a value that no file has. They never throw because of the content.
/// </remarks>
internal sealed class ByteSource(Stream stream, CancellationToken ct) : IDisposable
{
    /// <summary>The most bytes that can be looked at at once.</summary>
    public const int MaxAhead = 64;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
    private int _start;
    private int _end;

    /// <summary>How many bytes were read and passed.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes that are ready to be looked at.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Makes bytes ready in <see cref="Ahead"/>; false if the stream ends before.</summary>
    public ValueTask<bool> HasAsync(int count) => _end - _start >= count ? ValueTask.FromResult(true) : FillAsync(count);

    /// <summary>Passes bytes that are ready.</summary>
    public void Pass(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Passes bytes; false if the stream ends before.</summary>
    public async ValueTask<bool> SkipAsync(long count)
    {
        while (true)
        {
            var step = (int)Math.Min(count, _end - _start);
            Pass(step);
            count -= step;
            if (count == 0)
            {
                return true;
            }

            if (!await HasAsync(1))
            {
                return false;
            }
        }
    }

    /// <summary>The next byte; -1 at the end.</summary>
    public async ValueTask<int> NextAsync()
    {
        if (!await HasAsync(1))
        {
            return -1;
        }

        int next = _buffer[_start];
        Pass(1);
        return next;
    }

    /// <summary>The next two bytes as a number, the high byte first; -1 at the end.</summary>
    public async ValueTask<int> NextUInt16Async()
    {
        if (!await HasAsync(sizeof(ushort)))
        {
            return -1;
        }

        var next = BinaryPrimitives.ReadUInt16BigEndian(Ahead);
        Pass(sizeof(ushort));
        return next;
    }

    /// <summary>Whether the stream ends here.</summary>
    public async ValueTask<bool> IsAtEndAsync() => !await HasAsync(1);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async ValueTask<bool> FillAsync(int count)
    {
        if (_buffer.Length - _start < MaxAhead)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        while (_end - _start < count)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
