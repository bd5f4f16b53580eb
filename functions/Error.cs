using System.Diagnostics.CodeAnalysis;

namespace Connections;

/// <summary>The kinds of error. Each has one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The input is not valid.</summary>
    InvalidInput,

    /// <summary>The caller has not signed in.</summary>
    Unauthenticated,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The resource does not exist, or the caller must not learn that it does.</summary>
    NotFound,

    /// <summary>The resource does not take the method.</summary>
    MethodNotAllowed,

    /// <summary>The caller accepts no form in which the call can answer.</summary>
    NotAcceptable,

    /// <summary>The current state of the resource does not allow the call.</summary>
    Conflict,

    /// <summary>The resource existed and has been erased.</summary>
    Gone,

    /// <summary>The resource has changed since the caller read it.</summary>
    Stale,

    /// <summary>The input is too large.</summary>
    TooLarge,

    /// <summary>The call does not take the input's media type.</summary>
    UnsupportedMediaType,

    /// <summary>The caller has reached a limit.</summary>
    TooMany,

    /// <summary>A service that the call needs is busy or unreachable. The caller can safely send the same call again.</summary>
    Unavailable,
}

/// <summary>A failure that a caller can expect, as a value; <c>Http/</c> turns it into a problem document. A bug is an exception.</summary>
/// <param name="Code">The last part of the problem document's <c>type</c>. A code never changes its meaning.</param>
/// <param name="Kind">The kind of error, which decides the HTTP status.</param>
/// <param name="Title">The same for every error with this code.</param>
/// <param name="Detail">What happened and how to fix it, for people.</param>
public abstract record Error(string Code, ErrorKind Kind, string Title, string Detail)
{
    /// <summary>What is wrong with each field.</summary>
    public IReadOnlyList<FieldError>? Faults { get; init; }

    /// <summary>The sentences of <see cref="Faults"/>, by the field's JSON name.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields => Faults?.GroupBy(fault => fault.Field, StringComparer.Ordinal)
        .ToDictionary(faults => faults.Key, faults => faults.Select(fault => fault.Detail).ToArray(), StringComparer.Ordinal);

    /// <summary>When a retry can succeed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>For a conflict: the current state.</summary>
    public string? State { get; init; }

    /// <summary>The cap that was reached, where there are several.</summary>
    public ReachedCap? Reached { get; init; }

    /// <summary>For a suspension: the reason from the published list.</summary>
    public string? Reason { get; init; }

    /// <summary>For a file that is not ready: how far it has come.</summary>
    public FileStanding? File { get; init; }

    /// <summary>For a report that was decided already: the decision that stands.</summary>
    public object? Decision { get; init; }

    /// <summary>How long to wait before a retry.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>How far a file has come.</summary>
/// <param name="State">Its state.</param>
/// <param name="Reason">Why it was refused, for its owner.</param>
public sealed record FileStanding(string State, string? Reason);

/// <summary>A cap that was reached.</summary>
/// <param name="Name">Which one.</param>
/// <param name="PerDay">How many it allows on a day.</param>
/// <param name="Until">When it ends by time alone; null where it ends by what others do.</param>
public sealed record ReachedCap(string Name, int PerDay, DateTimeOffset? Until = null);

/// <summary>The resource does not exist or is not the caller's; the answer is the same for both.</summary>
/// <param name="What">The kind of resource, such as <c>creator</c>.</param>
public sealed record NotFound(string What)
    : Error("not-found", ErrorKind.NotFound, "Not found", $"There is no such {What}, or it is not yours to see.");

/// <summary>Some fields are not valid.</summary>
public sealed record InvalidInput : Error
{
    /// <summary>Several fields.</summary>
    public InvalidInput(IReadOnlyList<FieldError> fields)
        : base(
            "invalid-input",
            ErrorKind.InvalidInput,
            "Some of the input is not valid",
            "Correct the fields named in errors and send the call again.") =>
        Faults = fields;

    /// <summary>One field.</summary>
    public InvalidInput(string field, string error, string code = FieldCode.Invalid)
        : this([new FieldError(field, code, error)])
    {
    }
}

/// <summary>Either a value or an error.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>The error; null for a value.</summary>
    public Error? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The result is an error.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"The result is the error {Error.Code}.");

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Gets the value if this returns true, and the error otherwise.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }
}
