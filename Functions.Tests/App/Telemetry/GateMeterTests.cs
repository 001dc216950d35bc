using Autopay.Application.Telemetry;
using Autopay.Hosting.Telemetry;

namespace Autopay.Tests.App.Telemetry;

public sealed class GateMeterTests
{
    [Fact]
    public void A_gate_is_told_closed_for_as_long_as_it_is()
    {
        var isClosed = true;
        var (gate, shown) = ShownGauges.Of(() => new GateMeter(() => isClosed));
        using var _ = shown;
        using var __ = gate;

        var before = shown.Read();
        isClosed = false;
        var after = shown.Read();

        Assert.Equal([new(MetricCatalogue.GateClosed.Name, 1L)], before);
        Assert.Equal([new(MetricCatalogue.GateClosed.Name, 0L)], after);
    }
}
