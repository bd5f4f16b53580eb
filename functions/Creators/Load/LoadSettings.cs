using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Creators.Load;

/// <summary>The numbers that bound a load of creators.</summary>
/// <param name="MaxRows">The most rows of one call. <c>Load__MaxRows</c>, 1,000.</param>
public sealed record LoadSettings(int MaxRows)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBody = 8 * 1024 * 1024;

    /// <summary>The largest row, in bytes: as much as a member's own call may send.</summary>
    public const int MaxRow = Http.HttpApi.MaxBody;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static LoadSettings Read(IConfiguration configuration) => new(configuration.Number("Load:MaxRows", 1000, 1, 10_000));
}
