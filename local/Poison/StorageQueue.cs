using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A queue of a storage account.</summary>
/// <remarks>Every call throws <see cref="LocalHostException"/> if the service cannot be reached or refuses.</remarks>
internal sealed class StorageQueue(QueueClient client, QueueAccount account) : IMessageQueue
{
    public string Name => client.Name;

    public Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct) => CallAsync<(int?, DateTimeOffset)>(
        async () =>
        {
            try
            {
                var answer = await client.GetPropertiesAsync(ct);
                var headers = answer.GetRawResponse().Headers;
                // From any web page the client would read a count of 0.
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

    public Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct) => CallAsync<IReadOnlyList<StorageMessage>>(
        async () => [.. (await client.PeekMessagesAsync(INoticeQueue.MaxAtOnce, ct)).Value.Select(
            message => new StorageMessage(message.MessageId, message.InsertedOn!.Value, "", message.Body.ToString()))],
        ct);

    public Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct) => CallAsync<IReadOnlyList<StorageMessage>>(
        async () => [.. (await client.ReceiveMessagesAsync(INoticeQueue.MaxAtOnce, hold, ct)).Value.Select(
            message => new StorageMessage(message.MessageId, message.InsertedOn!.Value, message.PopReceipt, message.Body.ToString()))],
        ct);

    public Task PutAsync(string text, CancellationToken ct) => CallAsync(
        async () =>
        {
            await client.PutAsync(text, delay: null, ct);
            return true;
        },
        ct);

    public Task DeleteAsync(StorageMessage message, CancellationToken ct) =>
        UnlessGoneAsync(() => client.DeleteMessageAsync(message.Id, message.Receipt, ct), ct);

    public Task ReleaseAsync(StorageMessage message, CancellationToken ct) =>
        UnlessGoneAsync(
            async () =>
                (await client.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: ct))
                .GetRawResponse(),
            ct);

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
        catch (Exception e) when (!ct.IsCancellationRequested && QueueErrors.IsKnown(e))
        {
            throw QueueErrors.Of(account, Name, e);
        }
    }
}

/// <summary>A storage account's queue service.</summary>
internal sealed class QueueAccount
{
    private readonly QueueServiceClient _client;

    private QueueAccount(QueueServiceClient client)
    {
        _client = client;
        Endpoint = new Uri(client.Uri.AbsoluteUri.TrimEnd('/') + "/");
    }

    /// <summary>The queue service's URL; ends in a slash.</summary>
    public Uri Endpoint { get; }

    /// <summary>An account that is called with this machine's sign-in or managed identity.</summary>
    /// <returns>The account; or null, and what is wrong with the address.</returns>
    public static (QueueAccount? Account, string? Error) OfIdentity(string text)
    {
        // A token is never sent unencrypted.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.Query.Length > 0
            || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            return (null, "--account takes the https address of a queue service, such as https://NAME.queue.core.windows.net.");
        }

        return url.Host.EndsWith(".core.windows.net", StringComparison.OrdinalIgnoreCase)
            && !url.Host.Contains(".queue.", StringComparison.OrdinalIgnoreCase)
            ? (
                null,
                $"{url.Host} is not a queue service. Its name has queue in the middle: "
                    + $"https://{url.Host.Split('.')[0]}.queue.core.windows.net.")
            : (new QueueAccount(new QueueServiceClient(url, new DefaultAzureCredential(), Options())), null);
    }

    /// <summary>An account that is called with its key, as emulators are.</summary>
    /// <returns>The account; or null, and what is wrong with the connection string.</returns>
    public static (QueueAccount? Account, string? Error) OfConnectionString(string text, QueueClientOptions? options = null)
    {
        QueueServiceClient? client = null;
        try
        {
            client = new QueueServiceClient(text, options ?? Options());
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Reported below, because the client's message does not name the option and may contain the key.
        }

        // Only a client with a key can sign URLs.
        return client is { CanGenerateAccountSasUri: true }
            ? (new QueueAccount(client), null)
            : (
                null,
                "--connection-string takes that of a storage account, with its AccountName and AccountKey, or UseDevelopmentStorage=true.");
    }

    public IMessageQueue Queue(string name) => new StorageQueue(_client.GetQueueClient(name), this);

    // A person waits for the answer.
    private static QueueClientOptions Options() => new() { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(30) } };
}

/// <summary>Messages for a queue service that cannot be reached or refuses, with what to do.</summary>
internal static class QueueErrors
{
    /// <summary>Whether an exception comes from the service or the sign-in.</summary>
    public static bool IsKnown(Exception e) =>
        e is RequestFailedException or AuthenticationFailedException or TaskCanceledException or AggregateException;

    public static LocalHostException Of(QueueAccount account, string queue, Exception e) => e switch
    {
        // One for each try.
        AggregateException { InnerExceptions: [.., var last] } => Of(account, queue, last),
        CredentialUnavailableException =>
            new($"Nobody is signed in on this machine. Sign in with az login, then try again.\n{FirstLine(e)}"),
        AuthenticationFailedException => new($"Signing in failed: {FirstLine(e)}\nTry az login again."),
        RequestFailedException { Status: 0 } =>
            new($"{account.Endpoint} cannot be reached: {FirstLine(e).TrimEnd('.')}. Check the account's name and the network."),
        RequestFailedException refused => new(Refused(account, queue, refused)),
        _ => new($"{account.Endpoint} does not answer. Try again; what was done so far is done."),
    };

    private static string Refused(QueueAccount account, string queue, RequestFailedException e)
    {
        var host = account.Endpoint.Host;
        return e.ErrorCode switch
        {
            "AuthorizationPermissionMismatch" =>
                $"You may not do this with the queues of {host}. Have the role Storage Queue Data Contributor assigned to you on the "
                    + "account; it takes some minutes until it holds.",
            "AuthorizationFailure" =>
                $"{host} lets nobody in from here: its network rules do not allow this machine. Run this from a network that they allow.",
            "KeyBasedAuthenticationNotPermitted" =>
                $"{host} takes no keys. Use --account with your own sign-in instead of --connection-string.",
            "QueueNotFound" => $"There is no queue {queue} at {account.Endpoint}. Is it the right account?",
            _ when e.Status is 401 or 403 =>
                $"{host} does not take this sign-in ({Code(e)}). Sign in to the account's own directory: az login --tenant TENANT. With a "
                    + "connection string, check its key.",
            _ => $"{host} answered {e.Status} {Code(e)}. Try again; what was done so far is done.",
        };
    }

    private static string Code(RequestFailedException e) => e.ErrorCode ?? e.GetRawResponse()?.ReasonPhrase ?? "";

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
