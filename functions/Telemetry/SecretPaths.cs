using Microsoft.Extensions.Logging;

namespace Connections.Telemetry;

/// <summary>Keeps addresses out of the logs: those of the links in emails are secrets, and so are those that sign a browser in.</summary>
public static class SecretPaths
{
    /// <summary>Lets nothing of ASP.NET Core's write the address of a request, at whatever level logs are asked for.</summary>
    /// <remarks>
    /// Its hosting would write each address at the level Information, and puts it around every entry that a call writes, as a scope, which
    /// Application Insights keeps. Turned off altogether it does neither; what else the framework says begins at Warning.
    /// </remarks>
    public static ILoggingBuilder WithoutAddresses(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
}
