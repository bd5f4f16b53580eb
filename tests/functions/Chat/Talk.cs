using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.Invites;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>Two members and their connection.</summary>
public sealed class Talk
{
    private readonly LocalHostFixture _host;

    private Talk(LocalHostFixture host, string name, string id)
    {
        (_host, Name, Id) = (host, name, id);
        Brand = host.ClientFor(BrandId);
        Creator = host.ClientFor(CreatorId);
    }

    public string Id { get; }

    public string BrandId => $"{Name}-brand";

    public string CreatorId => $"{Name}-creator";

    public HttpClient Brand { get; }

    public HttpClient Creator { get; }

    /// <summary>The path of the connection.</summary>
    public string Path => $"/api/connections/{Id}";

    /// <summary>The path of its messages.</summary>
    public string Messages => $"{Path}/messages";

    private string Name { get; }

    /// <summary>A brand has invited a creator.</summary>
    public static async Task<Talk> InviteAsync(LocalHostFixture host, string name)
    {
        var brand = host.ClientFor($"{name}-brand");
        await brand.BecomeBrandAsync();
        await host.ClientFor($"{name}-creator").BecomeCreatorAsync();
        return new Talk(host, name, (await brand.SendAsync("/api/invites", new { creatorId = $"{name}-creator" }))["id"].ToString());
    }

    /// <summary>A brand and a creator are connected.</summary>
    public static async Task<Talk> BeginAsync(LocalHostFixture host, string name)
    {
        var talk = await InviteAsync(host, name);
        Assert.Equal(HttpStatusCode.OK, (await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept")).Status);
        return talk;
    }

    /// <summary>Sends a message, with a new client id by default.</summary>
    public Task<Answer> SayAsync(HttpClient member, string text, string? clientId = null) =>
        member.SendAsync(Messages, new { clientId = clientId ?? Guid.NewGuid().ToString(), text });

    public Task<Answer> EditAsync(HttpClient member, object seq, string text) =>
        member.CallAsync(HttpMethod.Patch, $"{Messages}/{seq}", new { text });

    public Task<Answer> DeleteAsync(HttpClient member, object seq) => member.CallAsync(HttpMethod.Delete, $"{Messages}/{seq}");

    /// <summary>All messages, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> HistoryAsync() =>
        [.. (await Brand.ReadAsync($"{Messages}?after=0&limit=100"))["value"].AsArray().Select(message => message!)];

    public Task<Answer> ContactAsync(HttpClient member) => member.ReadAsync(Path);

    /// <summary>Waits until a member's contact shows an expected state.</summary>
    public Task<Answer> ContactAsync(HttpClient member, Func<Answer, bool> isSo) => Calls.EventuallyAsync(() => ContactAsync(member), isSo);

    /// <summary>One of the two ends the connection.</summary>
    public async Task RemoveAsync()
    {
        var (contact, _) = await _host.Services.GetRequiredService<InviteService>()
            .ActAsync(new MemberId(BrandId), Id, new InviteAction.Remove(), default);
        Assert.Equal(ConnectionState.Removed, contact?.State);
    }

    /// <summary>Stores messages of the brand, past the limit on sending.</summary>
    public Task FillAsync(int count) => FillAsync(Enumerable.Range(0, count).Select(i => $"Message {i}"));

    /// <summary>Stores messages of the brand with these texts, past the limit on sending.</summary>
    public async Task FillAsync(IEnumerable<string> texts)
    {
        var messages = _host.Services.GetRequiredService<MessageStore>();
        var last = await messages.LastAsync(Id, default);
        foreach (var text in texts)
        {
            (last, _) = await messages.AppendAsync(
                Id,
                new MemberId(BrandId),
                new MemberId(CreatorId),
                new(Guid.NewGuid().ToString(), text),
                ConversationEnd.Of(last),
                default);
        }
    }
}
