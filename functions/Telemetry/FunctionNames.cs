using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Telemetry;

/// <summary>The names of functions, by where in the source they are: a call and a trigger run go by them in telemetry.</summary>
public static class FunctionNames
{
    private static readonly FrozenDictionary<(string Type, string Method), string> ByPlace = (
        from type in typeof(FunctionNames).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (Place: (type.Name, method.Name), function.Name)).ToFrozenDictionary(function => function.Place, function => function.Name);

    /// <summary>The name of the function that a file's method is. The file is named as the class in it.</summary>
    /// <exception cref="InvalidOperationException">The method is no function.</exception>
    public static string Of(string file, string method)
    {
        // The compiler writes the file's path as the machine that built this has it, whatever machine it runs on.
        var type = Path.GetFileNameWithoutExtension(file[(file.LastIndexOfAny(['/', '\\']) + 1)..]);
        return ByPlace.TryGetValue((type, method), out var name) ? name : throw new InvalidOperationException($"{type}.{method} is no function.");
    }
}
