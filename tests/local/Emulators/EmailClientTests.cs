using Connections.Local;

namespace Connections.Tests.Local.Emulators;

/// <summary>The unmodified <c>@azure/communication-email</c>.</summary>
public sealed class EmailClientTests(EmulatorsFixture emulators) : IClassFixture<EmulatorsFixture>
{
    [Fact]
    public async Task A_sent_email_is_in_the_outbox()
    {
        var operationId = Guid.NewGuid();
        await using var client = await emulators.ClientAsync("email", "Email");

        var sent = await client.CallAsync("send", new { message = Message("sent@example.com"), operationId });

        Assert.Equal(("Succeeded", $"{operationId}"), ((string?)sent!["status"], (string?)sent["id"]));
        var mail = Assert.Single(await emulators.Host.OutboxAsync("sent@example.com"));
        Assert.Equal((operationId, "Hello ☕", "<p>Hi</p>", "Hi"), (mail.OperationId, mail.Subject, mail.Html, mail.Text));
        Assert.Equal("<https://example.com/unsubscribe>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("replies@example.com", mail.Headers["Reply-To"]);
    }

    [Fact]
    public async Task A_repeated_operation_is_the_same_email()
    {
        var operationId = Guid.NewGuid();
        await using var client = await emulators.ClientAsync("email", "Email");

        var first = await client.CallAsync("send", new { message = Message("again@example.com"), operationId });
        var second = await client.CallAsync("send", new { message = Message("again@example.com"), operationId });

        Assert.Equal((string?)first!["id"], (string?)second!["id"]);
        Assert.Single(await emulators.Host.OutboxAsync("again@example.com"));
    }

    [Fact]
    public async Task Without_an_operation_id_each_send_is_a_separate_email()
    {
        await using var client = await emulators.ClientAsync("email", "Email");

        await client.CallAsync("send", new { message = Message("two@example.com") });
        await client.CallAsync("send", new { message = Message("two@example.com") });

        Assert.Equal(2, (await emulators.Host.OutboxAsync("two@example.com")).Count);
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        await using var client = await JavaScriptClient.StartAsync("email", $"endpoint={emulators.Host.Url};accesskey=bm90IHRoZSBrZXk=");

        Assert.Equal(401, (await client.RefusedAsync("send", new { message = Message("key@example.com") })).Status);
        Assert.Empty(await emulators.Host.OutboxAsync("key@example.com"));
    }

    [Fact]
    public async Task An_invalid_address_is_refused()
    {
        await using var client = await emulators.ClientAsync("email", "Email");

        var refused = await client.RefusedAsync("send", new { message = Message("no address") });

        Assert.Equal((400, "BadRequest"), (refused.Status, refused.Code));
        Assert.Contains("not an email address", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replyTo")]
    [InlineData("cc")]
    public async Task Features_that_the_application_does_not_use_are_refused_by_name(string field)
    {
        await using var client = await emulators.ClientAsync("email", "Email");
        object[] others = [new { address = "other@example.com" }];
        object[] to = [new { address = "field@example.com" }];
        object message = field == "cc"
            ? new
            {
                senderAddress = "sender@example.com", content = new { subject = "s", plainText = "t" },
                recipients = new { to, cc = others },
            }
            : new
            {
                senderAddress = "sender@example.com", content = new { subject = "s", plainText = "t" }, recipients = new { to },
                replyTo = others.Append(new { address = "another@example.com" }),
            };

        var refused = await client.RefusedAsync("send", new { message });

        Assert.Equal(400, refused.Status);
        Assert.Contains(field == "cc" ? "cc" : "several addresses for replies", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await emulators.Host.OutboxAsync("field@example.com"));
    }

    private static object Message(string to) => new
    {
        senderAddress = EmulatorSettings.For(EmulatorSettings.DefaultUrl)["Email__Sender"],
        content = new { subject = "Hello ☕", html = "<p>Hi</p>", plainText = "Hi" },
        recipients = new { to = new[] { new { address = to, displayName = "Ada" } } },
        replyTo = new[] { new { address = "replies@example.com" } },
        headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.com/unsubscribe>" },
        userEngagementTrackingDisabled = true,
    };
}
