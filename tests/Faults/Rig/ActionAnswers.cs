using System.Net;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults.Rig;

/// <summary>The answer that each action must get.</summary>
internal static class ActionAnswers
{
    /// <summary>How an answer differs from the model's; null if it does not.</summary>
    /// <remarks>If an earlier try of the same call already did the action, the answer says so: both answers are correct.</remarks>
    public static string? Mismatch(LifeAction action, int who, ActionOutcome outcome, LifeModel after, DateTimeOffset now, Answer answer)
    {
        var state = after.At(now).ToString().ToLowerInvariant();
        return (action, outcome) switch
        {
            (LifeAction.Block or LifeAction.Unblock, _) => answer.Status == HttpStatusCode.NoContent ? null : Describe(answer, "204"),
            (_, ActionOutcome.Changed or ActionOutcome.Unchanged) when answer.Problem is null && IsSuccess(action, answer) =>
                answer["state"].ToString() == state && answer["direction"].ToString() == (who == after.Inviter ? "sent" : "received")
                    ? null : $"{answer["state"]} {answer["direction"]}, not {state}",
            (_, ActionOutcome.NotFound) => answer.Problem == "not-found" ? null : Describe(answer, "not-found"),
            (_, ActionOutcome.Locked) => answer.Problem == "invite-locked" ? null : Describe(answer, "invite-locked"),
            (LifeAction.Remove, ActionOutcome.WrongState) => answer.Problem == "not-connected" ? null : Describe(answer, "not-connected"),
            (_, ActionOutcome.WrongState) => answer.Problem == "invite-not-pending" && answer["state"].ToString() == state
                ? null
                : Describe(answer, $"invite-not-pending, {state}"),
            _ => Describe(answer, state),
        };
    }

    private static bool IsSuccess(LifeAction action, Answer answer) =>
        answer.Status == HttpStatusCode.OK || (action == LifeAction.Invite && answer.Status == HttpStatusCode.Created);

    private static string Describe(Answer answer, string expected) =>
        $"{(int)answer.Status} {answer.Problem} {answer.Body?["state"]}, not {expected}";
}
