using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.PublicStatus;
using Autopay.Hosting.Identity;
using Autopay.Payments;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.App.Payments;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Settings;

/// <summary>One app with every setting at a value of its own: what its parts were given.</summary>
public sealed class SettingsInTheAppTests(AzuriteFixture azurite)
{
    // Whom the test talks with is the sandbox, and it does not wait nine seconds for silence.
    private static readonly Dictionary<string, string?> Typed = new(
        OwnSettings
            .Texts.Where(text =>
                text.Key is not ("Stripe:ApiBase" or "Stripe:ApiKey" or "Stripe:WebhookSecrets" or "Stripe:VaultUri")
            )
            .Select(text => KeyValuePair.Create(text.Key, (string?)text.Value))
    )
    {
        ["Stripe:Timeout"] = "00:00:01.5",
        ["Autopay:Cycles:0:Cycle"] = "7",
        ["Autopay:Cycles:0:Name"] = "Seventh",
        ["Autopay:Cycles:0:Area"] = "north",
    };

    [Fact]
    public async Task Every_part_of_the_app_is_given_the_settings_that_were_typed_in()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01", new AppPlan { Settings = Typed });
        var services = app.Services;

        Assert.Equivalent(
            OwnSettings.Read<Policies>(),
            (await services.GetRequiredService<IControlsStore>().LoadAsync(CancellationToken.None)).Controls.Policies,
            strict: true
        );
        Assert.Equal(OwnSettings.Read<ProcessingOptions>(), services.GetRequiredService<ProcessingOptions>());
        Assert.Equal(
            [0.25m, 2m, 12m],
            services.GetRequiredService<WatchReturns>().NewTally().Rates.Select(rate => rate.Ceiling)
        );
        Assert.Equal(OwnSettings.Read<IdentityOptions>(), services.GetRequiredService<IdentityOptions>());
        Assert.Equal(OwnSettings.Read<StatusOptions>(), services.GetRequiredService<StatusOptions>());
        Assert.Equal([new CycleName(7, "Seventh", "north")], services.GetRequiredService<IReadOnlyList<CycleName>>());
        // Noon in Denver.
        Assert.Equal(
            new DateTimeOffset(2020, 1, 21, 19, 0, 0, TimeSpan.Zero),
            services.GetRequiredService<CityClock>().City.ToUtc(new DateOnly(2020, 1, 21), new TimeOnly(12, 0))
        );
        await ThenStripeIsAskedAsTypedInAsync(app);
    }

    private static async Task ThenStripeIsAskedAsTypedInAsync(AppHost app)
    {
        var stripe = app.Services.GetRequiredService<IPaymentProvider>();
        Task<ProviderAnswer> CreateAsync(string method, int number)
        {
            var attempt = Adapter.NewAttempt(method, number);
            return stripe.CreateAsync(new IntentRequest(attempt, attempt.Debit.Account));
        }

        var created = Assert.IsType<ProviderAnswer.Read>(await CreateAsync("pm_card_visa", 1)).Intent;
        Assert.Equal("staging", created.Environment);
        Assert.IsType<ProviderAnswer.Rejected>(await CreateAsync(Adapter.Pays, 2));

        app.Sandbox.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.HangBefore,
                Match = new() { Path = "/v1/payment_intents/*" },
            }
        );
        var asked = TimeProvider.System.GetTimestamp();
        Assert.IsType<ProviderAnswer.Doubt>(await stripe.ReadAsync(created.IntentId));
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalSeconds, 1.4, 20);
    }
}
