using Connections.Limits;
using Connections.Settings;

namespace Connections.Safety;

/// <summary>The settings of blocks and reports.</summary>
/// <param name="SupportAddress">The email address that reports go to. <c>Safety__SupportAddress</c>, required.</param>
/// <param name="ReportsPerDay">Reports that one member may make on one UTC day. <c>Safety__ReportsPerDay</c>, 20.</param>
/// <param name="MaxDetails">The longest details of a report, in characters. <c>Safety__MaxDetails</c>, 1,000.</param>
/// <param name="BlocksAtMost">Members that one member may block at once. <c>Safety__BlocksAtMost</c>, 1,000.</param>
public sealed record SafetySettings(string SupportAddress, int ReportsPerDay, int MaxDetails, int BlocksAtMost)
{
    /// <summary>The limit on blocking.</summary>
    public Cap Blocking => new("blocks", BlocksAtMost);

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    public static SafetySettings Read(IConfiguration configuration) => new(
        configuration.EmailAddress("Safety:SupportAddress", "the email address that reports are sent to, such as support@example.com"),
        configuration.Number("Safety:ReportsPerDay", 20, 1, 1000),
        configuration.Number("Safety:MaxDetails", 1000, 1, 10_000),
        configuration.Number("Safety:BlocksAtMost", 1000, 1, 100_000));
}
