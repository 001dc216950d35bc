namespace Autopay.Domain.Deciding.Payments;

/// <summary>
/// What the provider's own list of an intent's refunds says, including those that were made there by hand or before a
/// restore.
/// </summary>
internal static class RefundAnswers
{
    public static void Record(Draft draft, RecordRefunds command)
    {
        foreach (var reading in command.Refunds)
        {
            if (draft.Ledger.FindDebit(command.Debit) is { } debit)
            {
                Record(draft, debit, reading);
            }
        }
    }

    private static void Record(Draft draft, Debit debit, RefundReading reading)
    {
        var refund =
            debit.Refunds.FirstOrDefault(it => it.RefundId == reading.RefundId)
            ?? debit.Refunds.FirstOrDefault(it => IsItself(it, reading));
        if (refund is not null)
        {
            Answer(draft, refund, reading);
        }
        else if (reading.State != RefundState.Failed && debit.State == DebitState.Collected)
        {
            Adopt(draft, debit, reading);
        }
    }

    // One whose answer was lost: the number in its metadata is ours, and so is the amount.
    private static bool IsItself(Refund refund, RefundReading reading) =>
        refund.RefundId is null && refund.IsOpen && refund.Number == reading.Number && refund.Amount == reading.Amount;

    private static void Answer(Draft draft, Refund refund, RefundReading reading)
    {
        if (!refund.IsOpen && !(refund.State == RefundState.Paid && reading.State == RefundState.Failed))
        {
            return;
        }

        if (refund.RefundId is null)
        {
            draft.Emit(
                new RefundSent(
                    refund.Debit,
                    refund.Number,
                    reading.RefundId,
                    draft.Now.Utc,
                    $"Refund of {refund.Amount} is with the provider"
                )
                {
                    On = draft.Today,
                }
            );
        }

        if (reading.State == RefundState.Paid && refund.State != RefundState.Paid)
        {
            draft.Emit(new RefundPaid(refund.Debit, refund.Number, draft.Today, $"{refund.Amount} given back"));
        }
        else if (reading.State == RefundState.Failed)
        {
            Refunding.PutBack(draft, refund, "the bank did not take it");
        }
    }

    // Books that do not know it would collect or give back the same cents again.
    private static void Adopt(Draft draft, Debit debit, RefundReading reading)
    {
        var amount = Money.Min(reading.Amount, debit.Kept);
        if (!amount.IsPositive)
        {
            return; // More came back than was collected: reconcile lists it.
        }

        var refund = Refunding.NewRefund(draft, debit, reading.RequestId ?? reading.RefundId, reading.Kind, amount) with
        {
            Why = reading.RequestId is null ? "made at the provider, not here" : "made before the restore",
        };
        try
        {
            Refunding.SetAside(draft, debit, refund);
        }
        catch (RefusedException)
        {
            return; // Its cents pay other bills by now: reconcile lists it, and a person decides.
        }

        Answer(draft, refund, reading);
    }
}
