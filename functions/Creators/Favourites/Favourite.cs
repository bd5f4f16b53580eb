namespace Connections.Creators.Favourites;

/// <summary>A document in <c>favourites</c>: a creator that a member has marked. Private to that member.</summary>
/// <param name="Id">The creator.</param>
/// <param name="MemberId">Who marked them, and the partition key.</param>
/// <param name="MarkedAt">When; what the list is sorted by.</param>
public sealed record Favourite(MemberId Id, MemberId MemberId, DateTimeOffset MarkedAt);
