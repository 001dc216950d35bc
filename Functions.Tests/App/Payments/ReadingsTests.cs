using Autopay.Payments;
using Stripe;

namespace Autopay.Tests.App.Payments;

/// <summary>What an intent says of itself, in our words.</summary>
public sealed class ReadingsTests
{
    private const string Card = "pm_card_visa";

    [Theory]
    [InlineData("R01")]
    [InlineData("R02")]
    [InlineData("R03")]
    [InlineData("R04")]
    [InlineData("R05")]
    [InlineData("R07")]
    [InlineData("R08")]
    [InlineData("R09")]
    [InlineData("R10")]
    [InlineData("R11")]
    [InlineData("R16")]
    [InlineData("R20")]
    [InlineData("R29")]
    public async Task The_banks_own_code_is_read_back(string code)
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync();

        adapter.Control.AnswerNow(attempt.IntentId, code);

        var reading = await adapter.ReadAsync(attempt);
        Assert.Equal((IntentStatus.Dead, code), (reading.Status, reading.Code));
    }

    [Fact]
    public async Task An_intent_goes_from_untouched_over_processing_to_succeeded()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.CreatedAsync();

        var created = await adapter.ReadAsync(attempt);
        await adapter.Provider.ConfirmAsync(attempt);
        var confirmed = await adapter.ReadAsync(attempt);
        adapter.Control.AnswerNow(attempt.IntentId);
        var settled = await adapter.ReadAsync(attempt);

        Assert.Equal(
            [IntentStatus.Untouched, IntentStatus.Processing, IntentStatus.Succeeded],
            new[] { created, confirmed, settled }.Select(it => it.Status)
        );
        Assert.Equal((5000, 5000, "usd"), (settled.Received.Cents, settled.Amount.Cents, settled.Currency));
        Assert.Equal(("cus_resident1", Adapter.Pays), (settled.Customer, settled.PaymentMethod));
    }

    [Fact]
    public async Task Microdeposits_are_an_action_that_the_customer_must_take_and_can_be_cancelled()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync("pm_usBankAccount_requiresMicrodeposits");

        Assert.Equal(IntentStatus.RequiresAction, (await adapter.ReadAsync(attempt)).Status);
        await adapter.Provider.CancelAsync(attempt.IntentId!, attempt.CancelKeyAt(DateTimeOffset.UnixEpoch));

        Assert.Equal(IntentStatus.Cancelled, (await adapter.ReadAsync(attempt)).Status);
    }

    [Fact]
    public async Task A_declined_card_is_dead_by_the_intents_own_word()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync("pm_card_chargeDeclined");

        Assert.Equal(IntentStatus.Dead, (await adapter.ReadAsync(attempt)).Status);
    }

    [Fact]
    public async Task An_ACH_dispute_comes_back_at_once_and_ends_the_mandate()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync();
        adapter.Control.AnswerNow(attempt.IntentId);

        adapter.Control.Dispute(attempt.IntentId!);

        var reading = await adapter.ReadAsync(attempt);
        Assert.Equal(
            (IntentStatus.Succeeded, 5000, true),
            (reading.Status, reading.ReturnedCents.Cents, reading.EndsMandate)
        );
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 5000)]
    public async Task A_card_dispute_comes_back_only_when_it_is_lost(bool won, long cents)
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync(Card);
        var dispute = adapter.Control.Dispute(attempt.IntentId!);
        Assert.Equal(0, (await adapter.ReadAsync(attempt)).ReturnedCents.Cents);

        adapter.Control.CloseDispute(dispute.Id, won);

        var reading = await adapter.ReadAsync(attempt);
        Assert.Equal((cents, false), (reading.ReturnedCents.Cents, reading.EndsMandate));
    }

    // R37: without a code of the network nobody knows whether it is an R10.
    [Theory]
    [InlineData(null, "debit_not_authorized", null, "debit_not_authorized")]
    [InlineData("R10", "debit_not_authorized", null, "R10")]
    [InlineData(null, "insufficient_funds", null, "R01")]
    [InlineData(null, "card_declined", "lost_card", "lost_card")]
    [InlineData(null, "expired_card", "expired_card", "expired_card")]
    public void A_failure_is_read_by_the_networks_code_or_by_the_providers_own(
        string? network,
        string code,
        string? decline,
        string read
    ) =>
        Assert.Equal(
            read,
            StripeOutcomes
                .ToReading(
                    new PaymentIntent
                    {
                        Id = "pi_1",
                        Status = "requires_payment_method",
                        LastPaymentError = new StripeError
                        {
                            Code = code,
                            DeclineCode = decline,
                            NetworkDeclineCode = network,
                        },
                    }
                )
                .Code
        );

    [Theory]
    [InlineData("requires_capture")]
    [InlineData("paused_by_a_future_version")]
    [InlineData("")]
    [InlineData(null)]
    public void A_status_that_is_not_known_stays_unknown(string? status) =>
        Assert.Equal(
            IntentStatus.Unknown,
            StripeOutcomes.ToReading(new PaymentIntent { Id = "pi_1", Status = status }).Status
        );

    [Fact]
    public void Metadata_that_is_not_ours_names_no_attempt()
    {
        var reading = StripeOutcomes.ToReading(
            new PaymentIntent
            {
                Id = "pi_1",
                Status = "succeeded",
                Metadata = new() { ["attempt"] = "-1" },
            }
        );

        Assert.Equal((null, null, null), (reading.AttemptNumber, reading.DebitId, reading.Environment));
    }
}
