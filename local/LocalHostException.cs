namespace Connections.Local;

/// <summary>The local host cannot start. The message says why and what to do, for the person at the terminal.</summary>
public sealed class LocalHostException(string message) : Exception(message);
