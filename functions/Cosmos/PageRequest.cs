namespace Connections.Cosmos;

/// <summary>What a caller asked for of a list: how many items, and from where on.</summary>
/// <param name="Limit">The most items on the page.</param>
/// <param name="After">The item that the page follows; null for the first page.</param>
public sealed record PageRequest(int Limit, ListPosition? After)
{
    /// <summary>Items on a page unless the caller says otherwise.</summary>
    public const int DefaultLimit = 24;

    /// <summary>The most items on a page.</summary>
    public const int MaxLimit = 100;
}
