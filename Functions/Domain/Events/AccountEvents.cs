namespace Autopay.Domain.Events;

/// <summary>The accounts file named the account, or changed what it says of it.</summary>
/// <param name="Source">The import; null outside of one.</param>
public sealed record AccountEnrolled(Enrolment Enrolment, string? Source, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "account";

    /// <summary>When the file arrived; null outside of a file.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What the file itself says of autopay, whatever it is (R23).</summary>
    public required bool FileAutopay { get; init; }

    /// <summary>The civil day.</summary>
    public required DateOnly On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            AutopaySince = ledger.Enrolment is null && Enrolment.Autopay ? On : ledger.AutopaySince,
            Enrolment = Enrolment,
            EnrolledAt = ReceivedAt ?? ledger.EnrolledAt,
            FileAutopay = FileAutopay,
            KnownPayer = Enrolment.Customer.Length > 0 ? Enrolment.Customer : ledger.KnownPayer,
            FormerMeans = Enrolment.Means is null ? ledger.LastMeans : null,
        };
}

/// <summary>
/// The accounts file names another customer of the provider: bills and money until now are the former one's (R34).
/// </summary>
public sealed record PayerChanged(string From, string To, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payer changed";

    // What was nobody's in particular was the payer's until now.
    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            FormerPayers = [.. ledger.FormerPayers, new FormerPayer(From, On)],
            ReturnedDebits = [],
            Bills = [.. ledger.Bills.Select(bill => bill with { Payer = bill.Payer ?? From })],
            Funds = [.. ledger.Funds.Select(funds => funds with { Payer = funds.Payer ?? From })],
        };
}

/// <param name="Day">The civil day.</param>
public sealed record AutopaySwitched(bool On, DateOnly Day, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => On ? "autopay on" : "autopay off";

    /// <summary>When a person did it; null when an accounts file did.</summary>
    public DateTimeOffset? ByPersonAt { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Enrolment = ledger.Enrolled with { Autopay = On },
            SwitchedAt = ByPersonAt ?? ledger.SwitchedAt,
            AutopaySince = On ? Day : null,
            LastOff = On ? null : new AutopayOff(Day, []),
        };
}

public sealed record AccountSuspended(Suspension Suspension, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "account suspended";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger with { Suspension = Suspension };
}

public sealed record SuspensionLifted(string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "suspension lifted";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger with { Suspension = null };
}

/// <summary>The authorisation ended so long ago that how the account was charged is not kept (D320).</summary>
/// <param name="Ended">The civil day on which autopay went off.</param>
public sealed record AuthorisationExpired(DateOnly Ended, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "authorisation expired";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Enrolment = ledger.Enrolment?.WithoutMeans(),
            FormerMeans = null,
        };
}

/// <summary>The books come from a backup: new debits are numbered in a generation of their own (R1).</summary>
public sealed record GenerationRaised(int To, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "restored from a backup";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger with { Generation = To };
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

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Debits = [.. ledger.Debits.Where(debit => !Debits.Contains(debit.Id))],
            Bills = [.. ledger.Bills.Where(bill => !Bills.Contains(bill.Id))],
            ArchivedCollected = ledger.ArchivedCollected + CollectedOf(ledger),
            Funds = [.. ledger.Funds.Where(funds => !Funds.Contains(funds.Id))],
            Warnings = [.. ledger.Warnings.Where(warning => !Bills.Contains(warning.Bill))],
            Penalties = [.. ledger.Penalties.Where(penalty => !Bills.Contains(penalty.Bill))],
        };

    private Money CollectedOf(AccountLedger ledger) =>
        ledger.Bills.Where(bill => Bills.Contains(bill.Id)).Sum(bill => bill.Collected)
        + ledger
            .Funds.Where(funds => Funds.Contains(funds.Id) && funds.Source == FundsSource.OverCollected)
            .Sum(funds => funds.Amount - funds.Reversed);
}
