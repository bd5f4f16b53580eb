using Azure;
using Connections.Http;
using SQLitePCL;

namespace Connections.Local;

/// <summary>The local host's file cannot be read or written: a full or failing disk, missing rights, damage. Nothing is changed by the call that meets it.</summary>
/// <remarks>To the app it is what a service of Azure is that answers 503. When the cause is gone, the next call is served.</remarks>
internal sealed class StorageOutage : RequestFailedException
{
    private readonly string advice;

    private StorageOutage(string file, string cause, string advice, Exception? inner = null)
        : base(StatusCodes.Status503ServiceUnavailable, $"{file} cannot be used: {cause}.", inner) => this.advice = advice;

    /// <summary>Whether another process holds the file; a later try may succeed.</summary>
    public bool IsBusy { get; private init; }

    /// <summary>Of SQLite's extended result code; null where the code is no fault of the file.</summary>
    public static StorageOutage? Of(string file, int code, string message)
    {
        var primary = code & 0xFF;
        return primary switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another program uses it: end that program",
            raw.SQLITE_FULL => "Free some space on its disk",
            raw.SQLITE_IOERR => "See that its disk has room and works",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged,
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_NOLFS => "See that it is a file, in a folder, which you may read and write",
            _ => null,
        } is { } advice
            ? new StorageOutage(file, $"{message} (SQLite {code})", advice) { IsBusy = primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED }
            : null;
    }

    /// <summary>Of the file system's refusal.</summary>
    public static StorageOutage Of(string file, Exception e) => new(file, e.Message.TrimEnd('.'), "See that its disk has room and that you may write there", e);

    /// <summary>Of a file whose content makes no sense.</summary>
    public static StorageOutage OfDamage(string file, string what) => new(file, what, Damaged);

    /// <summary>What the person is told whose host cannot start.</summary>
    public LocalHostException ToThePerson() => new($"{Message.TrimEnd('.')}. {advice}, or take another folder by --data DIR.");

    private const string Damaged = "Start empty with --reset, or put back a copy of it";
}

/// <summary>Answers 503 for what stands in for a service, and for the pages under /dev, while the file cannot be used.</summary>
internal static class StorageOutages
{
    /// <summary>Adds the answer before everything that is mapped later.</summary>
    public static void UseStorageOutages(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (StorageOutage e) when (!context.Response.HasStarted)
        {
            await new Problem("unavailable", e.Status, "The local host cannot use its data", e.Message) { RetryAfter = TimeSpan.FromSeconds(1) }.ExecuteAsync(context);
        }
    });
}
