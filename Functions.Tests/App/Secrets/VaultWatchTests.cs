using System.Net;
using Autopay.Application.Telemetry;
using Autopay.Hosting.Settings;
using Autopay.Hosting.Telemetry;
using Autopay.Payments;
using Autopay.Tests.App.Payments;
using Autopay.Tests.App.Telemetry;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Secrets;

/// <summary>What an alert hears of a vault that gives nothing good, while everything still works.</summary>
public sealed class VaultWatchTests : IDisposable
{
    private readonly FakeTimeProvider time = new(FrozenSandbox.Monday);
    private readonly VaultStandIn vault = new();
    private readonly VaultWatch watch;
    private readonly VaultSecrets secrets;

    public VaultWatchTests()
    {
        vault.Set("rk_test_good", AppHost.WebhookSecret);
        watch = new VaultWatch(time);
        secrets = vault.Read(new StripeOptions { Environment = "test" }, time, watch);
    }

    public void Dispose()
    {
        secrets.Dispose();
        vault.Dispose();
    }

    [Fact]
    public async Task A_vault_that_is_away_is_told_for_as_long_as_it_is_and_not_when_it_is_back()
    {
        var (meter, shown) = ShownGauges.Of(() => new VaultMeter(() => watch.FailingFor));
        using var _ = shown;
        using var __ = meter;
        await AskForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal([new(MetricCatalogue.VaultFailing.Name, 0L)], shown.Read());

        vault.Refuses = HttpStatusCode.ServiceUnavailable;
        await AskForAsync(TimeSpan.FromMinutes(30));
        // The next question was a minute later: what is known was good for so long.
        Assert.Equal([new(MetricCatalogue.VaultFailing.Name, 1740L)], shown.Read());

        vault.Refuses = null;
        await AskForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([new(MetricCatalogue.VaultFailing.Name, 0L)], shown.Read());
    }

    [Fact]
    public async Task A_secret_that_is_not_taken_is_told_like_one_that_does_not_come()
    {
        await AskForAsync(TimeSpan.FromMinutes(1));
        vault.Set("pk_test_public", AppHost.WebhookSecret);

        await AskForAsync(TimeSpan.FromMinutes(20));

        Assert.InRange(watch.FailingFor, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task An_instance_that_has_stopped_asking_has_nothing_to_tell()
    {
        vault.Refuses = HttpStatusCode.Forbidden;
        await AskForAsync(TimeSpan.FromMinutes(30));
        Assert.True(watch.FailingFor > TimeSpan.Zero);

        time.Advance(VaultWatch.Recent + TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, watch.FailingFor);
    }

    // As a busy instance does.
    private async Task AskForAsync(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMinutes(1))
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await secrets.FreshAsync(CancellationToken.None);
        }
    }
}
