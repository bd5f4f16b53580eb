using System.Globalization;
using System.Net;
using System.Xml.Linq;

namespace Connections.Local.Poison;

/// <summary>A queue of a storage account, by the service's REST protocol.</summary>
/// <remarks>Every call throws <see cref="LocalHostException"/>, with what to do, where the service cannot be reached or refuses.</remarks>
internal sealed class StorageQueue(HttpClient http, QueueAccount account, string name) : IMessageQueue
{
    private const string Version = "2021-12-02";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, "?comp=metadata", content: null, ct, HttpStatusCode.NotFound);
        var count = answer.StatusCode == HttpStatusCode.NotFound ? (int?)null : int.Parse(answer.Headers.GetValues("x-ms-approximate-messages-count").Single(), CultureInfo.InvariantCulture);
        return (count, answer.Headers.Date ?? throw new LocalHostException($"{account.Endpoint} does not answer as a queue service does."));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct) => MessagesAsync($"/messages?numofmessages={IMessageQueue.MostAtOnce}&peekonly=true", ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct) =>
        MessagesAsync($"/messages?numofmessages={IMessageQueue.MostAtOnce}&visibilitytimeout={(int)hold.TotalSeconds}", ct);

    /// <inheritdoc/>
    public async Task PutAsync(string text, CancellationToken ct)
    {
        const string Path = "/messages?messagettl=-1";
        var body = new XElement("QueueMessage", new XElement("MessageText", text)).ToString(SaveOptions.DisableFormatting);
        using var answer = await SendAsync(HttpMethod.Post, Path, body, ct, HttpStatusCode.NotFound);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            (await SendAsync(HttpMethod.Put, "", content: null, ct)).Dispose();
            (await SendAsync(HttpMethod.Post, Path, body, ct)).Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(StorageMessage message, CancellationToken ct) =>
        (await SendAsync(HttpMethod.Delete, $"/messages/{message.Id}?popreceipt={Uri.EscapeDataString(message.Receipt)}", content: null, ct, HttpStatusCode.NotFound)).Dispose();

    /// <inheritdoc/>
    public async Task ReleaseAsync(StorageMessage message, CancellationToken ct) =>
        (await SendAsync(HttpMethod.Put, $"/messages/{message.Id}?popreceipt={Uri.EscapeDataString(message.Receipt)}&visibilitytimeout=0", content: null, ct, HttpStatusCode.NotFound)).Dispose();

    private async Task<IReadOnlyList<StorageMessage>> MessagesAsync(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, content: null, ct);
        return StorageMessage.ReadAll(await answer.Content.ReadAsStreamAsync(ct));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? content, CancellationToken ct, HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(account.Endpoint, name + path));
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("x-ms-date", DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture));
        if (content is not null)
        {
            request.Content = new StringContent(content, System.Text.Encoding.UTF8, "application/xml");
        }

        try
        {
            await account.SignAsync(request, ct);
            var answer = await http.SendAsync(request, ct);
            if (answer.IsSuccessStatusCode || answer.StatusCode == expected)
            {
                return answer;
            }

            using (answer)
            {
                throw QueueTrouble.Refused(account, name, answer);
            }
        }
        catch (Exception e) when (QueueTrouble.IsKnown(e, ct))
        {
            throw QueueTrouble.Of(account, e);
        }
    }
}
