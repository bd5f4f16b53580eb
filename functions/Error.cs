using System.Diagnostics.CodeAnalysis;

namespace Connections;

/// <summary>The kinds of refusal. HTTP has a status for each.</summary>
public enum ErrorKind
{
    /// <summary>The input does not hold what it must.</summary>
    InvalidInput,

    /// <summary>Nobody is signed in.</summary>
    Unauthenticated,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>There is no such thing, or the caller must not learn that there is.</summary>
    NotFound,

    /// <summary>It does not go with the state that something is in.</summary>
    Conflict,

    /// <summary>It was there, and was erased.</summary>
    Gone,

    /// <summary>The input is too large.</summary>
    TooLarge,

    /// <summary>The input is in a form that nothing reads.</summary>
    UnsupportedMediaType,

    /// <summary>A limit is reached.</summary>
    TooMany,

    /// <summary>Something that is needed is busy or away; the same call can be sent again.</summary>
    Unavailable,
}

/// <summary>A refusal that a caller can expect: a value, which <c>Http/</c> turns into a problem document. Bugs are exceptions.</summary>
/// <param name="Code">Stable: it never changes its meaning. The last part of the problem document's <c>type</c>.</param>
/// <param name="Kind">Which kind of refusal it is.</param>
/// <param name="Title">The same for every error with this code.</param>
/// <param name="Detail">What happened and what to do about it, for a person.</param>
public abstract record Error(string Code, ErrorKind Kind, string Title, string Detail)
{
    /// <summary>What is wrong with each field, by its JSON name.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>The moment from which trying again can succeed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With a conflict: the state that something is in.</summary>
    public string? State { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>There is no such thing, or it is not the caller's. Nobody can tell the two apart.</summary>
/// <param name="What">What was asked for, as the sentence names it: <c>creator</c>.</param>
public sealed record NotFound(string What)
    : Error("not-found", ErrorKind.NotFound, "Not found", $"There is no such {What}, or it is not yours to see.");

/// <summary>Fields that do not hold what they must.</summary>
public sealed record InvalidInput : Error
{
    /// <summary>Several fields, by their JSON names.</summary>
    public InvalidInput(IReadOnlyDictionary<string, string[]> fields)
        : base("invalid-input", ErrorKind.InvalidInput, "Some of the input is not valid", "Correct the fields named in errors and send the call again.") =>
        Fields = fields;

    /// <summary>One field.</summary>
    public InvalidInput(string field, string error)
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] })
    {
    }
}

/// <summary>A value, or the error that stands in its place.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>The error; null where there is a value.</summary>
    public Error? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is an error instead.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"There is no value, but the error {Error.Code}.");

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Gets the value or, where this is false, the error.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }
}
