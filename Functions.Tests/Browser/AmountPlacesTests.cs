using System.Text.Json;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>An amount stands under the heading that it belongs to: two that change places are both true, and wrong.
/// </summary>
[Collection(HeldCity.Collection)]
public sealed class AmountPlacesTests(HeldCity city, Chromium chromium)
{
    [Theory]
    [InlineData("A-1")]
    [InlineData("A-3")]
    public async Task Each_amount_of_a_bill_stands_under_its_own_heading(string account)
    {
        await using var clerk = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await clerk.OpenAsync($"/console/accounts/{account}");
        var bills = (await city.App.GetAsync($"api/accounts/{account}"))["bills"].EnumerateArray();

        var table = clerk.Page.Locator("table", new() { HasText = "Paid elsewhere" });
        var heads = await table.Locator("thead th").AllInnerTextsAsync();
        var cells = await table
            .Locator("tbody")
            .EvaluateAsync<string[]>(
                "body => [...body.querySelectorAll('tr')].flatMap(row => [...row.children].map(cell =>"
                    + " cell.querySelector('[data-cents]')?.dataset.cents ?? ''))"
            );

        Assert.Equal(["Charges", "Paid elsewhere", "Debited", "Open"], heads.Skip(2).Take(4));
        Assert.Equal(bills.SelectMany(CentsOf), cells.Chunk(heads.Count).SelectMany(row => row[2..6]));
    }

    private static IEnumerable<string> CentsOf(JsonElement bill) =>
        new[] { "chargesCents", "paidElsewhereCents", "collectedCents", "openCents" }.Select(name =>
            $"{bill.GetProperty(name).GetInt64()}"
        );
}
