using Azure;
using SQLitePCL;

namespace Connections.Emulators.Storage;

/// <summary>The emulators' file cannot be read or written: a full or failing disk, missing rights, damage. The call that throws it has
/// changed nothing.</summary>
/// <remarks>A caller sees a service that answers 503. Once the cause is gone, the next call succeeds.</remarks>
public sealed class StorageOutage : RequestFailedException
{
    private const string RestoreOrReset = "Start empty with --reset, or put back a copy of it";

    private StorageOutage(string file, string cause, string advice, Exception? inner = null)
        : base(503, $"{file} cannot be used: {cause}.", inner) => Advice = advice;

    /// <summary>What the developer can do about it, without a full stop.</summary>
    public string Advice { get; }

    /// <summary>Whether another process holds the file; a later try may succeed.</summary>
    public bool IsBusy { get; private init; }

    /// <summary>A file whose content makes no sense.</summary>
    public static StorageOutage OfDamage(string file, string cause) => new(file, cause, RestoreOrReset);

    /// <summary>An outage by SQLite's extended result code; null if the code does not blame the file.</summary>
    internal static StorageOutage? Of(string file, int code, string message)
    {
        var primary = code & 0xFF;
        return primary switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another program uses it: end that program",
            raw.SQLITE_FULL => "Free some space on its disk",
            raw.SQLITE_IOERR => "See that its disk has room and works",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => RestoreOrReset,
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_NOLFS =>
                "See that it is a file, in a folder, which you may read and write",
            _ => null,
        } is { } advice
            ? new StorageOutage(file, $"{message} (SQLite {code})", advice) { IsBusy = primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED }
            : null;
    }

    /// <summary>A refusal of the file system.</summary>
    internal static StorageOutage Of(string file, Exception e) =>
        new(file, e.Message.TrimEnd('.'), "See that its disk has room and that you may write there", e);
}
