using Azure;
using Azure.Storage.Queues;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A queue of a storage account.</summary>
/// <remarks>Every call throws <see cref="LocalHostException"/>, with what to do, where the service cannot be reached or refuses.</remarks>
internal sealed class StorageQueue(QueueClient client, QueueAccount account) : IMessageQueue
{
    /// <inheritdoc/>
    public string Name => client.Name;

    /// <inheritdoc/>
    public Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct) => CallAsync<(int?, DateTimeOffset)>(
        async () =>
        {
            try
            {
                var answer = await client.GetPropertiesAsync(ct);
                var headers = answer.GetRawResponse().Headers;
                // The client reads a count of 0 from any page of the web.
                return headers.Contains("x-ms-approximate-messages-count") && headers.Date is { } now
                    ? (answer.Value.ApproximateMessagesCount, now)
                    : throw new LocalHostException($"{account.Endpoint} does not answer as a queue service does.");
            }
            catch (RequestFailedException e) when (e.IsMissingQueue())
            {
                return (null, default);
            }
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct) => CallAsync<IReadOnlyList<StorageMessage>>(
        async () => [.. (await client.PeekMessagesAsync(INoticeQueue.MostAtOnce, ct)).Value.Select(
            message => new StorageMessage(message.MessageId, message.InsertedOn!.Value, "", message.Body.ToString()))],
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct) => CallAsync<IReadOnlyList<StorageMessage>>(
        async () => [.. (await client.ReceiveMessagesAsync(INoticeQueue.MostAtOnce, hold, ct)).Value.Select(
            message => new StorageMessage(message.MessageId, message.InsertedOn!.Value, message.PopReceipt, message.Body.ToString()))],
        ct);

    /// <inheritdoc/>
    public Task PutAsync(string text, CancellationToken ct) => CallAsync(
        async () =>
        {
            await client.PutAsync(text, delay: null, ct);
            return true;
        },
        ct);

    /// <inheritdoc/>
    public Task DeleteAsync(StorageMessage message, CancellationToken ct) => UnlessGoneAsync(() => client.DeleteMessageAsync(message.Id, message.Receipt, ct), ct);

    /// <inheritdoc/>
    public Task ReleaseAsync(StorageMessage message, CancellationToken ct) =>
        UnlessGoneAsync(async () => (await client.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: ct)).GetRawResponse(), ct);

    private Task<Response?> UnlessGoneAsync(Func<Task<Response>> call, CancellationToken ct) => CallAsync<Response?>(
        async () =>
        {
            try
            {
                return await call();
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return null;
            }
        },
        ct);

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (!ct.IsCancellationRequested && QueueTrouble.IsKnown(e))
        {
            throw QueueTrouble.Of(account, Name, e);
        }
    }
}
