using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Stripe;
using Refund = Stripe.Refund;

namespace Autopay.StripeSandbox.Tests.Bank;

public sealed class MoneyTests
{
    [Fact]
    public async Task A_refund_to_a_bank_account_is_pending_until_the_bank_has_it()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.SettledAsync();

        var refund = await stripe.V1.Refunds.CreateAsync(
            new RefundCreateOptions
            {
                PaymentIntent = intent.Id,
                Amount = 2000,
                Reason = "duplicate",
            }
        );
        stripe.Control.AdvanceBy(TimeSpan.FromDays(10));
        var charge = await stripe.V1.Charges.GetAsync(intent.LatestChargeId);

        Assert.Equal("pending", refund.Status);
        Assert.Equal("succeeded", (await stripe.V1.Refunds.GetAsync(refund.Id)).Status);
        Assert.Equal((2000L, false), (charge.AmountRefunded, charge.Refunded));
    }

    [Fact]
    public async Task Refunds_add_up_to_the_charge_and_no_further()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_card_visa");
        Task<Refund> RefundAsync(long? cents) =>
            stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { Charge = intent.LatestChargeId, Amount = cents });

        await RefundAsync(2000);
        var tooMuch = await TestStripe.RefusedAsync(() => RefundAsync(3001));
        var rest = await RefundAsync(null);
        var none = await TestStripe.RefusedAsync(() => RefundAsync(null));
        var listed = await stripe.V1.Refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id });

        Assert.Contains("greater than unrefunded amount", tooMuch.Message, StringComparison.Ordinal);
        Assert.Equal((3000L, "succeeded"), (rest.Amount, rest.Status));
        Assert.Equal("charge_already_refunded", none.StripeError.Code);
        Assert.Equal([3000L, 2000L], listed.Select(refund => refund.Amount));
        Assert.True((await stripe.V1.Charges.GetAsync(intent.LatestChargeId)).Refunded);
    }

    [Fact]
    public async Task What_has_not_succeeded_cannot_be_refunded()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync();

        var byIntent = await TestStripe.RefusedAsync(() =>
            stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = intent.Id })
        );
        var byCharge = await TestStripe.RefusedAsync(() =>
            stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { Charge = intent.LatestChargeId })
        );

        Assert.Equal(
            ("charge_not_refundable", "charge_not_refundable"),
            (byIntent.StripeError.Code, byCharge.StripeError.Code)
        );
    }

    [Theory]
    [InlineData(true, "won", 5000)]
    [InlineData(false, "lost", 0)]
    public async Task A_card_dispute_takes_the_money_until_it_is_won(bool won, string status, long net)
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_card_visa");

        var opened = stripe.Control.Dispute(intent.Id, "fraudulent");
        var during = stripe.Control.Ledger("debit_id").Totals.NetCents;
        stripe.Control.CloseDispute(opened.Id, won);
        var closed = await stripe.V1.Disputes.GetAsync(opened.Id);

        Assert.Equal(("needs_response", 0L), (opened.Status, during));
        Assert.Equal((status, net), (closed.Status, stripe.Control.Ledger("debit_id").Totals.NetCents));
    }

    [Fact]
    public async Task Conceding_a_dispute_loses_it_and_an_ACH_dispute_is_lost_from_the_start()
    {
        await using var stripe = await TestStripe.StartAsync();
        var card = stripe.Control.Dispute((await stripe.ChargeAsync("pm_card_visa")).Id);
        var debit = stripe.Control.Dispute((await stripe.SettledAsync()).Id, networkCode: "R29");

        var conceded = await stripe.V1.Disputes.CloseAsync(card.Id);
        var refusal = await TestStripe.RefusedAsync(() => stripe.V1.Disputes.CloseAsync(debit.Id));

        Assert.Equal("lost", conceded.Status);
        Assert.Equal("status_transition_invalid", refusal.StripeError.Code);
        Assert.Equal("R29", (await stripe.V1.Disputes.GetAsync(debit.Id)).NetworkReasonCode);
    }

    [Fact]
    public async Task The_balance_shows_fees_and_what_went_back()
    {
        await using var stripe = await TestStripe.StartAsync();
        stripe.Cents = 100_000;
        var intent = await stripe.SettledAsync();
        await stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = intent.Id, Amount = 40_000 });

        var lines = await stripe.V1.BalanceTransactions.ListAsync();

        Assert.Equal(
            [("payment_refund", -40_000L, 0L), ("payment", 100_000L, 500L)],
            lines.Select(line => (line.Type, line.Amount, line.Fee))
        );
    }

    [Fact]
    public async Task A_payout_names_the_lines_inside_it_and_takes_each_only_once()
    {
        await using var stripe = await TestStripe.StartAsync();
        var debit = await stripe.SettledAsync();
        await stripe.ChargeAsync("pm_card_visa");

        var paid = stripe.Control.PayOut();
        var nothing = stripe.Control.PayOut();
        var lines = await stripe.V1.BalanceTransactions.ListAsync(
            new BalanceTransactionListOptions { Payout = paid.Id }
        );

        Assert.Equal((4960L, null), (paid.AmountCents, nothing.Id));
        Assert.Equal([paid.Id, debit.LatestChargeId], lines.Select(line => line.SourceId));
        Assert.Equal(0, lines.Sum(line => line.Net));
        Assert.Equal("paid", (await stripe.V1.Payouts.GetAsync(paid.Id)).Status);
    }

    [Fact]
    public async Task Daily_payouts_go_out_on_banking_days()
    {
        await using var stripe = await TestStripe.StartAsync(FrozenSandbox.Options with { DailyPayouts = true });
        for (var day = 0; day < 7; day++)
        {
            await stripe.SettledAsync(debit: $"D{day}");
            stripe.Control.AdvanceBy(TimeSpan.FromDays(1));
        }

        var payouts = (await stripe.V1.Payouts.ListAsync()).AsEnumerable().Reverse().ToList();

        Assert.Equal(["11-24", "11-25", "11-27", "11-30"], payouts.Select(payout => $"{payout.Created:MM-dd}"));
        Assert.Equal([4960L, 4960L, 9920L, 14_880L], payouts.Select(payout => payout.Amount));
    }
}
