using System.Text.Json;
using System.Web;
using Generated.NSwag;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Kiota = Generated.Kiota;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The clients that NSwag and Kiota generate from the contract do the main job, as an app would with them.</summary>
public sealed class GeneratedClientsTests : IClassFixture<GeneratedClientsTests.Host>
{
    private readonly LocalHostFixture _host;

    public GeneratedClientsTests(Host host) => _host = host.Fixture;

    [Fact]
    public void The_generators_have_nothing_to_say_about_the_contract()
    {
        var said = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Clients", "obj", "generated", "said.txt"));
        Assert.Contains(said, line => line.StartsWith("Code has been successfully", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("Generation completed successfully", StringComparison.Ordinal));
        // Kiota knows no format for addresses, and takes them for strings.
        Assert.DoesNotContain(said, line => line.Contains("OpenAPI", StringComparison.Ordinal)
            && !line.Contains("The format uri", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_NSwag_a_brand_finds_invites_and_talks_with_a_creator()
    {
        var (brand, creator) = (NSwag("nswag-brand"), NSwag("nswag-creator"));
        await brand.ChangeMyProfileAsync(new ProfileChange { Kind = "brand", DisplayName = "Aurora Outdoor" });
        await creator.ChangeMyProfileAsync(new ProfileChange
        {
            Kind = "creator", DisplayName = "Nora", Handle = "nswagnora", Headline = "Trails", Listed = true, Categories = ["travel"],
            // More than an int holds.
            Platforms = [new PlatformChange { Name = "instagram", Handle = "nswagnora", Followers = 5_000_000_000 }],
        });

        var found = new List<CallersCard>();
        for (string? continuation = null; ;)
        {
            var page = await brand.FindCreatorsAsync(limit: 5, continuation: continuation);
            found.AddRange(page.Value);
            if (page.NextLink is null)
            {
                break;
            }

            continuation = HttpUtility.ParseQueryString(page.NextLink.Query)["continuation"];
        }

        Assert.Equal(found.Count, found.DistinctBy(card => card.Id).Count());
        Assert.InRange(found.Count, 12, 15);
        Assert.Equal(5_000_000_000, found.Single(card => card.Id == "nswag-creator").Followers);

        await using var live = await LiveClient.OpenAsync(_host.ClientFor("nswag-creator"));
        var invited = await brand.SendInviteAsync(new InviteRequest { CreatorId = "nswag-creator", Note = "Walk with us?" });
        Assert.Equal("connected", (await creator.AcceptInviteAsync(invited.Id)).State);
        var sent = await brand.SendMessageAsync(new SendMessageRequest { ClientId = "1", Text = "Hi!" }, invited.Id);
        Assert.Equal("Hi!", (await creator.ReadMessageAsync(invited.Id, sent.Seq)).Text);
        Assert.Equal(sent.Seq, (await creator.MarkReadAsync(invited.Id, new MarkReadRequest { Seq = sent.Seq })).ReadSeq);

        // An event is one of the classes that its type names.
        Assert.Equal("Hi!", (await EventAsync<MessageCreatedEvent>(live, "message.created")).Message.Text);
        Assert.Equal(invited.Id, (await EventAsync<ConnectionChangedEvent>(live, "connection.changed")).Contact.Id);
        Assert.Equal(sent.Seq, (await EventAsync<MessageReadEvent>(live, "message.read")).Seq);

        // The answer of a batch has one shape, whether its status is 200 or 207.
        var draft = new SendMessageRequest { ClientId = "2", Text = "How is autumn?" };
        var batch = await brand.SendMessagesAsync(
            new SendMessagesRequest { Messages = [draft, new SendMessageRequest { ClientId = "1", Text = "No" }] }, invited.Id);
        Assert.Equal([201, 409], batch.Results.Select(result => result.Status));
        Assert.Equal("/problems/key-reused", batch.Results.Last().Problem.Type);
        batch = await brand.SendMessagesAsync(new SendMessagesRequest { Messages = [draft] }, invited.Id);
        Assert.Equal((200, 2L), (batch.Results.Single().Status, batch.Results.Single().Message.Seq));

        var refused = await Assert.ThrowsAsync<ApiException<Problem>>(() => creator.AcceptInviteAsync("c" + new string('0', 30)));
        Assert.Equal((404, "/problems/not-found"), (refused.Result.Status, refused.Result.Type));
        var reused = await Assert.ThrowsAsync<ApiException<Problem>>(() =>
            brand.SendMessageAsync(new SendMessageRequest { ClientId = "1", Text = "Something else" }, invited.Id));
        Assert.Equal("/problems/key-reused", reused.Result.Type);
        var invalid = await Assert.ThrowsAsync<ApiException<Problem>>(() => brand.FindCreatorsAsync(limit: 0));
        Assert.Equal(["limit"], invalid.Result.Errors.Keys);
    }

    [Fact]
    public async Task By_Kiota_a_brand_finds_invites_and_talks_with_a_creator()
    {
        var (brand, creator) = (ByKiota("kiota-brand"), ByKiota("kiota-creator"));
        await brand.Api.Me.PutAsync(new Kiota.Models.ProfileChange { Kind = "brand", DisplayName = "Aurora Outdoor" });
        await creator.Api.Me.PutAsync(new Kiota.Models.ProfileChange
        {
            Kind = "creator", DisplayName = "Nora", Handle = "kiotanora", Headline = "Trails", Listed = true, Categories = ["travel"],
            Platforms = [new Kiota.Models.PlatformChange { Name = "instagram", Handle = "kiotanora", Followers = 5_000_000_000 }],
        });

        var found = new List<Kiota.Models.CallersCard>();
        var page = await brand.Api.Creators.GetAsync(call => call.QueryParameters.Limit = 5);
        found.AddRange(page!.Value!);
        while (page!.NextLink is { } next)
        {
            page = await brand.Api.Creators.WithUrl(next).GetAsync();
            found.AddRange(page!.Value!);
        }

        Assert.Equal(found.Count, found.DistinctBy(card => card.Id).Count());
        Assert.InRange(found.Count, 12, 15);
        Assert.Equal(5_000_000_000, found.Single(card => card.Id == "kiota-creator").Followers);

        var invited = await brand.Api.Invites.PostAsync(new Kiota.Models.InviteRequest { CreatorId = "kiota-creator" });
        Assert.Equal("connected", (await creator.Api.Invites[invited!.Id!].Accept.PostAsync())!.State);
        var messages = brand.Api.Connections[invited.Id!].Messages;
        var sent = await messages.PostAsync(new Kiota.Models.SendMessageRequest { ClientId = "1", Text = "Hi!" });
        Assert.Equal("Hi!", (await creator.Api.Connections[invited.Id!].Messages[sent!.Seq!.Value].GetAsync())!.Text);

        var draft = new Kiota.Models.SendMessageRequest { ClientId = "2", Text = "How is autumn?" };
        var batch = await messages.Batch.PostAsync(new Kiota.Models.SendMessagesRequest
        {
            Messages = [draft, new Kiota.Models.SendMessageRequest { ClientId = "1", Text = "No" }],
        });
        Assert.Equal([201, 409], batch!.Results!.Select(result => result.Status));
        Assert.Equal("/problems/key-reused", batch.Results![^1].Problem!.Type);
        batch = await messages.Batch.PostAsync(new Kiota.Models.SendMessagesRequest { Messages = [draft] });
        Assert.Equal((200, 2L), (batch!.Results!.Single().Status, batch.Results!.Single().Message!.Seq));

        var reused = await Assert.ThrowsAsync<Kiota.Models.Problem>(() =>
            messages.PostAsync(new Kiota.Models.SendMessageRequest { ClientId = "1", Text = "Something else" }));
        Assert.Equal(("/problems/key-reused", 409), (reused.Type, reused.Status));
        var unknown = await Assert.ThrowsAsync<Kiota.Models.Problem>(() => brand.Api.Creators["nobody"].GetAsync());
        Assert.Equal("/problems/not-found", unknown.Type);
    }

    private static async Task<T> EventAsync<T>(LiveClient live, string type) =>
        (await live.EventAsync(told => told["type"]!.ToString() == type)).Deserialize<T>()!;

    private ConnectionsClient NSwag(string member) => new(_host.ClientFor(member)) { BaseUrl = _host.Url.AbsoluteUri };

    private Kiota.ConnectionsClient ByKiota(string member) => new(
        new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: _host.ClientFor(member))
        {
            BaseUrl = _host.Url.AbsoluteUri.TrimEnd('/'),
        });

    /// <summary>A host with eleven listed creators, so that their list has several pages.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public LocalHostFixture Fixture { get; private set; } = null!;

        public async Task InitializeAsync() => Fixture = await LocalHostFixture.StartAsync(o => o with { Creators = 11 });

        public Task DisposeAsync() => Fixture.DisposeAsync();
    }
}
