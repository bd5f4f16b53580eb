using Connections.Chat;
using Connections.Email;
using Connections.Invites;
using Connections.Local.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>Waiting until all that follows from the calls so far is done.</summary>
public static class Draining
{
    /// <summary>Returns when no connection and no message owes anything and the notice queue is empty.</summary>
    /// <exception cref="TimeoutException">Something is still owed after <see cref="LocalHostFixture.Patience"/>.</exception>
    public static async Task DrainAsync(this LocalHostFixture host)
    {
        var owed = await Calls.EventuallyAsync(() => OwedAsync(host), count => count == 0);
        if (owed > 0)
        {
            throw new TimeoutException($"{owed} changes or notices are still owed.");
        }
    }

    private static async Task<int> OwedAsync(LocalHostFixture host)
    {
        var ever = DateTimeOffset.UtcNow.AddYears(1);
        var services = host.Services;
        return await services.GetRequiredService<ConnectionStore>().OwingSinceBeforeAsync(ever, default).CountAsync()
            + await services.GetRequiredService<MessageStore>().OwingSinceBeforeAsync(ever, default).CountAsync()
            + await services.GetRequiredService<LocalQueue>().CountAsync(INoticeQueue.Name, default);
    }
}
