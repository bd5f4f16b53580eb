using Connections.Files;
using Connections.Local.Commands;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>The commands of <c>poison</c>.</summary>
internal enum PoisonAction
{
    /// <summary>List the notices.</summary>
    List,

    /// <summary>Show a notice.</summary>
    Show,

    /// <summary>Put a notice, or all that are there now, back into the notice queue.</summary>
    Replay,
}

/// <summary>The arguments of <c>poison</c>.</summary>
/// <param name="Queue">The queue whose messages failed.</param>
internal sealed record PoisonRequest(PoisonAction Action, QueueAccount? Account, string Folder, string? Id, string Queue);

/// <summary>Reads the words after <c>poison</c>.</summary>
internal static class PoisonArguments
{
    private const string Commands = "poison takes a command: list, show --id ID, or replay [--id ID].";

    /// <returns>The request; or null, and a message about the words that were not understood.</returns>
    public static (PoisonRequest? Request, string Error) Read(string[] words, string defaultFolder)
    {
        if (words is not [var command, .. var options] || !Enum.TryParse<PoisonAction>(command, ignoreCase: true, out var action)
            || !command.All(char.IsAsciiLetterLower))
        {
            return (null, Commands);
        }

        var reader = new OptionWords(options);
        QueueAccount? account = null;
        string? folder = null;
        string? id = null;
        string? error = null;
        var queue = INoticeQueue.Name;
        while (error is null && reader.Read())
        {
            switch (reader.Name)
            {
                case "--account":
                    (account, error) = QueueAccount.OfIdentity(reader.Value());
                    break;
                case "--connection-string":
                    (account, error) = QueueAccount.OfConnectionString(reader.Value());
                    break;
                case "--data":
                    folder = reader.Value();
                    error = folder.Length > 0 ? null : "--data takes a folder.";
                    break;
                case "--queue":
                    queue = reader.Value();
                    error = queue is INoticeQueue.Name or DeliveryReport.QueueName or IFileStore.ScanQueue
                        ? null
                        : $"--queue takes {INoticeQueue.Name}, {DeliveryReport.QueueName} or {IFileStore.ScanQueue}.";
                    break;
                case "--id" when action != PoisonAction.List:
                    id = reader.Value();
                    error = id.Length > 0 ? null : "--id takes the id of a message, as poison list shows it.";
                    break;
                default:
                    error = reader.Unknown;
                    break;
            }
        }

        error ??= account is not null
            && folder is not null ? "--data is the local host's folder; a storage account has none. Give one of the two."
            : action == PoisonAction.Show && id is null ? "poison show needs the id of a message: --id ID, as poison list shows it."
            : null;
        return error is null
            ? (new PoisonRequest(action, account, Path.GetFullPath(folder ?? defaultFolder), id, queue), "")
            : (null, error);
    }
}
