namespace Connections.Local.Worker;

/// <summary>A function cannot be bound. The message names it and says why; the start stops with it.</summary>
public sealed class FunctionBindingException(string function, string reason, Exception? inner = null)
    : Exception($"The function {function} cannot be bound: {reason}", inner)
{
    /// <summary>The function's name.</summary>
    public string Function => function;
}
