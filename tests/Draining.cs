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
        // A look is five queries, and the change feed is polled every half second.
        if (await Calls.EventuallyAsync(() => host.OwesAsync(soon ?? Soon), owes => !owes, pauseMilliseconds: 60))
        {
            throw new TimeoutException("A change or a notice is still owed.");
        }
    }

    /// <summary>Whether anything is owed now; what is in the queue and due within <paramref name="soon"/> counts.</summary>
    public static async Task<bool> OwesAsync(this LocalHostFixture host, TimeSpan soon)
    {
        ArgumentNullException.ThrowIfNull(host);
        var ever = DateTimeOffset.UtcNow.AddYears(1);
        var services = host.Services;
        // The queue last: a notice is in it before the outbox is marked.
        return await services.GetRequiredService<ConnectionStore>().OwingSinceBeforeAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<MemberStore>().OwingSinceBeforeAsync(ever, ever, default).AnyAsync()
            || await services.GetRequiredService<MessageStore>().OwingSinceBeforeAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<ReportStore>().OwingSinceBeforeAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<LocalQueue>().CountDueAsync(
                INoticeQueue.Name, services.GetRequiredService<TimeProvider>().GetUtcNow() + soon, default) > 0;
    }
}
