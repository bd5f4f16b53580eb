using Connections.Chat;
using Connections.Emulators.Queues;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>Waits until the app has finished the work that earlier calls caused.</summary>
public static class Draining
{
    // A retry comes within this time; reminders and digests wait far longer.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Returns when no document owes anything and no notice in the queue is due.</summary>
    /// <exception cref="TimeoutException">Something is still owed after <see cref="LocalHostFixture.Patience"/>.</exception>
    /// <param name="host">The host.</param>
    /// <param name="soon">Notices that are due within this time count as due; a minute by default.</param>
    public static async Task DrainAsync(this LocalHostFixture host, TimeSpan? soon = null)
    {
        // Each poll costs up to five queries, and the change feed itself is polled only every half second.
        if (await Calls.EventuallyAsync(() => host.OwesAsync(soon ?? Soon), owes => !owes, pauseMilliseconds: 60))
        {
            throw new TimeoutException("A change or a notice is still owed.");
        }
    }

    /// <summary>Whether a document owes anything, or a notice in the queue is due within <paramref name="soon"/>.</summary>
    public static async Task<bool> OwesAsync(this LocalHostFixture host, TimeSpan soon)
    {
        var ever = DateTimeOffset.UtcNow.AddYears(1);
        var services = host.Services;
        // The queue last: a notice is in it before the outbox is marked.
        return await services.GetRequiredService<ConnectionStore>().UndispatchedAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<MemberStore>().UndispatchedAsync(ever, ever, default).AnyAsync()
            || await services.GetRequiredService<MessageStore>().UndispatchedAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<ReportStore>().UndispatchedAsync(ever, default).AnyAsync()
            || await services.GetRequiredService<LocalQueue>().CountDueAsync(
                INoticeQueue.Name, services.GetRequiredService<TimeProvider>().GetUtcNow() + soon, default) > 0;
    }
}
