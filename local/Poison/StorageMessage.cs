using System.Globalization;
using System.Xml.Linq;
using Connections.Email;

namespace Connections.Local.Poison;

/// <summary>A message of a storage queue.</summary>
/// <param name="Id">Its id, which the service gave it.</param>
/// <param name="InsertedAt">When it was put there, by the service's clock, to the second.</param>
/// <param name="Receipt">Proves that one has taken it; empty where it was only looked at.</param>
/// <param name="Text">What it says.</param>
internal sealed record StorageMessage(string Id, DateTimeOffset InsertedAt, string Receipt, string Text)
{
    /// <summary>The notice that it says; null where it says none.</summary>
    public Notice? Notice => Notice.Read(Text);

    /// <summary>Reads the service's list of messages.</summary>
    public static IReadOnlyList<StorageMessage> ReadAll(Stream body) =>
        [.. XDocument.Load(body).Root!.Elements("QueueMessage").Select(message => new StorageMessage(
            (string)message.Element("MessageId")!,
            DateTimeOffset.Parse((string)message.Element("InsertionTime")!, CultureInfo.InvariantCulture),
            (string?)message.Element("PopReceipt") ?? "",
            (string?)message.Element("MessageText") ?? ""))];
}
