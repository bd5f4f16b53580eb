using System.Net;
using Connections.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Web;

/// <summary>A brand and a creator of one test: no other test meets them, and a search for the creator's name finds nobody else.</summary>
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

    /// <summary>Two who do not know each other yet.</summary>
    public static async Task<Pair> MakeAsync(LocalHostFixture host)
    {
        // Three digits at least, so that no number begins another.
        var pair = new Pair(host, Interlocked.Increment(ref _made) + 100);
        Sent(await pair.Brand.BecomeBrandAsync(pair.BrandName));
        Sent(await pair.Creator.BecomeCreatorAsync(pair.CreatorName, pair.CreatorId));
        return pair;
    }

    /// <summary>The brand invites the creator.</summary>
    /// <returns>The connection's id.</returns>
    public async Task<string> InviteAsync(string? note = null) => Sent(await Brand.SendAsync("/api/invites", new { creatorId = CreatorId, note }))["id"].ToString();

    /// <summary>The two are connected.</summary>
    /// <returns>The connection's id.</returns>
    public async Task<string> ConnectAsync(string? note = null)
    {
        var id = await InviteAsync(note);
        Sent(await Creator.SendAsync($"/api/invites/{id}/accept"));
        return id;
    }

    /// <summary>One of the two says something.</summary>
    public static async Task SayAsync(HttpClient member, string connectionId, string text) =>
        Sent(await member.SendAsync($"/api/connections/{connectionId}/messages", new { clientId = Guid.NewGuid().ToString(), text }));

    /// <summary>The two have said much: messages called <c>Message 1</c> and so on, by the one and the other in turn, past the limit on sending. Both have read them.</summary>
    public async Task SayMuchAsync(string connectionId, int messages)
    {
        var store = Host.Services.GetRequiredService<MessageStore>();
        var (speaker, listener) = (new MemberId(BrandId), new MemberId(CreatorId));
        var last = await store.LastAsync(connectionId, default);
        for (var number = 1; number <= messages; number++)
        {
            (last, _) = await store.AppendAsync(connectionId, speaker, listener, Guid.NewGuid().ToString(), $"Message {number}", ConversationEnd.Of(last), default);
            (speaker, listener) = (listener, speaker);
        }

        foreach (var member in (HttpClient[])[Brand, Creator])
        {
            Sent(await member.PutAsync($"/api/connections/{connectionId}/read", new { seq = last!.Seq }));
        }
    }

    /// <summary>All that was said, oldest first, up to 100 messages.</summary>
    public async Task<IReadOnlyList<string>> SaidAsync(string connectionId) =>
        [.. Sent(await Brand.ReadAsync($"/api/connections/{connectionId}/messages?after=0&limit=100"))["value"].AsArray().Select(message => message!["text"]!.ToString())];

    private static Answer Sent(Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{(int)answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }
}
