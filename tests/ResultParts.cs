using Connections.Http;

namespace Connections.Tests;

internal static class ResultParts
{
    /// <summary>A result's two sides, of which one is null.</summary>
    public static void Deconstruct<T>(this Result<T> result, out T? value, out Error? error)
        where T : class
    {
        result.TryGet(out value, out error);
    }

    /// <summary>The value; null where there is an error.</summary>
    public static T? ValueOrNull<T>(this Result<T> result)
        where T : class => result.TryGet(out var value, out _) ? value : null;

    /// <summary>The HTTP status of the error; null where there is a value.</summary>
    public static int? Status<T>(this Result<T> result)
        where T : class => result.Error is { } error ? Problems.From(error).Status : null;
}
