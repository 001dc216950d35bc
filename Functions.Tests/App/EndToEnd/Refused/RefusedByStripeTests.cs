using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd.Refused;

/// <summary>
/// R27, the whole way with the real Stripe.net: what Stripe refuses on the due day waits, is seen, and is collected
/// once.
/// </summary>
public sealed class RefusedByStripeTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Header =
        "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n";

    private AppHost app = null!;

    public async ValueTask InitializeAsync() => app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(
        "pm_usBankAccount_noMandate",
        "",
        "pm_usBankAccount_noMandate",
        "mandate_new",
        "requires a mandate, but no existing mandate was found"
    )]
    [InlineData("pm_A-1", "mandate_inactive_1", "pm_A-1", "mandate_new", "The provided mandate is invalid")]
    [InlineData("pm_A-1", "mandate_unknown_1", "pm_A-1", "", "No such mandate")]
    [InlineData("pm_usBankAccount_detached", "", "pm_new", "", "was detached from a Customer")]
    public async Task R27_what_Stripe_does_not_take_suspends_the_account_until_it_has_another_method_or_mandate_and_is_then_debited_once(
        string method,
        string mandate,
        string nextMethod,
        string nextMandate,
        string why
    )
    {
        await DueAsync(method, mandate);

        Assert.Equal(("deferred", 4120), (await StateAsync(), await OpenAsync()));
        Assert.StartsWith("payment method cannot be used: ", await SuspensionAsync(), StringComparison.Ordinal);
        Assert.Contains(why, await SuspensionAsync(), StringComparison.Ordinal);
        var listed = Assert.Single((await app.GetAsync("api/work"))["items"].EnumerateArray());
        Assert.Equal(
            ("B-1", "suspended"),
            (listed.GetProperty("bill").GetString(), listed.GetProperty("kind").GetString())
        );
        Assert.Equal(["canceled"], await IntentsAsync());
        Assert.StartsWith("never confirmed: ", await CodeAsync(), StringComparison.Ordinal);

        await EnrolAsync(nextMethod, nextMandate);
        app.MoveTo("2020-01-22T07:05");
        await app.TickAsync();

        await Eventually.HoldsAsync("it is debited", async () => await StateAsync() == "submitted");
        Assert.Equal(["canceled", "processing"], await IntentsAsync());
        Assert.Empty(app.Sandbox.Control.Ledger("debit_id").ChargedTwice);
        Assert.Empty((await app.GetAsync("api/work"))["items"].EnumerateArray());
    }

    // Stripe answers with a failed payment: nothing is untouched, and the debit ends. Finance collects the bill again
    // (R19).
    [Fact]
    public async Task R37_a_blocked_bank_account_suspends_the_account_and_its_bill_waits_for_finance()
    {
        await DueAsync("pm_usBankAccount_blocked", "");

        Assert.Equal(("uncollected", 4120), (await StateAsync(), await OpenAsync()));
        Assert.Contains("bank_account_unusable", await SuspensionAsync(), StringComparison.Ordinal);

        await EnrolAsync("pm_new", "");
        Assert.Equal(
            200,
            (await app.PostAsync("api/accounts/A-1/bills/B-1/rearm", """{"reason":"A new bank account"}""")).Status
        );
        app.MoveTo("2020-01-22T07:05");
        await app.TickAsync();

        await Eventually.HoldsAsync("it is debited", async () => await StateAsync(1) == "submitted");
        Assert.Equal(["requires_payment_method", "processing"], await IntentsAsync());
    }

    private async Task DueAsync(string method, string mandate)
    {
        await EnrolAsync(method, mandate);
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync("Stripe has refused it", async () => await SuspensionAsync() is not null);
    }

    private Task EnrolAsync(string method, string mandate) =>
        app.ImportAsync("accounts", $"{Header}A-1,1,west,on,cus_A-1,{method},{mandate},,\n");

    private async Task<string> StateAsync(int index = 0) =>
        (await app.GetAsync("api/accounts/A-1"))["debits"][index].GetProperty("state").GetString()!;

    private async Task<string> CodeAsync() =>
        (await app.GetAsync("api/accounts/A-1"))["debits"]
            [0]
            .GetProperty("attempts")[0]
            .GetProperty("code")
            .GetString()!;

    private async Task<int> OpenAsync() =>
        (await app.GetAsync("api/accounts/A-1"))["bills"][0].GetProperty("openCents").GetInt32();

    private async Task<string?> SuspensionAsync() =>
        (await app.GetAsync("api/accounts/A-1")).Json.TryGetProperty("suspension", out var found)
        && found.ValueKind != JsonValueKind.Null
            ? found.GetProperty("reason").GetString()
            : null;

    private async Task<IEnumerable<string>> IntentsAsync()
    {
        using var http = new HttpClient { BaseAddress = app.Sandbox.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_autopay");
        var list = JsonDocument
            .Parse(await http.GetStringAsync(new Uri("v1/payment_intents?customer=cus_A-1", UriKind.Relative)))
            .RootElement;
        return list.GetProperty("data")
            .EnumerateArray()
            .Reverse()
            .Select(intent => intent.GetProperty("status").GetString()!);
    }
}
