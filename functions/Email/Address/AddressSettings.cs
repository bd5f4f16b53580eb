using Connections.Settings;

namespace Connections.Email.Address;

/// <summary>The settings of changes of address.</summary>
/// <param name="ChangesPerDay">Changes that one member may ask for on one UTC day. <c>Email__ChangesPerDay</c>, 5.</param>
/// <param name="ConfirmFor">How long the link that confirms an address works. <c>Email__ConfirmFor</c>, 1 day.</param>
public sealed record AddressSettings(int ChangesPerDay, TimeSpan ConfirmFor)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static AddressSettings Read(IConfiguration configuration) => new(
        configuration.Number("Email:ChangesPerDay", 5, 1, 1000),
        configuration.Duration("Email:ConfirmFor", TimeSpan.FromDays(1)));
}
