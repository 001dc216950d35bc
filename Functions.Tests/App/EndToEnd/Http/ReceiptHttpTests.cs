using System.Security.Cryptography;
using System.Text;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// From a charge to the line on the bank statement: receipts, the month, and the payout that they tie to.
/// </summary>
public sealed class ReceiptHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Reason = """{"reason":"test"}""";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        app.MoveTo("2020-01-29T08:00");
        await CollectedAsync("A-1");
        await CollectedAsync("A-2");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_batch_is_issued_once_and_reads_the_same_bytes_for_ever()
    {
        var issued = (await app.PostAsync("api/receipts", Reason))["batch"];
        Assert.False((await app.PostAsync("api/receipts", Reason))["issued"].GetBoolean());
        var (first, again) = (
            await app.Http.GetByteArrayAsync("api/receipts/1"),
            await app.Http.GetByteArrayAsync("api/receipts/1")
        );

        Assert.Equal(
            (1, 2, 10420L),
            (
                issued.GetProperty("number").GetInt32(),
                issued.GetProperty("totals").GetProperty("rows").GetInt32(),
                issued.GetProperty("totals").GetProperty("collectedCents").GetInt64()
            )
        );
        Assert.Equal(first, again);
        Assert.Equal(issued.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(first)));
        Assert.Contains(
            ",2020-01-29,A-1,B-1,A-1-1-0001,collected,41.20,pi_",
            Encoding.UTF8.GetString(first),
            StringComparison.Ordinal
        );
        Assert.Equal(404, (await app.GetAsync("api/receipts/2")).Status);
    }

    [Fact]
    public async Task Refunds_and_returns_are_negative_and_the_month_adds_up()
    {
        await app.PostAsync("api/receipts", Reason);
        await app.PostAsync(
            "api/accounts/A-1/debits/A-1-1-0001/refunds",
            """{"id":"RF-1","kind":"refund","amountCents":1500,"reason":"test"}"""
        );
        await app.TickAsync();
        app.Sandbox.Control.Dispute(
            app.Sandbox.Control.Ledger("account_id").Groups.Single(group => group.Name == "A-2").Movements[0].Intent
        );
        await Eventually.HoldsAsync(
            "the dispute is recorded",
            async () =>
                (await app.GetAsync("api/accounts/A-2"))["debits"][0].GetProperty("returnedCents").GetInt64() == 6300
        );

        var batch = (await app.PostAsync("api/receipts", Reason))["batch"].GetProperty("totals");
        var month = await app.GetAsync("api/months/2020-01");

        Assert.Equal(
            (-1500L, -6300L),
            (batch.GetProperty("refundedCents").GetInt64(), batch.GetProperty("returnedCents").GetInt64())
        );
        Assert.Equal(2620, month["totals"].GetProperty("netCents").GetInt64());
        Assert.Equal([1, 2], month["batches"].EnumerateArray().Select(it => it.GetProperty("number").GetInt32()));
        Assert.Equal(0, month["notIssued"].GetProperty("rows").GetInt32());
        Assert.Equal(400, (await app.GetAsync("api/months/2020-13")).Status);
    }

    [Fact]
    public async Task A_payout_ties_to_the_receipts_inside_it()
    {
        await app.PostAsync("api/receipts", Reason);
        var paid = app.Sandbox.Control.PayOut();

        var answer = await app.GetAsync("api/payouts?from=2020-01-20&to=2020-02-10");
        var (tie, totals) = (answer["payouts"].EnumerateArray().Single(), answer["totals"]);

        Assert.Equal(
            (paid.Id, paid.AmountCents, 10420L, true),
            (
                tie.GetProperty("payout").GetString(),
                tie.GetProperty("depositCents").GetInt64(),
                tie.GetProperty("collectedCents").GetInt64(),
                tie.GetProperty("ties").GetBoolean()
            )
        );
        Assert.Equal(
            (1, paid.AmountCents, 10420L, 0),
            (
                totals.GetProperty("payouts").GetInt32(),
                totals.GetProperty("depositCents").GetInt64(),
                totals.GetProperty("collectedCents").GetInt64(),
                totals.GetProperty("doNotTie").GetInt32()
            )
        );
        var lines = (await app.Http.GetStringAsync("api/payouts?from=2020-01-20&to=2020-02-10&format=csv")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.StartsWith("payout_id,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("total,,1 payouts,", lines[^1], StringComparison.Ordinal);
        Assert.Equal(400, (await app.GetAsync("api/payouts?from=x&to=2020-02-10")).Status);
    }

    [Fact]
    public async Task Payouts_that_stripe_does_not_tell_are_an_outage_of_stripe_and_not_of_ours()
    {
        app.Sandbox.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Error500Before,
                Match = new() { Path = "/v1/payouts" },
            }
        );

        var answer = await app.GetAsync("api/payouts?from=2020-01-20&to=2020-02-10");

        Assert.Equal((503, "Service Unavailable"), (answer.Status, answer["title"].GetString()));
        Assert.StartsWith("The payment provider does not answer", answer.Detail, StringComparison.Ordinal);
    }

    private Task CollectedAsync(string account) =>
        Eventually.HoldsAsync(
            $"{account} is collected",
            async () =>
                (await app.GetAsync($"api/accounts/{account}"))["debits"]
                    .EnumerateArray()
                    .All(debit => debit.GetProperty("state").GetString() == "collected")
        );
}
