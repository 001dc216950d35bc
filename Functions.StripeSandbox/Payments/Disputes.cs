using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// A dispute takes the money back first. An ACH dispute is lost from the start (no appeal) and ends the mandate; a card
/// dispute can still be won, lost or conceded.
/// </summary>
internal sealed class Disputes(Core core, Balance balance, Mandates mandates)
{
    private static readonly TimeSpan TimeToRespond = TimeSpan.FromDays(7);

    public Dispute Open(string chargeId, string? reason, string? networkCode)
    {
        var charge = core.State.Charges.Find(chargeId)!;
        var disputed = core.State.Charges.Put(charge with { Disputed = true });
        var dispute = core.State.Disputes.Put(Make(disputed, reason, networkCode));
        core.Events.Emit("charge.dispute.created", dispute);
        core.Events.Emit("charge.dispute.funds_withdrawn", dispute);
        if (!charge.IsCard)
        {
            core.Events.Emit("charge.dispute.closed", dispute);
            mandates.End(charge.PaymentMethodDetails.UsBankAccount?.Mandate ?? "");
        }
        return dispute;
    }

    public Dispute Close(Dispute dispute, bool won)
    {
        if (!dispute.IsOpen)
        {
            throw RefusedException.State("status_transition_invalid", "This dispute is already closed.");
        }
        var closed = core.State.Disputes.Put(
            dispute with
            {
                Status = won ? "won" : "lost",
                BalanceTransactions = won
                    ? [.. dispute.BalanceTransactions, balance.Reinstated(dispute)]
                    : dispute.BalanceTransactions,
            }
        );
        if (won)
        {
            core.Events.Emit("charge.dispute.funds_reinstated", closed);
        }
        core.Events.Emit("charge.dispute.closed", closed, dispute);
        return closed;
    }

    private Dispute Make(Charge charge, string? reason, string? networkCode)
    {
        var id = Ids.New(charge.IsCard ? "dp" : "pdp");
        return new Dispute
        {
            Id = id,
            Amount = charge.Amount,
            BalanceTransactions = [balance.Disputed(charge, id)],
            Charge = charge.Id,
            Created = core.Clock.UnixNow,
            Currency = charge.Currency,
            Evidence = new DisputeEvidence { EnhancedEvidence = Wire.EmptyObject },
            EvidenceDetails = new EvidenceDetails(
                charge.IsCard ? (core.Clock.Now + TimeToRespond).ToUnixTimeSeconds() : null,
                Wire.EmptyObject,
                false,
                false,
                0,
                "not_submitted"
            ),
            Metadata = new Dictionary<string, string>(),
            NetworkReasonCode = networkCode ?? (charge.IsCard ? "10.4" : "R10"),
            PaymentIntent = charge.PaymentIntent,
            PaymentMethodDetails = charge.IsCard
                ? new DisputedWith(
                    PaymentMethod.Card_,
                    new DisputedCard("visa", "chargeback", "visa", networkCode ?? "10.4")
                )
                : null,
            Reason = reason ?? (charge.IsCard ? "fraudulent" : "debit_not_authorized"),
            Status = charge.IsCard ? "needs_response" : "lost",
        };
    }
}
