using System.Net;
using Azure.Identity;

namespace Connections.Local.Poison;

/// <summary>What a person is told, and what to do, where a queue service cannot be reached or refuses.</summary>
internal static class QueueTrouble
{
    /// <summary>Of an answer that is not success.</summary>
    public static LocalHostException Refused(QueueAccount account, string queue, HttpResponseMessage answer)
    {
        var code = answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : answer.ReasonPhrase ?? "";
        var host = account.Endpoint.Host;
        return new LocalHostException(code switch
        {
            "AuthorizationPermissionMismatch" =>
                $"You may not do this with the queues of {host}. Have the role Storage Queue Data Contributor assigned to you on the account; it takes some minutes until it holds.",
            "AuthorizationFailure" =>
                $"{host} lets nobody in from here: its network rules do not allow this machine. Run this from a network that they allow.",
            "KeyBasedAuthenticationNotPermitted" =>
                $"{host} takes no keys. Use --account with your own sign-in instead of --connection-string.",
            "QueueNotFound" => $"There is no queue {queue} at {account.Endpoint}. Is it the right account?",
            _ when answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"{host} does not take this sign-in ({code}). Sign in to the account's own directory: az login --tenant TENANT. With a connection string, check its key.",
            _ => $"{host} answered {(int)answer.StatusCode} {code}. Try again; what was done so far is done.",
        });
    }

    /// <summary>Whether an exception is the service's or the sign-in's, and not that the command was stopped.</summary>
    public static bool IsKnown(Exception e, CancellationToken ct) => !ct.IsCancellationRequested && e is (AuthenticationFailedException or HttpRequestException or TaskCanceledException);

    /// <summary>Of an exception that is known.</summary>
    public static LocalHostException Of(QueueAccount account, Exception e) => new(e switch
    {
        CredentialUnavailableException => $"Nobody is signed in on this machine. Sign in with az login, then try again.\n{FirstLine(e)}",
        AuthenticationFailedException => $"Signing in failed: {FirstLine(e)}\nTry az login again.",
        HttpRequestException => $"{account.Endpoint} cannot be reached: {e.Message.TrimEnd('.')}. Check the account's name and the network.",
        _ => $"{account.Endpoint} does not answer. Try again; what was done so far is done.",
    });

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
