using System.Runtime.InteropServices;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>Where a conversation ends: what the next message follows.</summary>
/// <param name="Seq">The last message's number; 0 where there is none.</param>
/// <param name="SentAt">When it was stored.</param>
/// <param name="To">One of the two.</param>
/// <param name="Received">How many messages they have received.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConversationEnd(long Seq, DateTimeOffset? SentAt, MemberId To, long Received)
{
    /// <summary>After a message; null for none.</summary>
    public static ConversationEnd Of(MessageDocument? last) => last is null ? default : new(last.Seq, last.SentAt, last.To, last.ReceivedBy(last.To));

    /// <summary>As a member's row shows it. It may be a little behind, and is never ahead: messages are stored before rows show them, and none is ever removed.</summary>
    public static ConversationEnd Of(ChatView? shown, MemberId viewer) => shown is null ? default : new(shown.Last.Seq, shown.Last.SentAt, viewer, shown.Received);

    /// <summary>How many messages a member has received. Whatever one of the two has not, they have sent.</summary>
    public long ReceivedBy(MemberId member) => member == To ? Received : Seq - Received;
}
