using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// Money given back. To a card at once; to a bank account it stays pending until the bank has taken it.
/// </summary>
internal sealed class Refunds(Core core, Balance balance, BankDiary diary)
{
    public Refund Create(Charge charge, long? requested, string? reason, IReadOnlyDictionary<string, string> metadata)
    {
        var left = Left(charge);
        var amount = requested ?? left;
        RefuseUnlessCovered(charge, amount, left);
        var id = Ids.New(charge.IsCard ? "re" : "pyr");
        var refund = core.State.Refunds.Put(
            new Refund
            {
                Id = id,
                Amount = amount,
                BalanceTransaction = balance.Refunded(charge, id, amount).Id,
                Charge = charge.Id,
                Created = core.Clock.UnixNow,
                Currency = charge.Currency,
                Customer = charge.Customer,
                Metadata = metadata,
                PaymentIntent = charge.PaymentIntent,
                PaymentMethod = charge.PaymentMethod,
                Reason = reason,
                Status = charge.IsCard ? "succeeded" : "pending",
            }
        );
        Take(charge, refund);
        return refund;
    }

    public void Succeed(string id)
    {
        var pending = core.State.Refunds.Find(id)!;
        var done = core.State.Refunds.Put(pending with { Status = "succeeded" });
        core.Events.Emit("refund.updated", done, pending);
        core.Events.Emit("charge.refund.updated", done, pending);
    }

    private void Take(Charge charge, Refund refund)
    {
        var refunded = charge.AmountRefunded + refund.Amount;
        var changed = core.State.Charges.Put(
            charge with
            {
                AmountRefunded = refunded,
                Refunded = refunded == charge.Amount,
            }
        );
        core.Events.Emit("refund.created", refund);
        core.Events.Emit("charge.refunded", changed, charge);
        if (refund.Status == "pending")
        {
            diary.ScheduleAnswer(BankTaskKind.Refund, refund.Id, core.Clock.Now);
        }
    }

    private static long Left(Charge charge) => charge.Amount - charge.AmountRefunded;

    private static void RefuseUnlessCovered(Charge charge, long amount, long left)
    {
        if (charge.Status != ChargeStatus.Succeeded)
        {
            throw RefusedException.State(
                "charge_not_refundable",
                $"Charge {charge.Id} cannot be refunded because it has a status of {charge.Status}."
            );
        }
        if (charge.Disputed)
        {
            throw RefusedException.State(
                "charge_disputed",
                $"Charge {charge.Id} has been charged back; cannot issue a refund."
            );
        }
        if (left == 0)
        {
            throw RefusedException.State("charge_already_refunded", $"Charge {charge.Id} has already been refunded.");
        }
        if (amount > left)
        {
            throw RefusedException.Parameter(
                $"Refund amount (${Dollars(amount)}) is greater than unrefunded amount on charge (${Dollars(left)})",
                "amount"
            );
        }
    }

    private static string Dollars(long cents) =>
        (cents / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
