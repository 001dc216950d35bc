using System.Diagnostics.Metrics;

namespace Autopay.Application.Telemetry;

public enum MetricKind
{
    /// <summary>Counted as it happens.</summary>
    Counter,

    /// <summary>Recorded as it happens.</summary>
    Histogram,

    /// <summary>Shown by every instance at each export.</summary>
    Gauge,

    /// <summary>Measured from the books by a timer, and shown while that is fresh (<see cref="BooksMeter"/>).</summary>
    BooksGauge,
}

/// <summary>All of a metric but its values. Its instrument is made from this, and the documents show it.</summary>
/// <param name="Name">As alerts and workbooks name it.</param>
/// <param name="Unit">In UCUM, such as s or {debit}.</param>
/// <param name="Description">For whoever reads a chart.</param>
/// <param name="Tags">What its values are told apart by.</param>
public sealed record MetricDefinition(
    string Name,
    MetricKind Kind,
    string Unit,
    string Description,
    params IReadOnlyList<string> Tags
)
{
    public Counter<long> CountIn(Meter meter) => meter.CreateCounter<long>(Name, Unit, Description);

    public Histogram<double> RecordIn(Meter meter) => meter.CreateHistogram<double>(Name, Unit, Description);

    /// <param name="read">Asked at each export.</param>
    public void ShowIn<T>(Meter meter, Func<IEnumerable<Measurement<T>>> read)
        where T : struct => meter.CreateObservableGauge(Name, read, Unit, Description);
}
