using System.Collections.Concurrent;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Email;

/// <summary>An email service that first returns the outcomes of a test, and then accepts everything.</summary>
internal sealed class ScriptedMailer : IMailer
{
    public ConcurrentQueue<Func<Mail, MailOutcome>> Next { get; } = new();

    public ConcurrentQueue<(Guid OperationId, Mail Mail)> Tries { get; } = new();

    /// <summary>Starts a host that sends its emails here.</summary>
    public Task<ClockedHost> StartHostAsync() =>
        ClockedHost.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<IMailer>(this)));

    public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct)
    {
        Tries.Enqueue((operationId, mail));
        return Task.FromResult(Next.TryDequeue(out var outcome) ? outcome(mail) : new MailOutcome.HandedOver());
    }

    /// <summary>Waits for a number of tries.</summary>
    public async Task TriesAsync(int count) =>
        Assert.True(
            await Calls.EventuallyAsync(() => Task.FromResult(Tries.Count), seen => seen >= count, TimeSpan.FromSeconds(60)) >= count,
            $"{Tries.Count} tries, not {count}.");
}
