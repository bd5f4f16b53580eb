namespace Connections.Creators.Favourites;

/// <summary>The body of a call that marks a creator. What is left out stays as it is; null takes it away.</summary>
public sealed record FavouriteRequest
{
    /// <summary>The longest note, in Unicode code points.</summary>
    public const int MaxNote = 1000;

    /// <summary>The longest name of a list, in Unicode code points.</summary>
    public const int MaxName = 60;

    /// <summary>The most lists that one favourite can be in.</summary>
    public const int MaxLists = 20;

    // JSON sets only what the body has.
    private readonly bool _hasNote;
    private readonly bool _hasLists;

    /// <summary>A text.</summary>
    public string? Note
    {
        get;
        init => (field, _hasNote) = (value, true);
    }

    /// <summary>The names of all lists that the creator shall be in.</summary>
    public IReadOnlyList<string?>? Lists
    {
        get;
        init => (field, _hasLists) = (value, true);
    }

    /// <summary>Whether the body says nothing of what the mark carries.</summary>
    internal bool SaysNothing => !_hasNote && !_hasLists;

    /// <summary>How it changes a favourite. Faults go to <paramref name="fields"/>.</summary>
    public Func<Favourite, Favourite> Read(Fields fields)
    {
        var (note, lists) = (fields.Text("note", Note, MaxNote, lines: true), ReadLists(fields));
        return favourite => favourite with
        {
            Note = _hasNote ? note : favourite.Note,
            Lists = _hasLists ? lists : favourite.Lists,
        };
    }

    /// <summary>The name of a list. Null for an empty one.</summary>
    public static string? ReadName(Fields fields, string field, string? name) => fields.Text(field, name, MaxName);

    private string[]? ReadLists(Fields fields)
    {
        if (Lists?.Count > MaxLists)
        {
            fields.Refuse("lists", $"There are {Lists.Count} lists; at most {MaxLists} are allowed.", FieldCode.TooMany);
            return null;
        }

        var names = ListNames.Once((Lists ?? []).Select((name, i) => ReadName(fields, $"lists[{i}]", name)).OfType<string>()).ToArray();
        return names.Length == 0 ? null : names;
    }
}
