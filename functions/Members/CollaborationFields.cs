using System.Globalization;

namespace Connections.Members;

/// <content>What to expect of a collaboration.</content>
internal static partial class ProfileFields
{
    /// <summary>An amount and its currency; null if neither is sent.</summary>
    public static Rate? Rate(Fields fields, RateChange? sent)
    {
        if (sent is null || (sent.Amount is null && !VisibleText.IsVisible(sent.Currency)))
        {
            return null;
        }

        if (sent.Amount is null)
        {
            fields.Refuse("rateFrom.amount", "The amount is missing.", FieldCode.Required);
        }

        var currency = Currencies.Find(sent.Currency);
        if (currency is null)
        {
            fields.RefuseValue("rateFrom.currency", sent.Currency, "The currency must be an ISO 4217 code such as EUR or USD.");
        }

        return Number(fields, "rateFrom.amount", sent.Amount, 1, ProfileLimits.Rate) is { } amount && currency is not null
            ? new Rate(amount, currency)
            : null;
    }

    /// <summary>A whole number within bounds.</summary>
    public static long? Number(Fields fields, string field, long? sent, long least, long most)
    {
        if (sent < least || sent > most)
        {
            fields.Refuse(field, $"The number must be a whole number from {least} to {most}.", FieldCode.OutOfRange);
        }

        return sent;
    }

    /// <summary>A day of the years that people plan for.</summary>
    public static DateOnly? Day(Fields fields, string field, string? text)
    {
        if (!VisibleText.IsVisible(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= ProfileLimits.FirstYear and <= ProfileLimits.LastYear)
        {
            return day;
        }

        fields.Refuse(
            field,
            $"The date must be a day of the years {ProfileLimits.FirstYear} to {ProfileLimits.LastYear}, such as 2026-12-01.",
            FieldCode.BadForm);
        return null;
    }
}
