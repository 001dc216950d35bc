namespace Autopay.Domain.Events;

/// <summary>Saved before the provider is asked; its cents are set aside.</summary>
public sealed record RefundRequested(Refund Refund, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Refund.Debit)} refund requested";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        Refund
            .MoveCents(ledger, sign: 1)
            .WithDebit(Refund.Debit, debit => debit with { Refunds = [.. debit.Refunds, Refund] });
}

/// <summary>Asked, and no answer that says anything.</summary>
public sealed record RefundDelayed(DebitId Debit, int Number, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund in doubt";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit => debit.WithRefund(Number, refund => refund with { State = RefundState.Unknown, TouchedAt = At })
        );
}

public sealed record RefundSent(DebitId Debit, int Number, string RefundId, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund sent";

    public required DateOnly On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit.WithRefund(
                    Number,
                    refund => refund with { State = RefundState.Sent, RefundId = RefundId, TouchedAt = At }
                )
        );
}

public sealed record RefundPaid(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refunded";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit => debit.WithRefund(Number, refund => refund with { State = RefundState.Paid, AnsweredOn = On })
        );
}

/// <summary>Nothing went out, or it came back: the cents return to where they were taken from.</summary>
public sealed record RefundFailed(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund failed";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .DebitOf(Debit)
            .RefundOf(Number)
            .MoveCents(ledger, sign: -1)
            .WithDebit(
                Debit,
                debit => debit.WithRefund(Number, refund => refund with { State = RefundState.Failed, AnsweredOn = On })
            );
}
