using Connections.Emulators.Storage;

namespace Connections.Local;

/// <summary>The local host cannot start. The message says why and what to do, for the person at the terminal.</summary>
public sealed class LocalHostException(string message) : Exception(message)
{
    /// <summary>The error for a file that cannot be used.</summary>
    internal static LocalHostException Of(StorageOutage outage) =>
        new($"{outage.Message.TrimEnd('.')}. {outage.Advice}, or take another folder by --data DIR.");
}
