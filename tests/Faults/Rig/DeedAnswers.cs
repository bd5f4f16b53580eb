using System.Net;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults.Rig;

/// <summary>What each deed must be answered.</summary>
internal static class DeedAnswers
{
    /// <summary>How an answer differs from what the model says; null when it does not.</summary>
    /// <remarks>A deed that was done by an earlier try of the same call is answered as one that was done before: both are true.</remarks>
    public static string? Mismatch(Deed deed, int who, Verdict verdict, LifeModel after, DateTimeOffset now, Answer answer)
    {
        var standing = after.At(now).ToString().ToLowerInvariant();
        return (deed, verdict) switch
        {
            (Deed.Block or Deed.Unblock, _) => answer.Status == HttpStatusCode.NoContent ? null : Told(answer, "204"),
            (_, Verdict.Moved or Verdict.Same) when answer.Problem is null && IsSuccess(deed, answer) =>
                answer["state"].ToString() == standing && answer["direction"].ToString() == (who == after.Inviter ? "sent" : "received")
                    ? null : $"{answer["state"]} {answer["direction"]}, not {standing}",
            (_, Verdict.NotTheirs) => answer.Problem == "not-found" ? null : Told(answer, "not-found"),
            (_, Verdict.Locked) => answer.Problem == "invite-locked" ? null : Told(answer, "invite-locked"),
            (Deed.Remove, Verdict.WrongState) => answer.Problem == "not-connected" ? null : Told(answer, "not-connected"),
            (_, Verdict.WrongState) => answer.Problem == "invite-not-pending" && answer["state"].ToString() == standing ? null : Told(answer, $"invite-not-pending, {standing}"),
            _ => Told(answer, standing),
        };
    }

    private static bool IsSuccess(Deed deed, Answer answer) =>
        answer.Status == HttpStatusCode.OK || (deed == Deed.Invite && answer.Status == HttpStatusCode.Created);

    private static string Told(Answer answer, string expected) => $"{(int)answer.Status} {answer.Problem} {answer.Body?["state"]}, not {expected}";
}
