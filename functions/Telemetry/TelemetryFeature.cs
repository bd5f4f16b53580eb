using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Connections.Telemetry;

/// <summary>Telemetry settings that every host of the app shares; the host chooses where telemetry goes.</summary>
public static class TelemetryFeature
{
    /// <summary>Exports the app's spans and metrics.</summary>
    public static IOpenTelemetryBuilder WithConnections(this IOpenTelemetryBuilder telemetry) => telemetry
        .WithTracing(tracing => tracing.AddSource(Signals.Name))
        .WithMetrics(metrics => metrics.AddMeter(Signals.Name));

    /// <summary>Keeps request URLs out of the logs at every log level: the links in emails and the sign-in URLs are secrets.</summary>
    /// <remarks>
    /// ASP.NET Core's hosting logs each URL at Information, and adds it as a scope to every entry that a call writes; Application Insights
    /// stores scopes. Turning its category off stops both. The rest of the framework logs from Warning.
    /// </remarks>
    public static ILoggingBuilder WithoutAddresses(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
}
