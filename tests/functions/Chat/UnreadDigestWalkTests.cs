namespace Connections.Tests.Functions.Chat;

/// <summary>A random walk through writing, reading, waiting and restarts, compared with the expected emails.</summary>
public sealed class UnreadDigestWalkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DigestAfter = 15 * Minute;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_time_that_messages_stay_unread_for_15_minutes_is_one_email(int seed)
    {
        const int Steps = 18;
        var chance = new Random(seed);
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        var sent = new List<DateTimeOffset>();
        var (read, told, expected) = (0, -1, 0);
        for (var step = 0; step < Steps; step++)
        {
            switch (chance.Next(8))
            {
                case 0 or 1:
                    await SayAsync(clocked, id);
                    sent.Add(clocked.Time.GetUtcNow());
                    break;
                case 2 when read < sent.Count:
                    read = chance.Next(read, sent.Count) + 1;
                    Assert.Null(
                        (await clocked.Host.ClientFor("creator").PutAsync($"/api/connections/{id}/read", new { seq = read })).Problem);
                    break;
                case 3 or 4:
                    await clocked.RestartAfterAsync(chance.Next(1, 12) * Minute);
                    break;
                default:
                    await clocked.PassAsync(chance.Next(1, 20) * Minute);
                    break;
            }

            // The clock moves while work settles, so nothing is checked within a minute of a due time. A notice that comes before the read
            // mark that it is about goes back for a second.
            await clocked.PassAsync(TimeSpan.FromSeconds(2));
            while (read < sent.Count && (clocked.Time.GetUtcNow() - sent[read] - DigestAfter).Duration() < Minute)
            {
                await clocked.PassAsync(Minute);
            }

            if (read < sent.Count && told != read && clocked.Time.GetUtcNow() - sent[read] > DigestAfter)
            {
                (told, expected) = (read, expected + 1);
            }

            var mails = await clocked.MailsAsync("creator", "wrote to you");
            Assert.True(mails.Count == expected, $"{mails.Count} emails after step {step}, not {expected}.");
        }

        Assert.InRange(expected, 2, Steps);
    }

    private static async Task SayAsync(ClockedHost clocked, string id) => Assert.Null(
        (await clocked.Host.ClientFor("brand")
            .SendAsync($"/api/connections/{id}/messages", new { clientId = Guid.NewGuid().ToString("n"), text = "Hello" })).Problem);
}
