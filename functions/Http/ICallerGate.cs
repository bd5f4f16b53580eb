namespace Connections.Http;

/// <summary>Decides whether a caller whose token holds may call at all.</summary>
public interface ICallerGate
{
    /// <summary>Null when the caller may call; otherwise the answer to every call of theirs. Mostly from memory, so that it costs a call nothing.</summary>
    Task<Error?> CheckAsync(Caller caller, CancellationToken ct);
}
