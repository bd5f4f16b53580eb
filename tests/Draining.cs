using Connections.Cosmos;
using Connections.Emulators.Queues;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>Waits until the app has finished the work that earlier calls caused.</summary>
public static class Draining
{
    // Longer than the delay of a retry and far shorter than that of a reminder or digest.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Waits until every outbox is dispatched, every message and read mark is swept and no notice in the queue is due.</summary>
    /// <exception cref="TimeoutException">Work remains after <see cref="LocalHostFixture.MaxWait"/>.</exception>
    /// <param name="host">The host.</param>
    /// <param name="soon">Notices that are due within this time count as due; a minute by default.</param>
    public static async Task DrainAsync(this LocalHostFixture host, TimeSpan? soon = null)
    {
        // Each poll runs the sweep and some queries, and the change feed itself is polled only every half second.
        if (await Calls.EventuallyAsync(OwesAsync, owes => !owes, pauseMilliseconds: 60))
        {
            throw new TimeoutException("A document has undispatched work, or a notice is still due.");
        }

        async Task<bool> OwesAsync()
        {
            try
            {
                // The sweeps come once a minute, and leave what may still be under way.
                await host.SweepMessagesAsync();
                await host.Services.GetRequiredService<ReadMarkSweep>().RunAsync(default);
            }
            catch (AggregateException)
            {
                return true;
            }

            return await host.OwesAsync(soon ?? Soon);
        }
    }

    /// <summary>Runs the sweep of messages, also of those whose calls may still be under way.</summary>
    public static Task SweepMessagesAsync(this LocalHostFixture host) =>
        host.Services.GetRequiredService<MessageSweep>().RunAsync(DateTimeOffset.MaxValue, default);

    /// <summary>
    /// Whether an outbox is not dispatched yet, a message not swept, a read mark not shown to the other member, or a notice in the queue is
    /// due within <paramref name="soon"/>.
    /// </summary>
    public static async Task<bool> OwesAsync(this LocalHostFixture host, TimeSpan soon)
    {
        var nextYear = DateTimeOffset.UtcNow.AddYears(1);
        var services = host.Services;
        // Reads the queue last, because a notice is queued before its outbox entry is marked.
        return await services.GetRequiredService<ConnectionStore>().UndispatchedAsync(nextYear, default).AnyAsync()
            || await services.GetRequiredService<MemberStore>().UndispatchedAsync(nextYear, nextYear, default).AnyAsync()
            || await services.GetRequiredService<MessageSweep>().IsBehindAsync(default)
            || await OwesReadMarkAsync(services.GetRequiredService<Containers>())
            || await services.GetRequiredService<ReportStore>().UndispatchedAsync(nextYear, default).AnyAsync()
            || await services.GetRequiredService<MemberStore>().ActsUndispatchedAsync(nextYear, default).AnyAsync()
            || await services.GetRequiredService<LocalQueue>().CountDueAsync(
                INoticeQueue.Name, services.GetRequiredService<TimeProvider>().GetUtcNow() + soon, default) > 0;
    }

    // Every change of a row is swept, but few sweeps have anything to do, and those that call this with a clock of their own would wait for
    // a minute of it each time.
    private static async Task<bool> OwesReadMarkAsync(Containers containers)
    {
        var rows = await containers.Contacts.ReadAllAsync<ContactRow>(
            new QueryDefinition("SELECT * FROM c WHERE IS_DEFINED(c.read) OR IS_DEFINED(c.otherRead)"), default).ToListAsync();
        return rows.Exists(row => row.Read is { } mark
            && row.Seen.ReadMarks
            && !rows.Exists(other => (other.Id, other.MemberId) == (row.Id, row.OtherId) && other.OtherRead >= mark.Seq));
    }
}
