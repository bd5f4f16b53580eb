using System.Text;
using Connections.Notices;

namespace Connections.Tests.Functions.Email;

/// <summary>Reads delivery reports as Event Grid's documentation and the service itself write them.</summary>
public sealed class DeliveryReportTests
{
    private const string Id = "fb9e3380-428f-4e59-95a1-fc82e99a5219";

    private const string Event = """
        {
          "id": "0e0df3cb-ff8f-4f0a-9830-cfe76145d517",
          "topic": "/subscriptions/x/resourcegroups/y/providers/microsoft.communication/communicationservices/z",
          "subject": "sender/DoNotReply@mail.example/message/fb9e3380-428f-4e59-95a1-fc82e99a5219",
          "data": {
            "sender": "DoNotReply@mail.example",
            "recipient": "anna@example.com",
            "internetMessageId": "<1@mail.example>",
            "messageId": "fb9e3380-428f-4e59-95a1-fc82e99a5219",
            "status": "Bounced",
            "deliveryStatusDetails": { "statusMessage": "550 5.1.1", "recipientMailServerHostName": "mx.example.com" },
            "deliveryAttemptTimestamp": "2026-08-19T23:26:32.99+00:00"
          },
          "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
          "dataVersion": "1.0",
          "metadataVersion": "1",
          "eventTime": "2026-08-19T23:28:55.2532364Z"
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_is_read_in_base64_and_in_plain_text(bool isBase64)
    {
        var report = DeliveryReport.Read(isBase64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(Event)) : Event)!;

        Assert.Equal((Guid.Parse(Id), "anna@example.com", "Bounced"), (report.OperationId, report.Recipient, report.Status));
        Assert.Equal(new DateTimeOffset(2026, 8, 19, 23, 28, 55, TimeSpan.Zero).AddTicks(2_532_364), report.At);
    }

    [Theory]
    [InlineData("Bounced", true, "bounced")]
    [InlineData("suppressed", true, "suppressed")]
    [InlineData("Failed", false, "failed")]
    [InlineData("Quarantined", false, "quarantined")]
    [InlineData("FilteredSpam", false, "filteredSpam")]
    [InlineData("Delivered", false, "other")]
    [InlineData("Expanded", false, "other")]
    public void Only_a_bounce_and_a_suppression_are_about_the_address(string status, bool isBounce, string outcome)
    {
        var report = DeliveryReport.Read(Event.Replace("Bounced", status, StringComparison.Ordinal))!;
        Assert.Equal((isBounce, outcome), (report.IsBounce, report.Outcome));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("bm90IEpTT04=")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"data":1,"eventType":2,"eventTime":3}""")]
    public void Anything_else_is_no_report(string message) => Assert.Null(DeliveryReport.Read(message));

    [Theory]
    [InlineData("EmailDeliveryReportReceived", "EmailEngagementTrackingReportReceived")]
    [InlineData("\"messageId\": \"fb9e3380", "\"messageId\": \"xyz")]
    [InlineData("\"recipient\"", "\"to\"")]
    [InlineData("\"Bounced\"", "7")]
    [InlineData("\"2026-08-19T23:28:55.2532364Z\"", "\"yesterday\"")]
    public void A_report_that_lacks_a_part_is_no_report(string part, string other) =>
        Assert.Null(DeliveryReport.Read(Event.Replace(part, other, StringComparison.Ordinal)));
}
