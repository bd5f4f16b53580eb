namespace Connections.Files;

/// <summary>The blob containers of files; <c>infra/modules/files.bicep</c> makes them in Azure.</summary>
public static class BlobContainers
{
    /// <summary>The prefix of the settings with the blob service's address.</summary>
    public const string Connection = "Storage";

    /// <summary>What clients write. A rule of the storage account deletes it after a day.</summary>
    public const string Uploads = "uploads";

    /// <summary>What is served. Only the service writes it.</summary>
    public const string Accepted = "files";

    /// <summary>Copies of what was reported. A rule of the storage account deletes them when the audit trail of that time goes.</summary>
    public const string Evidence = "evidence";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Uploads, Accepted, Evidence];
}
