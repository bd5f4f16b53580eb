using Connections.Cosmos;
using Connections.Creators.Dismissed;
using Connections.Creators.Facets;
using Connections.Creators.Favourites;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Safety;
using Connections.Tests.Functions.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>Long lists of one member, written directly to the store.</summary>
internal static class Lists
{
    /// <summary>The lists whose continuations callers get, as the member of <see cref="FillAsync"/> asks for them.</summary>
    public static readonly IReadOnlyList<string> Paths =
    [
        "/api/creators?sort=followers", "/api/creators?sort=engagement", "/api/creators?sort=newest", "/api/favourites", "/api/dismissed",
        "/api/connections", "/api/connections?show=inbox", "/api/connections?show=unread", "/api/connections?show=archived",
        "/api/connections?state=ended", "/api/blocks",
        "/api/invites?direction=sent", "/api/invites?direction=sent&state=pending", "/api/invites?direction=sent&state=declined",
        "/api/invites?direction=sent&state=revoked",
        "/api/invites?direction=sent&state=expired",
        "/api/invites?direction=received", "/api/invites?direction=received&state=connected",
    ];

    public static readonly DateTimeOffset Now = new(
        DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Appends a query to a path.</summary>
    public static string With(this string path, string query) => path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;

    /// <summary>Fills every list of a member; <paramref name="alike"/> items share each sort value.</summary>
    public static async Task FillAsync(this LocalHostFixture host, string member, int count, int alike)
    {
        var (containers, me) = (host.Services.GetRequiredService<Containers>(), new MemberId(member));
        await Parallel.ForEachAsync(Enumerable.Range(0, count), async (i, ct) =>
        {
            var value = i / alike;
            var at = Now.AddMinutes(-value);
            // Ids in another order than the values, of different lengths.
            var id = new MemberId($"{(i * 7919) % count:x}-{member}");
            var creator = new Member
            {
                Id = id,
                Kind = MemberKind.Creator,
                DisplayName = "Somebody",
                Handle = "somebody",
                Headline = "Headline",
                Categories = ["food"],
                Platforms = [new Platform("youtube", "h", null, value, value / 3.0 / count)],
                Country = "DE",
                Languages = ["de"],
                OpenTo = ["paid"],
                Formats = ["video"],
                AvailableFrom = new DateOnly(2026, 5, 1),
                Listed = true,
                ListedAt = at,
            };
            Assert.True(await host.Members().TryCreateAsync(creator.Indexed(), ct));
            await containers.Favourites.CreateItemAsync(new Favourite(id, me, at, Lists: ["All"]), cancellationToken: ct);
            // The creators put away are contacts who are not listed, so that no page of search has to pass them.
            var away = creator with { Id = new MemberId($"{ConnectionState.Connected}-{id}"), Listed = false, ListedAt = null };
            Assert.True(await host.Members().TryCreateAsync(away.Indexed(), ct));
            await containers.Favourites.CreateItemAsync(DismissedCreator.Of(me, away.Id, at), cancellationToken: ct);
            await containers.Blocks.CreateItemAsync(new Block(new MemberId("blocked-" + id), me, 1, at, null), cancellationToken: ct);
            foreach (var (direction, state, archived) in new[]
            {
                (Direction.Received, ConnectionState.Connected, false), (Direction.Received, ConnectionState.Connected, true),
                (Direction.Sent, ConnectionState.Pending, false), (Direction.Sent, ConnectionState.Declined, false),
                (Direction.Sent, ConnectionState.Expired, false), (Direction.Sent, ConnectionState.Revoked, false),
                (Direction.Received, ConnectionState.Removed, false),
            })
            {
                var other = new MemberId($"{(archived ? "Archived" : state)}-{id}");
                await containers.Contacts.CreateItemAsync(
                    new ContactRow
                    {
                        Id = ConnectionId.Of(me, other),
                        MemberId = me,
                        OtherId = other,
                        Other = new Card { Id = other, DisplayName = "Other" },
                        Pair = new PairView(1, state, direction, null, at, Now.AddDays(
                            7), state == ConnectionState.Pending ? null : Now, null, new ReadMark(0, 0), 0)
                        {
                            EndedAt = state == ConnectionState.Removed ? at : null,
                        },
                        // Every fifth has never talked, a state that the product does not write.
                        Archived = archived,
                        MarkedUnread = state == ConnectionState.Connected && !archived,
                        HasUnread = state == ConnectionState.Connected && !archived,
                        TalkedAt = state == ConnectionState.Connected && i % 5 > 0 ? at : null,
                    },
                    cancellationToken: ct);
            }
        });
    }
}
