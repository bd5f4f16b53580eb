using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Chat;

/// <summary>The problems that chat calls can answer.</summary>
public static class ChatProblems
{
    /// <summary>409: the two are not connected (any more), so they cannot talk, and there is nothing to remove.</summary>
    public static Problem NotConnected() => new(
        "not-connected", StatusCodes.Status409Conflict, "You are not connected", "You can talk once the invite is accepted, and as long as neither of you removes the connection.");
}
