namespace Autopay.Domain.Events;

public sealed record BillOpened(Bill Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill";
}

public sealed record BillAdjusted(string AdjustmentId, BillId Bill, Money Amount, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"adjusted by {Amount}";

    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }
}

/// <summary>Finance took the bill out of a deferral, or back into it (R38).</summary>
public sealed record BillExempted(BillId Bill, DeferralId Deferral, bool On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => On ? "bill exempted" : "exemption taken back";
}

public sealed record BillSkipped(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill skipped";
}

/// <summary>Finance lets a skipped or blocked bill be collected again (R20, R22).</summary>
public sealed record BillRearmed(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill re-armed";
}

public sealed record BillBlocked(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill blocked";

    /// <summary>The civil day; null in histories from before it was kept.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The import that opened it again after its due date (R5).</summary>
    public string? Source { get; init; }
}

/// <summary>What blocked it is gone by itself; a skip stays.</summary>
public sealed record BillUnblocked(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill unblocked";
}

/// <summary>A person must look before the bill is collected (R4, R16).</summary>
public sealed record BillFlagged(BillId Bill, ReviewCheck Check, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill flagged";
}

public sealed record BalanceDiffered(BillId Bill, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "balance differs";
}

/// <summary>Finance has looked at the bill's differences with the billing system.</summary>
public sealed record WarningsDismissed(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "balance warning dismissed";
}
