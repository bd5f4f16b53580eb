namespace Connections.Emulators.Blobs;

/// <summary>How the blob service is served.</summary>
/// <param name="Account">The storage account.</param>
/// <param name="Time">The clock of signed addresses.</param>
public sealed record LocalBlobsOptions(BlobAccount Account, TimeProvider Time)
{
    /// <summary>The largest body, in bytes. The service takes 5,000 MB.</summary>
    public long MaxBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Whether a bearer token is an identity's that may do everything; null if none is.</summary>
    public Func<string, bool>? AcceptsToken { get; init; }

    /// <summary>The rules by which old blobs go.</summary>
    public IReadOnlyList<LifecycleRule> Rules { get; init; } = [];

    /// <summary>Whether pages of an origin may read, write and see the answers (CORS); null if none may.</summary>
    public Func<string, bool>? AllowsOrigin { get; init; }

    /// <summary>The headers that these pages may send, in lower case.</summary>
    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];
}
