namespace Autopay.Domain.Events;

public sealed record BillOpened(Bill Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger with { Bills = [.. ledger.Bills, Bill] };
}

public sealed record BillAdjusted(string AdjustmentId, BillId Bill, Money Amount, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"adjusted by {Amount}";

    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill,
            bill =>
                bill with
                {
                    Adjustments = bill.Adjustments + Amount,
                    ReopenedBy = Amount.IsPositive ? bill.OpenedInFlight(Source) : bill.ReopenedBy,
                }
        ) with
        {
            AdjustmentIds = [.. ledger.AdjustmentIds, AdjustmentId],
        };
}

/// <summary>Finance took the bill out of a deferral, or back into it (R38).</summary>
public sealed record BillExempted(BillId Bill, DeferralId Deferral, bool On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => On ? "bill exempted" : "exemption taken back";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill,
            bill =>
                bill with
                {
                    Exemptions =
                    [
                        .. bill.Exemptions.Where(deferral => deferral != Deferral),
                        .. On ? (IReadOnlyList<DeferralId>)[Deferral] : [],
                    ],
                }
        );
}

public sealed record BillSkipped(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill skipped";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(Bill, bill => bill with { Skipped = true });
}

/// <summary>Finance lets a skipped or blocked bill be collected again (R20, R22).</summary>
public sealed record BillRearmed(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill re-armed";

    /// <summary>The civil day; null of what was re-armed before it was kept.</summary>
    public DateOnly? On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(Bill, bill => bill.ToldApart(On) with { Skipped = false, Blocked = null, Flags = [] });
}

/// <param name="On">The civil day.</param>
public sealed record BillBlocked(BillId Bill, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill blocked";

    /// <summary>The import that opened it again after its due date (R5).</summary>
    public string? Source { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill,
            bill => bill with { Blocked = new Block(Reason, bill.Blocked?.Since ?? On, Source), ReopenedBy = null }
        );
}

/// <summary>What blocked it is gone by itself; a skip stays.</summary>
public sealed record BillUnblocked(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill unblocked";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(Bill, bill => bill with { Blocked = null });
}

/// <summary>A person must look before the bill is collected (R4, R16, R35, R41).</summary>
public sealed record BillFlagged(BillId Bill, ReviewCheck Check, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill flagged";

    /// <summary>The import that brought a bill which looks like another one (R41).</summary>
    public string? Source { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill,
            bill => bill with { Flags = [.. bill.Flags, new BillFlag(Check, Reason) { Import = Source }] }
        );
}

/// <summary>A person has said that the bill is not the one that it looks like (R41).</summary>
public sealed record BillToldApart(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill told apart";

    /// <summary>The civil day; null of what was told apart before it was kept.</summary>
    public DateOnly? On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill,
            bill => bill.ToldApart(On) with { Flags = [.. bill.Flags.Where(flag => flag.Check != ReviewCheck.Twin)] }
        );
}

public sealed record BalanceDiffered(BillId Bill, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "balance differs";

    /// <summary>What our books lack of the bill's previous balance, cents (R46); null when they lack nothing.</summary>
    public Money? Lacking { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Warnings = [.. ledger.Warnings, new BalanceWarning(Bill, Reason, On) { Lacking = Lacking }],
        };
}

/// <summary>Finance has looked at the bill's differences with the billing system.</summary>
public sealed record WarningsDismissed(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "balance warning dismissed";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Warnings = [.. ledger.Warnings.Where(warning => warning.Bill != Bill)],
        };
}
