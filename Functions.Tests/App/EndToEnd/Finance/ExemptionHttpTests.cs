using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>A bill leaves a hold by two people, over HTTP, and what one of them asks for sends nothing (R38).</summary>
public sealed class ExemptionHttpTests(AzuriteFixture azurite)
{
    private const string Exemption = "api/accounts/A-1/bills/B-A-1/exemptions/outage";

    [Fact]
    public async Task One_person_asks_another_agrees_and_the_bill_goes_without_a_release()
    {
        await using var app = await ReleaseDesk.HeldAsync(azurite, ("A-1", "41.20"), ("A-2", "63.00"));
        await app.IdleAsync();
        Assert.True((await app.GetAsync($"{Exemption}/preview"))["takesTwo"].GetBoolean());

        var asked = await app.PutAsync(Exemption, """{"on":true,"reason":"Final bill"}""", "ann");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Equal((202, 0), (asked.Status, app.Sandbox.Control.Ledger("debit_id").Totals.Intents));

        var approval = asked["approval"];
        var (id, hash) = (approval.GetProperty("id").GetString(), approval.GetProperty("hash").GetString());
        Assert.Equal(403, await ApproveAsync("ann", 4120));
        Assert.Equal(409, await ApproveAsync("bob", 4121));
        Assert.Equal(200, await ApproveAsync("bob", 4120));
        await app.TickAsync();

        await Eventually.HoldsAsync(
            "one debit is with the bank",
            () => Task.FromResult(app.Sandbox.Control.Ledger("debit_id").Totals.Intents == 1)
        );
        Assert.Equal(
            "deferred",
            (await app.GetAsync("api/accounts/A-2"))["debits"][0].GetProperty("state").GetString()
        );
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());

        async Task<int> ApproveAsync(string by, int total) =>
            (
                await app.PostAsync(
                    $"api/approvals/{id}/approve",
                    $$"""{"hash":"{{hash}}","reason":"It is","totalCents":{{total}}}""",
                    by
                )
            ).Status;
    }
}
