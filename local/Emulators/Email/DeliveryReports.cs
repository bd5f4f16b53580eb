using System.Text;
using System.Text.Json;
using Connections.Emulators.Queues;

namespace Connections.Emulators.Email;

/// <summary>The delivery reports of the email service, as Event Grid puts them into a storage queue.</summary>
/// <remarks>
/// As in Azure, a message is one event of the Event Grid schema, in base64, whose <c>messageId</c> is the operation id that the email was
/// sent under. Event Grid delivers at least once and in no order.
/// </remarks>
public sealed class DeliveryReports(LocalQueue queue, string queueName, TimeProvider time)
{
    /// <summary>The address does not exist, or refuses the email for good.</summary>
    public const string Bounced = "Bounced";

    private const string Sender = "DoNotReply@mail.example";

    /// <summary>The statuses of an email that did not arrive.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [Bounced, "Suppressed", "Failed", "Quarantined", "FilteredSpam"];

    /// <summary>Puts the report of one email into the queue.</summary>
    public Task SendAsync(SentMail mail, string status, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var report = new
        {
            id = Guid.NewGuid(),
            topic = "/subscriptions/local/resourcegroups/local/providers/microsoft.communication/communicationservices/local",
            subject = $"sender/{Sender}/message/{mail.OperationId}",
            data = new
            {
                sender = Sender,
                recipient = mail.To,
                internetMessageId = $"<{mail.OperationId:N}@mail.example>",
                messageId = mail.OperationId,
                status,
                deliveryStatusDetails = new { statusMessage = status, recipientMailServerHostName = "" },
                deliveryAttemptTimestamp = now,
            },
            eventType = "Microsoft.Communication.EmailDeliveryReportReceived",
            dataVersion = "1.0",
            metadataVersion = "1",
            eventTime = now.UtcDateTime,
        };
        var message = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(report)));
        return queue.SendAsync(queueName, message, TimeSpan.Zero, ct);
    }
}
