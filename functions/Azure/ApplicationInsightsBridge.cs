using System.Diagnostics;
using System.Diagnostics.Metrics;
using Connections.Telemetry;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Metrics;
using Microsoft.Extensions.Hosting;

namespace Connections.Azure;

/// <summary>Sends the app's own spans and figures to Application Insights, whose worker package listens to neither.</summary>
/// <remarks>The Functions host tells of every call and trigger run itself; this adds the requests to other services, as dependencies.</remarks>
public sealed class ApplicationInsightsBridge(TelemetryClient client) : IHostedService, IDisposable
{
    private readonly MeterListener _figures = new();
    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = source => source.Name == Signals.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _spans.ActivityStopped = Track;
        ActivitySource.AddActivityListener(_spans);
        _figures.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Signals.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _figures.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Track(instrument, value, tags));
        _figures.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Track(instrument, value, tags));
        _figures.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => client.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _figures.Dispose();
        _spans.Dispose();
    }

    private void Track(Activity span)
    {
        if (span.Kind != ActivityKind.Client)
        {
            return;
        }

        var dependency = new DependencyTelemetry
        {
            Id = span.SpanId.ToHexString(),
            Name = span.OperationName,
            Type = "Connections",
            Timestamp = new DateTimeOffset(span.StartTimeUtc),
            Duration = span.Duration,
            Success = span.Status != ActivityStatusCode.Error,
        };
        dependency.Context.Operation.Id = span.TraceId.ToHexString();
        dependency.Context.Operation.ParentId = span.ParentSpanId.ToHexString();
        foreach (var (name, value) in span.TagObjects)
        {
            dependency.Properties[name] = value?.ToString();
        }

        client.TrackDependency(dependency);
    }

    private void Track(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        switch (tags.Length)
        {
            case 0:
                client.GetMetric(new MetricIdentifier(Signals.Name, instrument.Name)).TrackValue(value);
                break;
            case 1:
                client.GetMetric(new MetricIdentifier(Signals.Name, instrument.Name, tags[0].Key)).TrackValue(value, tags[0].Value?.ToString());
                break;
            default:
                client.GetMetric(new MetricIdentifier(Signals.Name, instrument.Name, tags[0].Key, tags[1].Key))
                    .TrackValue(value, tags[0].Value?.ToString(), tags[1].Value?.ToString());
                break;
        }
    }
}
