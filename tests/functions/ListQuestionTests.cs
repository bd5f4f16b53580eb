using System.Globalization;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Creators.Favourites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Tests.Functions;

/// <summary>A continuation can express every position, in exactly one form.</summary>
public sealed class ListQuestionTests
{
    private static readonly ListQuestion<FoundCreator> ByFollowers = new("creators", CreatorQuery.Order(CreatorSort.Followers));
    private static readonly ListQuestion<FoundCreator> ByEngagement = new("creators", CreatorQuery.Order(CreatorSort.Engagement));
    private static readonly ListQuestion<FoundCreator> ByListing = new("creators", CreatorQuery.Order(CreatorSort.Newest));
    private static readonly ListQuestion<Favourite> Favourites = new("favourites", FavouriteStore.Order, "me");
    private static readonly ListQuestion<ContactRow> Talks = new("connections", ContactStore.TalkOrder, "me");

    [Fact]
    public void What_was_written_is_read_back()
    {
        var time = DateTimeOffset.Parse("2026-11-28T09:30:12.345Z", CultureInfo.InvariantCulture);
        foreach (var ties in new[] { true, false })
        {
            IsReadBack(ByFollowers, new ListPosition(0L, "a", ties));
            IsReadBack(ByFollowers, new ListPosition(ProfileLimits.Followers, "a.b_c~d-E9", ties));
            IsReadBack(ByEngagement, new ListPosition(0.0, "a", ties));
            IsReadBack(ByEngagement, new ListPosition(0.1 + 0.2, new string('x', MemberId.MaxLength), ties));
            IsReadBack(ByListing, new ListPosition(time, "a", ties));
        }

        IsReadBack(ByListing, new ListPosition(null, "a", HasTies: false));
        IsReadBack(Talks, new ListPosition(null, ConnectionIdOf("a", "b"), HasTies: false));
    }

    [Fact]
    public void What_a_list_gave_is_read_back_whatever_is_stored()
    {
        // A negative zero, and a member id that is also a word of a route.
        var creator = new FoundCreator(new Card { Id = new MemberId("facets"), DisplayName = "A", Engagement = -0.0 }, null);

        IsReadBack(ByEngagement, ByEngagement.Order.PositionOf(creator, null));
        IsReadBack(Favourites, Favourites.Order
            .PositionOf(new Favourite(new MemberId("facets"), new MemberId("me"), DateTimeOffset.UnixEpoch), null));
    }

    [Fact]
    public void Values_that_the_list_cannot_have_given_are_refused()
    {
        foreach (var followers in new[] { -1L, ProfileLimits.Followers + 1, long.MaxValue, long.MinValue })
        {
            IsRefused(ByFollowers, new ListPosition(followers, "a", true));
        }

        foreach (var engagement in new[]
        {
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, Math.BitIncrement(1), -0.0, -double.Epsilon,
            -0.5,
        })
        {
            IsRefused(ByEngagement, new ListPosition(engagement, "a", true));
        }

        IsRefused(Favourites, new ListPosition(DateTimeOffset.UnixEpoch.AddMilliseconds(-1), "a", true));
        IsRefused(Favourites, new ListPosition(DateTimeOffset.MinValue, "a", true));
        // A number that is too large for a time.
        IsRefused(Favourites, new ListPosition(long.MaxValue, "a", true));
        IsRefused(Favourites, new ListPosition(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() + 1, "a", true));
        IsRefused(Favourites, new ListPosition(null, "a", false));
        IsRefused(ByFollowers, new ListPosition(null, "a", false));
    }

    [Fact]
    public void Ids_that_are_none_are_refused()
    {
        foreach (var id in new[]
        {
            "", " ", "a b", "a/b", "a\0", "é", "😀", "\uD800", "' OR 1=1 --", new string('x', MemberId.MaxLength + 1),
            new string('x', 4000),
        })
        {
            IsRefused(ByFollowers, new ListPosition(5L, id, true));
        }

        foreach (var id in new[]
        {
            "", "a", ConnectionIdOf("a", "b") + "0", ConnectionIdOf("a", "b")[1..], ConnectionIdOf("a", "b").ToUpperInvariant() + " ",
        })
        {
            IsRefused(Talks, new ListPosition(DateTimeOffset.UnixEpoch, id, true));
        }
    }

    [Fact]
    public void A_continuation_has_one_form()
    {
        var text = ByFollowers.Write(new ListPosition(5L, "abc", true));
        Assert.True(ByFollowers.TryRead(text, out _));
        // The last character has unused bits, so another character would decode to the same bytes.
        Assert.NotEqual(0, text.Length % 4);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in Alphabet.Where(other => other != text[i]))
            {
                Assert.False(ByFollowers.TryRead(text[..i] + other + text[(i + 1)..], out _));
            }

            Assert.False(ByFollowers.TryRead(text[..i], out _));
        }

        foreach (var other in new[]
        {
            text + "=", text + "==", text + "A", " " + text, text + "\n", text.Insert(4, " "), text.Insert(4, "\r\n"),
            text.PadRight(301, 'A'),
        })
        {
            Assert.False(ByFollowers.TryRead(other, out _), other);
        }
    }

    private static string ConnectionIdOf(string one, string two) =>
        Connections.Invites.ConnectionId.Of(new MemberId(one), new MemberId(two));

    private static void IsReadBack<T>(ListQuestion<T> question, ListPosition position)
        where T : class
    {
        var text = question.Write(position);
        Assert.InRange(text.Length, 1, ListQuestion<T>.MaxLength);
        Assert.True(question.TryRead(text, out var read));
        Assert.Equal(position, read);
    }

    private static void IsRefused<T>(ListQuestion<T> question, ListPosition position)
        where T : class => Assert.False(question.TryRead(question.Write(position), out _), position.ToString());
}
