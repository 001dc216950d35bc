using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>The outage of the README, by three people and a cashier at their browsers; the bank is the judge.</summary>
public sealed class OutageTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public Task The_outage_is_worked_off_by_clicks_and_nobody_is_charged_twice() =>
        WorkOffAsync(page => new Mouse(page));

    [Fact]
    public Task The_outage_is_worked_off_with_the_keys_alone() => WorkOffAsync(page => new Keys(page));

    private async Task WorkOffAsync(Func<IPage, IHand> hand)
    {
        await using var office = await SampleOffice.OpenAsync(azurite, chromium, hand);

        await new OutageStory(office, new Album(chromium, office.App)).RunAsync();

        var ledger = office.App.Sandbox.Control.Ledger("debit_id");
        Assert.Empty(ledger.ChargedTwice);
        Assert.Equal((62400, 5575), (ledger.Totals.SucceededCents, ledger.Totals.FailedCents));
        Assert.Equal(
            WalkthroughTests.WorkedOutByHand(),
            ledger.Groups.ToDictionary(
                group => group.Name.Replace("-1-0001", "", StringComparison.Ordinal),
                group => group.NetCents
            )
        );
    }
}
