using System.Diagnostics.Metrics;

namespace Connections.Tests.Functions.Telemetry;

/// <summary>Listens to one instrument until it is disposed.</summary>
internal static class Measurements
{
    public static MeterListener Of(Instrument instrument, MeasurementCallback<long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listening) =>
            {
                if (published == instrument)
                {
                    listening.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback(measured);
        listener.Start();
        return listener;
    }
}
