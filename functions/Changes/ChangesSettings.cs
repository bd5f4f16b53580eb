using Connections.Settings;

namespace Connections.Changes;

/// <summary>The settings of changes.</summary>
/// <param name="TokensFor">
/// How long after it was made a token can be used. <c>Changes__TokensFor</c>, 30 days.
/// </param>
public sealed record ChangesSettings(TimeSpan TokensFor)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static ChangesSettings Read(IConfiguration configuration) =>
        new(configuration.Duration("Changes:TokensFor", TimeSpan.FromDays(30)));
}
