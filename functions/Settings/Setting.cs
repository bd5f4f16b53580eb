using System.Globalization;
using System.Net.Mail;

namespace Connections.Settings;

/// <summary>A setting is missing or malformed, and the app does not start. The message names the setting and its format.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>Reads settings strictly: an absent setting gets its default, and a malformed one stops the app from starting.</summary>
public static class Setting
{
    /// <summary>A required setting.</summary>
    public static string Required(this IConfiguration configuration, string name, string form) =>
        configuration[name] is { Length: > 0 } value ? value : throw Malformed(name, "missing", form);

    /// <summary>An http or https URL.</summary>
    /// <param name="form">Describes the URL, for the message.</param>
    /// <param name="fallback">The default; null makes the setting required.</param>
    public static Uri Url(this IConfiguration configuration, string name, string form, string? fallback = null)
    {
        var text = configuration[name] is { Length: > 0 } value ? value : fallback ?? throw Malformed(name, "missing", form);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw Malformed(name, "malformed", form);
    }

    /// <summary>A required email address without a display name, such as <c>support@example.com</c>.</summary>
    public static string EmailAddress(this IConfiguration configuration, string name, string form)
    {
        var text = configuration.Required(name, form);
        return MailAddress.TryCreate(text, out var address) && address.Address == text
            && text.All(char.IsAscii) && address.Host.Contains('.', StringComparison.Ordinal)
                ? text
                : throw Malformed(name, "malformed", form);
    }

    /// <summary>A whole number within bounds.</summary>
    public static int Number(this IConfiguration configuration, string name, int fallback, int min, int max)
    {
        if (configuration[name] is not { Length: > 0 } text)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Malformed(name, "malformed", $"a whole number from {min} to {max}");
    }

    /// <summary>Something that is on or off.</summary>
    public static bool Switch(this IConfiguration configuration, string name, bool fallback) =>
        configuration[name] is not { Length: > 0 } text ? fallback
        : text.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            _ => throw Malformed(name, "malformed", "true or false"),
        };

    /// <summary>A duration above zero, written <c>[days.]hours:minutes:seconds</c>.</summary>
    public static TimeSpan Duration(this IConfiguration configuration, string name, TimeSpan fallback)
    {
        if (configuration[name] is not { Length: > 0 } text)
        {
            return fallback;
        }

        // The format "c" reads a bare number as days; a setting without a colon is more likely a mistake.
        return text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(text, ["c", @"d\.hh\:mm\:ss"], CultureInfo.InvariantCulture, out var value)
            && value > TimeSpan.Zero
                ? value
                : throw Malformed(name, "malformed", "a length of time above zero, [days.]hours:minutes:seconds, such as 21.00:00:00");
    }

    /// <summary>Words separated by single spaces.</summary>
    public static string Words(this IConfiguration configuration, string name, string fallback) =>
        string.Join(' ', (configuration[name] is { Length: > 0 } text ? text : fallback).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Names of hosts, separated by spaces, in lower case; none by default.</summary>
    public static IReadOnlyList<string> Hosts(this IConfiguration configuration, string name)
    {
        var hosts = configuration.Words(name, "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return hosts.All(host => host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns)
            ? hosts
            : throw Malformed(name, "malformed", "names of hosts with spaces between them, such as cdn.example.com images.example.org");
    }

    /// <summary>Values by their names, written <c>name=value name=value</c>; none by default.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">The setting.</param>
    /// <param name="form">Describes the setting, for the message.</param>
    /// <param name="isValid">Whether a text can be one of the values.</param>
    public static IReadOnlyDictionary<string, string> Named(
        this IConfiguration configuration, string name, string form, Func<string, bool> isValid)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (configuration[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value] || !isValid(value) || !values.TryAdd(key, value))
            {
                throw Malformed(name, "malformed", form);
            }
        }

        return values;
    }

    internal static SettingException Malformed(string name, string how, string form) =>
        new($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is {how}. It takes {form}.");
}
