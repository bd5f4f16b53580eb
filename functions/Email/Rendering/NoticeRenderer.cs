namespace Connections.Email.Rendering;

/// <summary>Puts notices into words: subject, HTML and text. Pure; safe to call from many threads.</summary>
public sealed class NoticeRenderer
{
    /// <summary>One notice in words.</summary>
    public RenderedNotice Render(NoticeView view) => throw new NotSupportedException("Templates follow.");
}
