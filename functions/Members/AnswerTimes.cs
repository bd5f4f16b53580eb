using System.Text.Json.Serialization;

namespace Connections.Members;

/// <summary>One answer of a member: to an invite, or to the first message of a conversation.</summary>
/// <param name="Key">Names what was answered.</param>
/// <param name="At">When the member answered.</param>
/// <param name="Within">The shortest of <see cref="AnswerTimes.Spans"/> that the answer came within; null for none.</param>
public sealed record TimedAnswer(string Key, DateTimeOffset At, string? Within);

/// <summary>How soon a member answered lately: the last answers, oldest first.</summary>
/// <remarks>
/// Other members see <see cref="Within"/> and nothing else: one of four words, of five answers at least, so that it tells of no single one.
/// </remarks>
public sealed record AnswerTimes(IReadOnlyList<TimedAnswer> Last)
{
    /// <summary>How many answers are kept.</summary>
    public const int Kept = 20;

    /// <summary>How many answers there must be before others are told anything.</summary>
    public const int Least = 5;

    private static readonly TimeSpan[] Lengths =
        [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7)];

    /// <summary>The published spans, the shortest first.</summary>
    public static IReadOnlyList<string> Spans { get; } = ["hour", "day", "three-days", "week"];

    /// <summary>No answers.</summary>
    public static AnswerTimes None { get; } = new([]);

    /// <summary>
    /// The shortest span that three quarters of the answers came within; null where there are too few answers, or they took longer.
    /// </summary>
    [JsonIgnore]
    public string? Within => Last.Count < Least
        ? null
        : Spans.Index().FirstOrDefault(span => 4 * Last.Count(answer => IsWithin(answer, span.Index)) >= 3 * Last.Count).Item;

    /// <summary>
    /// The times with one more answer, counted once however often and in whatever order it is told; the same object when nothing is new.
    /// </summary>
    /// <param name="key">Names what was answered.</param>
    /// <param name="askedAt">When the member was asked.</param>
    /// <param name="at">When they answered.</param>
    public AnswerTimes With(string key, DateTimeOffset askedAt, DateTimeOffset at)
    {
        // One that fell out of the list before was counted then.
        if (Last.Any(known => known.Key == key) || (Last.Count >= Kept && at <= Last[0].At))
        {
            return this;
        }

        var span = Array.FindIndex(Lengths, length => at - askedAt <= length);
        var answer = new TimedAnswer(key, at, span < 0 ? null : Spans[span]);
        return new AnswerTimes(
            [.. Last.Append(answer).OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).TakeLast(Kept)]);
    }

    private static bool IsWithin(TimedAnswer answer, int span) => Spans.Take(span + 1).Contains(answer.Within);
}

/// <summary>Notes in members' documents how soon they answer.</summary>
public sealed class AnswerNotes(MemberStore members, TimeProvider time)
{
    /// <summary>Notes an answer. Two requests; one when it is noted already. Safe to repeat, in any order.</summary>
    /// <param name="member">The member who answered.</param>
    /// <inheritdoc cref="AnswerTimes.With"/>
    public Task NoteAsync(MemberId member, string key, DateTimeOffset askedAt, DateTimeOffset at, CancellationToken ct) =>
        members.ChangeAsync<bool>(
            member,
            known =>
            {
                var before = known?.Answers ?? AnswerTimes.None;
                return known is null || known.HasErased(at) || before.With(key, askedAt, at) is var after && after == before
                    ? (false, null)
                    : (true, (known with { Answers = after }).Indexed().WithCardDue(known, time.Now()));
            },
            ct);
}
