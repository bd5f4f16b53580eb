using Azure;
using Azure.Identity;

namespace Connections.Local.Poison;

/// <summary>What a person is told, and what to do, where a queue service cannot be reached or refuses.</summary>
internal static class QueueTrouble
{
    /// <summary>Whether an exception is the service's or the sign-in's. Where the command was stopped, it is not.</summary>
    public static bool IsKnown(Exception e) => e is RequestFailedException or AuthenticationFailedException or TaskCanceledException or AggregateException;

    /// <summary>Of an exception that is known.</summary>
    public static LocalHostException Of(QueueAccount account, string queue, Exception e) => e switch
    {
        // One for each time that it was tried.
        AggregateException { InnerExceptions: [.., var last] } => Of(account, queue, last),
        CredentialUnavailableException => new($"Nobody is signed in on this machine. Sign in with az login, then try again.\n{FirstLine(e)}"),
        AuthenticationFailedException => new($"Signing in failed: {FirstLine(e)}\nTry az login again."),
        RequestFailedException { Status: 0 } => new($"{account.Endpoint} cannot be reached: {FirstLine(e).TrimEnd('.')}. Check the account's name and the network."),
        RequestFailedException refused => new(Refused(account, queue, refused)),
        _ => new($"{account.Endpoint} does not answer. Try again; what was done so far is done."),
    };

    private static string Refused(QueueAccount account, string queue, RequestFailedException e)
    {
        var host = account.Endpoint.Host;
        return e.ErrorCode switch
        {
            "AuthorizationPermissionMismatch" =>
                $"You may not do this with the queues of {host}. Have the role Storage Queue Data Contributor assigned to you on the account; it takes some minutes until it holds.",
            "AuthorizationFailure" =>
                $"{host} lets nobody in from here: its network rules do not allow this machine. Run this from a network that they allow.",
            "KeyBasedAuthenticationNotPermitted" =>
                $"{host} takes no keys. Use --account with your own sign-in instead of --connection-string.",
            "QueueNotFound" => $"There is no queue {queue} at {account.Endpoint}. Is it the right account?",
            _ when e.Status is 401 or 403 =>
                $"{host} does not take this sign-in ({Code(e)}). Sign in to the account's own directory: az login --tenant TENANT. With a connection string, check its key.",
            _ => $"{host} answered {e.Status} {Code(e)}. Try again; what was done so far is done.",
        };
    }

    private static string Code(RequestFailedException e) => e.ErrorCode ?? e.GetRawResponse()?.ReasonPhrase ?? "";

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
