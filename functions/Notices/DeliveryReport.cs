using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connections.Notices;

/// <summary>What the email service reports of one email, some time after it took it. Personal data: never log the recipient.</summary>
/// <remarks>
/// Event Grid's event <c>Microsoft.Communication.EmailDeliveryReportReceived</c>, which it puts into a storage queue at least once and in
/// no order. The event names an email by the operation id that it was sent under; nothing else that a sender chooses comes back.
/// </remarks>
/// <param name="OperationId">The <see cref="NoticeHandover.OperationId"/> of the email's notice.</param>
/// <param name="Recipient">The address.</param>
/// <param name="Status">The service's word, such as <c>Bounced</c>.</param>
/// <param name="At">The time of the event.</param>
public sealed record DeliveryReport(Guid OperationId, string Recipient, string Status, DateTimeOffset At)
{
    /// <summary>The queue's name.</summary>
    public const string QueueName = "delivery-reports";

    /// <summary>The queue for reports that failed five times, as the Functions host names it.</summary>
    public const string PoisonName = QueueName + "-poison";

    private const string EventType = "Microsoft.Communication.EmailDeliveryReportReceived";

    /// <summary>The statuses that are counted by their names; Event Grid passes these on (<c>infra/modules/delivery.bicep</c>).</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["Bounced", "Suppressed", "Failed", "Quarantined", "FilteredSpam"];

    /// <summary>
    /// Whether the address cannot be reached: it refused the email for good, or has done so before and the service sends it no more. The
    /// other failures say something of one email only.
    /// </summary>
    public bool IsBounce => Is("Bounced") || Is("Suppressed");

    /// <summary>The status as a tag of metrics.</summary>
    public string Outcome => Statuses.FirstOrDefault(Is) is { } known ? JsonNamingPolicy.CamelCase.ConvertName(known) : "other";

    /// <summary>Reads a message of the queue, in base64 as Event Grid writes it, or in plain text; null if it is no such event.</summary>
    public static DeliveryReport? Read(string message)
    {
        try
        {
            var text = message.AsSpan().Trim();
            using var json = JsonDocument.Parse(
                text.StartsWith("{") ? text.ToString() : Encoding.UTF8.GetString(Convert.FromBase64String(text.ToString())));
            var (root, data) = (json.RootElement, json.RootElement.GetProperty("data"));
            return root.GetProperty("eventType").GetString() == EventType
                && Guid.TryParse(data.GetProperty("messageId").GetString(), out var id)
                && data.GetProperty("recipient").GetString() is { Length: > 0 } recipient
                && data.GetProperty("status").GetString() is { Length: > 0 } status
                && DateTimeOffset.TryParse(
                    root.GetProperty("eventTime").GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                    ? new DeliveryReport(id, recipient, status, at)
                    : null;
        }
        // Not base64, not JSON, a field is missing or of another type.
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool Is(string status) => string.Equals(Status, status, StringComparison.OrdinalIgnoreCase);
}
