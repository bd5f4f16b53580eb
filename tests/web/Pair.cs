using System.Net;
using Connections.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Web;

/// <summary>A brand and a creator of one test. No other test meets them, and a search for the creator's name finds nobody else.</summary>
public sealed class Pair
{
    private static int _made;

    private Pair(LocalHostFixture host, int number)
    {
        Host = host;
        BrandId = $"pair-{number}-brand";
        BrandName = $"Aurora Outdoor {number}";
        CreatorId = $"pair-{number}-creator";
        CreatorName = $"Mira Lund {number}";
        Brand = host.ClientFor(BrandId);
        Creator = host.ClientFor(CreatorId);
    }

    public LocalHostFixture Host { get; }

    public string BrandId { get; }

    public string BrandName { get; }

    public string CreatorId { get; }

    public string CreatorName { get; }

    /// <summary>Calls as the brand.</summary>
    public HttpClient Brand { get; }

    /// <summary>Calls as the creator.</summary>
    public HttpClient Creator { get; }

    /// <summary>Two members who do not know each other yet.</summary>
    public static async Task<Pair> MakeAsync(LocalHostFixture host)
    {
        // At least three digits, so that no number is the prefix of another.
        var pair = new Pair(host, Interlocked.Increment(ref _made) + 100);
        Sent(await pair.Brand.BecomeBrandAsync(pair.BrandName));
        Sent(await pair.Creator.BecomeCreatorAsync(pair.CreatorName, pair.CreatorId));
        return pair;
    }

    /// <summary>The brand invites the creator.</summary>
    /// <returns>The connection's id.</returns>
    public async Task<string> InviteAsync(string? note = null) =>
        Sent(await Brand.SendAsync("/api/invites", new { creatorId = CreatorId, note }))["id"].ToString();

    /// <summary>Connects the two.</summary>
    /// <returns>The connection's id.</returns>
    public async Task<string> ConnectAsync(string? note = null)
    {
        var id = await InviteAsync(note);
        Sent(await Creator.SendAsync($"/api/invites/{id}/accept"));
        return id;
    }

    /// <summary>Sends a message from one to the other.</summary>
    public static async Task SendMessageAsync(HttpClient member, string connectionId, string text) =>
        Sent(await member.SendAsync($"/api/connections/{connectionId}/messages", new { clientId = Guid.NewGuid().ToString(), text }));

    /// <summary>Adds messages called <c>Message 1</c> and so on, by each in turn, bypassing the rate limit. Both have read them.</summary>
    public async Task AddMessagesAsync(string connectionId, int messages)
    {
        var store = Host.Services.GetRequiredService<MessageStore>();
        var (speaker, listener) = (new MemberId(BrandId), new MemberId(CreatorId));
        var last = await store.LastAsync(connectionId, default);
        for (var number = 1; number <= messages; number++)
        {
            (last, _) = await store.AppendAsync(
                connectionId, speaker, listener, new(Guid.NewGuid().ToString(), $"Message {number}"), ConversationEnd.Of(last), default);
            (speaker, listener) = (listener, speaker);
        }

        foreach (var member in (HttpClient[])[Brand, Creator])
        {
            Sent(await member.PutAsync($"/api/connections/{connectionId}/read", new { seq = last!.Seq }));
        }
    }

    /// <summary>All messages, the oldest first, up to 100.</summary>
    public async Task<IReadOnlyList<string>> MessageTextsAsync(string connectionId) =>
        [.. Sent(await Brand.ReadAsync($"/api/connections/{connectionId}/messages?after=0&limit=100"))["value"]
            .AsArray().Select(message => message!["text"]!.ToString())];

    private static Answer Sent(Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{(int)answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }
}
