using Connections.Chat;
using Connections.Invites.Contacts;

namespace Connections.Changes;

/// <summary>A connection that changed, as the caller sees it now.</summary>
public sealed record ContactChange
{
    /// <summary>The contact. One whose connection has ended is a tombstone: its state says that it ended.</summary>
    public required Contact Contact { get; init; }

    /// <summary>Its new, edited and deleted messages as they are now, by their numbers; others may be among them.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>
    /// Whether other messages changed too, more than are worth sending, so that what the app keeps of the conversation is out of date;
    /// absent otherwise.
    /// </summary>
    public bool? HasMore { get; init; }

    /// <summary>The last message that is not shown any more, with all before it, because a profile was erased; absent for none.</summary>
    public long? ErasedSeq { get; init; }
}

/// <summary>The answer: what changed, and how to ask the next time.</summary>
/// <param name="Value">The connections that changed, by the time of their last change.</param>
/// <param name="NextLink">The absolute address of the next page; absent on the last page. Opaque.</param>
/// <param name="Next">The token for next time. On a page that is not the last, it leads to what the page does not have.</param>
/// <param name="Unread">How many messages the caller has not read, over all their connections.</param>
public sealed record ChangesPage(IReadOnlyList<ContactChange> Value, string? NextLink, string Next, long Unread);
