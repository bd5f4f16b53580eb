using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>A message as the replies to it quote it: as it is now, not as it was when they were sent.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="From">Its sender.</param>
/// <param name="Text">The beginning of its text; empty when it is deleted, and where it has files only.</param>
/// <param name="Files">Its files at a glance; absent for none, and when it is deleted.</param>
/// <param name="Deleted">Whether it was deleted; absent otherwise.</param>
public sealed record Quote(long Seq, MemberId From, string Text, LastFiles? Files = null, bool? Deleted = null)
{
    /// <summary>The longest text, in UTF-16 characters: two lines of a wide screen.</summary>
    public const int MaxText = 200;

    /// <summary>A message as it is quoted.</summary>
    public static Quote Of(MessageDocument message) => new(
        message.Seq, message.From, VisibleText.Balance(VisibleText.Cut(message.Text, MaxText)), message.LastFiles, message.Deleted);
}
