using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Connections.Telemetry;

/// <summary>Gives OpenTelemetry what the app tells of itself; who hosts the app says where it is sent.</summary>
public static class TelemetryFeature
{
    /// <summary>Adds the app's spans and figures.</summary>
    public static IOpenTelemetryBuilder WithConnections(this IOpenTelemetryBuilder telemetry) => telemetry
        .WithTracing(tracing => tracing.AddSource(Signals.Name))
        .WithMetrics(metrics => metrics.AddMeter(Signals.Name));
}
