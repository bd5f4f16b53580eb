using System.Globalization;

namespace Connections.Emulators.Blobs;

/// <summary>The conditions of a request, from its headers or from those with a prefix.</summary>
internal sealed record BlobConditions(
    string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    /// <param name="request">The request.</param>
    /// <param name="prefix">Empty, or <c>x-ms-source-</c> for the conditions on the source of a copy.</param>
    public static BlobConditions Of(BlobRequest request, string prefix = "") => new(
        request.Headers(prefix + "If-Match"),
        request.Headers(prefix + "If-None-Match"),
        Time(request, prefix + "If-Modified-Since"),
        Time(request, prefix + "If-Unmodified-Since"));

    /// <summary>Checks the conditions of a read.</summary>
    /// <exception cref="BlobRefusal">304 or 412.</exception>
    public void CheckRead(StoredBlob blob)
    {
        CheckMatch(blob);
        if ((IfNoneMatch is not null && Names(IfNoneMatch, blob)) || (IfModifiedSince is { } since && blob.LastModified <= since))
        {
            throw new BlobRefusal(304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.")
            {
                Headers = [("ETag", $"\"{blob.ETag}\"")],
            };
        }
    }

    /// <summary>Checks the conditions of a write or a delete.</summary>
    /// <param name="blob">The blob as it is; null if there is none.</param>
    /// <exception cref="BlobRefusal">409 or 412.</exception>
    public void CheckWrite(StoredBlob? blob)
    {
        if (blob is null)
        {
            if (IfMatch is not null)
            {
                throw BlobRefusal.NotMet();
            }

            return;
        }

        CheckMatch(blob);
        if (IfNoneMatch == "*")
        {
            throw new BlobRefusal(409, "BlobAlreadyExists", "The specified blob already exists.");
        }

        if ((IfNoneMatch is not null && Names(IfNoneMatch, blob)) || (IfModifiedSince is { } since && blob.LastModified <= since))
        {
            throw BlobRefusal.NotMet();
        }
    }

    /// <summary>Checks the conditions on the source of a copy.</summary>
    /// <exception cref="BlobRefusal">412.</exception>
    public void CheckSource(StoredBlob blob)
    {
        try
        {
            CheckRead(blob);
        }
        catch (BlobRefusal)
        {
            throw new BlobRefusal(
                412, "SourceConditionNotMet", "The source condition specified using HTTP conditional header(s) is not met.");
        }
    }

    private void CheckMatch(StoredBlob blob)
    {
        if ((IfMatch is not null && !Names(IfMatch, blob)) || (IfUnmodifiedSince is { } until && blob.LastModified > until))
        {
            throw BlobRefusal.NotMet();
        }
    }

    private static bool Names(string condition, StoredBlob blob) =>
        condition == "*" || condition.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag.Trim('"') == blob.ETag);

    private static DateTimeOffset? Time(BlobRequest request, string name) =>
        request.Headers(name) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : throw BlobRefusal.InvalidHeader(name);
}
