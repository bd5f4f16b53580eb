namespace Connections;

/// <summary>What is wrong with one field of a body or query.</summary>
/// <param name="Field">The field's JSON name, such as <c>platforms[0].handle</c>.</param>
/// <param name="Code">One of <see cref="FieldCode"/>, for an app that says it in its own words.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record FieldError(string Field, string Code, string Detail);

/// <summary>The codes of errors in fields. A code never changes its meaning.</summary>
public static class FieldCode
{
    /// <summary>The value is not valid for a reason that has no code of its own.</summary>
    public const string Invalid = "invalid";

    /// <summary>A value is required.</summary>
    public const string Required = "required";

    /// <summary>The text is longer than the limit.</summary>
    public const string TooLong = "too-long";

    /// <summary>The list, or the number of words, is longer than the limit.</summary>
    public const string TooMany = "too-many";

    /// <summary>The number is not within its bounds, or is no number.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>The value is not one of the published list.</summary>
    public const string UnknownValue = "unknown-value";

    /// <summary>The list has no such parameter.</summary>
    public const string UnknownParameter = "unknown-parameter";

    /// <summary>The parameter may be given only once.</summary>
    public const string Repeated = "repeated";

    /// <summary>The text has a character that it must not have.</summary>
    public const string BadCharacter = "bad-character";

    /// <summary>The text is not an https address that shows where it leads.</summary>
    public const string BadAddress = "bad-address";

    /// <summary>The text has a web address, and must have none.</summary>
    public const string HasAddress = "has-address";

    /// <summary>The text does not have the form that the contract says.</summary>
    public const string BadForm = "bad-form";

    /// <summary>The JSON type is wrong.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>The list has the same thing twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The value does not go together with that of another field.</summary>
    public const string Conflict = "conflict";

    /// <summary>The profile lacks what a listed profile must have.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>The caller cannot do this to themselves.</summary>
    public const string Yourself = "yourself";

    /// <summary>Nothing is wrong with the value: it could not be stored just now. Send it again.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BadAddress, BadCharacter, BadForm, Conflict, Duplicate, HasAddress, Incomplete, Invalid, OutOfRange, Repeated, Required, TooLong,
        TooMany, Unavailable, UnknownParameter, UnknownValue, WrongType, Yourself,
    ];
}
