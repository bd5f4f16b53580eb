using System.Globalization;
using System.Text.Json.Serialization;

namespace Connections.Invites;

/// <summary>Why the invitee declined, as the inviter sees it.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Until">With <see cref="NotNow"/>: the day on which the inviter may invite again. The lock ends then.</param>
public sealed record DeclineReason(string Reason, DateOnly? Until = null)
{
    /// <summary>The time is wrong; the inviter may ask again.</summary>
    public const string NotNow = "not-now";

    /// <summary>The latest day of a lock that the invitee sets, from now.</summary>
    public const int MaxDays = 365;

    /// <summary>The published list. Values may be added but never removed.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [NotNow, "not-a-fit", "reward", "other"];

    /// <summary>When the day begins, in UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnlocksAt => Until is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    /// <summary>Reads a reason as sent; null where none is.</summary>
    public static DeclineReason? Read(Fields fields, string? reason, string? until, DateTimeOffset now)
    {
        reason = VisibleText.IsVisible(reason) ? reason : null;
        if (reason is not null && !Reasons.Contains(reason))
        {
            fields.Refuse("reason", $"The reason must be one of {string.Join(", ", Reasons)}.", FieldCode.UnknownValue);
        }

        if (!VisibleText.IsVisible(until))
        {
            return reason is null ? null : new DeclineReason(reason);
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (!DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            fields.Refuse("until", "The date must be a day such as 2026-12-01.", FieldCode.BadForm);
        }
        else if (reason != NotNow)
        {
            fields.Refuse("until", $"Only the reason {NotNow} has a date.", FieldCode.Conflict);
        }
        else if (day <= today || day > today.AddDays(MaxDays))
        {
            fields.Refuse("until", $"The date must be after today and at most {MaxDays} days from now.", FieldCode.OutOfRange);
        }

        return reason is null ? null : new DeclineReason(reason, day);
    }
}

/// <summary>The body of a decline, as sent.</summary>
public sealed record DeclineRequest(string? Reason, string? Until);
