using Connections.Chat;
using Connections.Invites;
using Connections.Local.Queue;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>Waiting until all that follows from the calls so far is done.</summary>
public static class Draining
{
    // What the email service or a failure put off comes back within this; reminders and digests wait far longer.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Returns when no connection, message and report owes anything and the notice queue has nothing for now.</summary>
    /// <exception cref="TimeoutException">Something is still owed after <see cref="LocalHostFixture.Patience"/>.</exception>
    /// <param name="host">The host.</param>
    /// <param name="soon">What is due within this time counts as for now; a minute where none is given.</param>
    public static async Task DrainAsync(this LocalHostFixture host, TimeSpan? soon = null)
    {
        var owed = await Calls.EventuallyAsync(() => OwedAsync(host, soon ?? Soon), count => count == 0);
        if (owed > 0)
        {
            throw new TimeoutException($"{owed} changes or notices are still owed.");
        }
    }

    /// <summary>How much is owed now; what is in the queue and due within <paramref name="soon"/> counts.</summary>
    public static async Task<int> OwedAsync(this LocalHostFixture host, TimeSpan soon)
    {
        ArgumentNullException.ThrowIfNull(host);
        var ever = DateTimeOffset.UtcNow.AddYears(1);
        var services = host.Services;
        return await services.GetRequiredService<MemberStore>().OwingSinceBeforeAsync(ever, ever, default).CountAsync()
            + await services.GetRequiredService<ConnectionStore>().OwingSinceBeforeAsync(ever, default).CountAsync()
            + await services.GetRequiredService<MessageStore>().OwingSinceBeforeAsync(ever, default).CountAsync()
            + await services.GetRequiredService<ReportStore>().OwingSinceBeforeAsync(ever, default).CountAsync()
            + await services.GetRequiredService<LocalQueue>().CountDueAsync(
                INoticeQueue.Name, services.GetRequiredService<TimeProvider>().GetUtcNow() + soon, default);
    }
}
