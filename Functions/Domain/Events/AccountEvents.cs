namespace Autopay.Domain.Events;

/// <summary>The accounts file named the account, or changed what it says of it.</summary>
/// <param name="Source">The import; null outside of one.</param>
public sealed record AccountEnrolled(Enrolment Enrolment, string? Source, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "account";

    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>
    /// What the file itself says of autopay, whatever it is; null in histories from before it was kept (R23).
    /// </summary>
    public bool? FileAutopay { get; init; }

    /// <summary>The civil day.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>
/// The accounts file names another customer of the provider: bills and money until now are the former one's (R34).
/// </summary>
public sealed record PayerChanged(string From, string To, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payer changed";
}

public sealed record AutopaySwitched(bool On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => On ? "autopay on" : "autopay off";

    /// <summary>The civil day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>When a person did it; null when an accounts file did.</summary>
    public DateTimeOffset? ByPersonAt { get; init; }
}

public sealed record AccountSuspended(Suspension Suspension, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "account suspended";
}

public sealed record SuspensionLifted(string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "suspension lifted";
}

/// <summary>The books come from a backup: new debits are numbered in a generation of their own (R1).</summary>
public sealed record GenerationRaised(int To, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "restored from a backup";
}

/// <summary>Items closed long ago leave the ledger row for rows of their own.</summary>
public sealed record ItemsArchived(
    IReadOnlyList<DebitId> Debits,
    IReadOnlyList<BillId> Bills,
    IReadOnlyList<PaymentId> Funds,
    string Reason
) : LedgerEvent(Reason)
{
    public override string Title() => "archived";

    public override bool IsForTheCustomer() => false;
}
