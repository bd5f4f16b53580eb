using Connections.Limits;

namespace Connections.Creators;

/// <summary>The caller has as many favourites as a member may have. Only removing one makes room.</summary>
public sealed record FavouriteLimit : Error
{
    /// <summary>The limit on favourites is <paramref name="atMost"/>.</summary>
    public FavouriteLimit(int atMost)
        : base(
            "favourite-limit",
            ErrorKind.TooMany,
            "You have too many favourites",
            $"You can have {atMost} favourites. Take one away, then add this one.") =>
        RetryAfter = Cap.RetryAfter;
}

/// <summary>The caller has put away as many creators as a member may. Only taking one back makes room.</summary>
public sealed record DismissedLimit : Error
{
    /// <summary>The limit on creators put away is <paramref name="atMost"/>.</summary>
    public DismissedLimit(int atMost)
        : base(
            "dismissed-limit",
            ErrorKind.TooMany,
            "You have put away too many creators",
            $"You can put away {atMost} creators. Take one back, then put this one away.") =>
        RetryAfter = Cap.RetryAfter;
}

/// <summary>The load has more rows than one call may have.</summary>
public sealed record TooManyRows(int Limit) : Error(
    "too-many-rows", ErrorKind.TooLarge, "The body has too many rows", $"Send at most {Limit} rows in one call. None of these was loaded.");
