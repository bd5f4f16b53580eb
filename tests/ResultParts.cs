using Connections.Http;

namespace Connections.Tests;

/// <summary>Reads the parts of a <see cref="Result{T}"/> in assertions.</summary>
internal static class ResultParts
{
    /// <summary>The value and the error, of which exactly one is null.</summary>
    public static void Deconstruct<T>(this Result<T> result, out T? value, out Error? error)
        where T : class
    {
        result.TryGet(out value, out error);
    }

    /// <summary>The value; null if there is an error.</summary>
    public static T? ValueOrNull<T>(this Result<T> result)
        where T : class => result.TryGet(out var value, out _) ? value : null;

    /// <summary>The HTTP status of the error; null if there is a value.</summary>
    public static int? Status<T>(this Result<T> result)
        where T : class => result.Error is { } error ? Problems.From(error).Status : null;
}
