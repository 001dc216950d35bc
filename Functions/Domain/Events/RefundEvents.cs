namespace Autopay.Domain.Events;

/// <summary>Saved before the provider is asked; its cents are set aside.</summary>
public sealed record RefundRequested(Refund Refund, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Refund.Debit)} refund requested";
}

/// <summary>Asked, and no answer that says anything.</summary>
public sealed record RefundDelayed(DebitId Debit, int Number, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund in doubt";
}

public sealed record RefundSent(DebitId Debit, int Number, string RefundId, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund sent";

    public required DateOnly On { get; init; }
}

public sealed record RefundPaid(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refunded";
}

/// <summary>Nothing went out, or it came back: the cents return to where they were taken from.</summary>
public sealed record RefundFailed(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} refund failed";
}
