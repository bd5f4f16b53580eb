using Connections.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>The number of messages in the digest of unread messages, and the messages that it shows.</summary>
public sealed class UnreadDigestCountTests
{
    private const string Subject = "wrote to you";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task More_than_are_looked_at_are_counted_all_the_same()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await StoreAsync(clocked, id, Enumerable.Range(1, 130).Select(i => $"Number {i}"));

        await clocked.PassAsync(16 * Minute);
        var text = Assert.Single(await clocked.MailsAsync("creator", Subject)).Text;
        Assert.Contains("You have 130 unread messages", text, StringComparison.Ordinal);
        Assert.Contains("> Number 128\n\n> Number 129\n\n> Number 130\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_are_looked_at_the_deleted_ones_are_not_counted()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await StoreAsync(clocked, id, Enumerable.Range(1, 130).Select(i => $"Number {i}"));

        // At the start, in the middle across pages of 100, and at the end.
        foreach (var seq in new[] { 1, 50, 51, 52, 129 })
        {
            Assert.Null(
                (await clocked.Host.ClientFor("brand").CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/{seq}")).Problem);
        }

        await clocked.PassAsync(16 * Minute);
        var text = Assert.Single(await clocked.MailsAsync("creator", Subject)).Text;
        Assert.Contains("You have 125 unread messages", text, StringComparison.Ordinal);
        Assert.Contains("> Number 127\n\n> Number 128\n\n> Number 130\n", text, StringComparison.Ordinal);
        Assert.Equal(125, (int)(await clocked.Host.ClientFor("creator").ReadAsync($"/api/connections/{id}"))["unread"]);
    }

    [Theory]
    [InlineData("You have 2 unread messages from Aurora Outdoor.\n", "Aurora Outdoor wrote:\n> hello\n\n> bye\n", "hello", "\u200b", "bye")]
    [InlineData(
        "You have 4 unread messages from Aurora Outdoor.\n", "The last 3 of them:\n> two\n\n> three\n\n> four\n", "one", "\u200b", "two",
        "three", "four", "\u2800")]
    [InlineData("You have 2 unread messages from Aurora Outdoor.\n", "Open the conversation:\n", "\u200b", "\u2800")]
    public async Task A_stored_message_of_which_nothing_can_be_shown_is_not_counted_beside_those_that_are(
        string count, string shown, params string[] texts)
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await StoreAsync(clocked, id, texts);

        await clocked.PassAsync(16 * Minute);
        var mail = Assert.Single(await clocked.MailsAsync("creator", Subject)).Text;
        Assert.Contains(count, mail, StringComparison.Ordinal);
        Assert.Contains("\n" + shown, mail, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", mail, StringComparison.Ordinal);
    }

    // Bypasses the calls, which limit messages per minute and refuse texts without visible characters.
    private static async Task StoreAsync(ClockedHost clocked, string id, IEnumerable<string> texts)
    {
        var store = clocked.Host.Services.GetRequiredService<MessageStore>();
        MessageDocument? last = null;
        foreach (var text in texts)
        {
            (last, _) = await store.AppendAsync(
                id, new("brand"), new("creator"), new(Guid.NewGuid().ToString("n"), text), ConversationEnd.Of(last), default);
        }
    }
}
