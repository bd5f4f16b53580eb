using Connections.Limits;

namespace Connections.Files;

/// <summary>The member has created all of the day's files.</summary>
public sealed record FileLimitDay : Error
{
    /// <summary>By the allowance that is used up.</summary>
    public FileLimitDay(Permit permit)
        : base(
            "file-limit-day",
            ErrorKind.TooMany,
            "You have uploaded all of today's files",
            $"You can upload {permit.Of.Limit} files a day. Go on tomorrow (UTC).") =>
        (RetryAfter, Until) = (permit.RetryAfter, permit.Until);
}

/// <summary>A file is in one message at most.</summary>
public sealed record FileSent() : Error(
    "file-sent",
    ErrorKind.Conflict,
    "This file was sent already",
    "A file is in one message. Upload it again to send it once more; delete the message to delete it.");

/// <summary>The file is not in a state in which the call can use it.</summary>
public sealed record FileNotReady : Error
{
    /// <summary>By the file's state, and why it was refused if it was.</summary>
    public FileNotReady(FileState state, string? reason)
        : base("file-not-ready", ErrorKind.Conflict, "This file is not ready", Say(state)) =>
        File = new FileStanding(state.ToString().ToLowerInvariant(), reason);

    private static string Say(FileState state) => state switch
    {
        FileState.Uploading =>
            "Nothing has been uploaded yet. PUT the file to its uploadUrl first; if that has expired, create a new file.",
        FileState.Refused => "It was refused and will not be shown. The sender can upload another one.",
        _ => "It is being checked. Try again in a few seconds.",
    };
}
