using Connections.Http;
using Connections.Limits;
using Microsoft.AspNetCore.Http;

namespace Connections.Chat;

/// <summary>The problems that chat calls can answer.</summary>
public static class ChatProblems
{
    /// <summary>429: the member has sent and edited as many messages as a minute takes.</summary>
    public static Problem MessageLimit(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new Problem(
            "message-limit",
            StatusCodes.Status429TooManyRequests,
            "You are sending too fast",
            $"You can send and edit {place.Of.Places} messages a minute. Try again when the minute is over.")
        {
            RetryAfter = place.RetryAfter,
            Until = place.Until,
        };
    }

    /// <summary>404: there is no message by that number in the conversation.</summary>
    public static Problem NoMessage() => Problems.NotFound("message");

    /// <summary>403: the other side wrote it.</summary>
    public static Problem NotYourMessage() => new(
        "not-your-message", StatusCodes.Status403Forbidden, "This is not your message", "You can edit and delete only the messages that you sent.");

    /// <summary>409: the time for editing and deleting is over, since <paramref name="until"/>.</summary>
    public static Problem TooLate(DateTimeOffset until) => new(
        "too-late", StatusCodes.Status409Conflict, "This message can no longer be changed", $"It could be edited and deleted until {until:d MMMM yyyy, HH:mm} UTC.")
    {
        Until = until,
    };

    /// <summary>409: a deleted message cannot be edited.</summary>
    public static Problem MessageDeleted() => new(
        "message-deleted", StatusCodes.Status409Conflict, "This message was deleted", "A deleted message cannot be edited. Send a new one.");
}
