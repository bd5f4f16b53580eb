using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Connections.Http;

/// <summary>Writes an answer compressed if it has more than a kilobyte and its caller takes brotli or gzip.</summary>
/// <remarks>
/// <para>The front end of Azure Functions does not compress, and 100 cards are 61 KB, or 9 KB compressed.</para>
/// <para>
/// Over TLS, the length of an answer that holds both a secret and a text of the attacker's choice reveals the secret (BREACH). It takes a
/// page that makes the victim's browser send the call, again and again. No page can: calls carry a bearer token and no cookie. The pages
/// behind links in emails hold a token and need no other, so HTML is never compressed.
/// </para>
/// </remarks>
internal sealed class CompressedBody : Stream
{
    private const int Least = 1024;

    private readonly HttpContext _context;
    private readonly Stream _body;
    private readonly MemoryStream _start = new();
    private Stream? _rest;

    private CompressedBody(HttpContext context, Stream body) => (_context, _body) = (context, body);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes an answer. If it fails on the way, the answer breaks off and is never a whole document.</summary>
    public static async Task WriteAsync(IResult answer, HttpContext context)
    {
        var plain = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new CompressedBody(context, plain.Stream);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, plain));
        try
        {
            await answer.ExecuteAsync(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            await body.FinishAsync();
        }
        finally
        {
            context.Features.Set(plain);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest is null && _start.Length + buffer.Length <= Least)
        {
            _start.Write(buffer.Span);
            return;
        }

        if (_rest is null)
        {
            _rest = Open();
            await _rest.WriteAsync(_start.GetBuffer().AsMemory(0, (int)_start.Length), cancellationToken);
        }

        await _rest.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what was written. The first kilobyte stays here, because the headers depend on whether there is more.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_rest is not null)
        {
            await _rest.FlushAsync(cancellationToken);
            await _body.FlushAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task FinishAsync()
    {
        if (_rest is not null && _rest != _body)
        {
            await _rest.DisposeAsync();
        }
        else if (_rest is null && _start.Length > 0)
        {
            Vary();
            _context.Response.ContentLength = _start.Length;
            await _body.WriteAsync(_start.GetBuffer().AsMemory(0, (int)_start.Length), _context.RequestAborted);
        }
    }

    private Stream Open()
    {
        var coding = Vary() ? _context.Request.Coding() : null;
        if (coding is null)
        {
            return _body;
        }

        _context.Response.Headers.ContentEncoding = coding;
        _context.Response.ContentLength = null;
        return coding == "br"
            ? new BrotliStream(_body, CompressionLevel.Optimal, leaveOpen: true)
            : new GZipStream(_body, CompressionLevel.Optimal, leaveOpen: true);
    }

    // The ETag names the content before its coding, as a caller compares and sends it: it is the same for every coding.
    private bool Vary()
    {
        var isData = MediaTypeHeaderValue.TryParse(_context.Response.ContentType, out var type)
            && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase);
        if (isData)
        {
            _context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        return isData;
    }
}
