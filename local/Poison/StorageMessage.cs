using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A message of a queue.</summary>
/// <param name="Id">Its id, which the queue gave it.</param>
/// <param name="InsertedAt">When it was put there, by the queue's clock.</param>
/// <param name="Receipt">Proves that one has taken it; empty where it was only looked at.</param>
/// <param name="Text">What it says.</param>
internal sealed record StorageMessage(string Id, DateTimeOffset InsertedAt, string Receipt, string Text)
{
    /// <summary>The notice that it says; null where it says none.</summary>
    public Notice? Notice => Notice.Read(Text);
}
