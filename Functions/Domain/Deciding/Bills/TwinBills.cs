namespace Autopay.Domain.Deciding.Bills;

/// <summary>
/// A bill that came before under another number, such as that of a file which was sent again with new ids (R41). The
/// one that came first goes its way; the later one waits for a person.
/// </summary>
internal static class TwinBills
{
    // A bill that is printed again has the same due date or that of a run some days later. Bills of two weeks that ask
    // for the same flat rate are no twins.
    private const int MostDaysApart = 6;

    /// <summary>Why the arriving bill may be one that is known under another id; null when it resembles none.</summary>
    public static string? WhyTwin(Draft draft, Bill bill) =>
        draft.Policies.LookAlikeBills == LookAlikeBillsPolicy.Review && FirstOf(draft.Ledger, bill) is { } first
            ? $"looks like bill {first.Id} under another number: {first.CurrentCharges} due {first.DueDate:yyyy-MM-dd}"
            : null;

    /// <summary>
    /// The bill waits for a person. No debit could keep a credit back: it is taken off at once and listed, and an
    /// adjustment gives it (R5, R41).
    /// </summary>
    public static void Flag(Draft draft, Bill bill, string reason)
    {
        Reviewing.Flag(draft, bill.Id, ReviewCheck.Twin, reason);
        if (bill.CurrentCharges.IsPositive)
        {
            return;
        }

        var credit = Money.Zero - bill.CurrentCharges;
        draft.Emit(new BillAdjusted(CreditOf(bill.Id), bill.Id, credit, reason));
        draft.Emit(
            new BalanceDiffered(
                bill.Id,
                draft.Today,
                $"Bill {bill.Id} {reason}: its credit of {credit} is not given. An adjustment of {bill.CurrentCharges} "
                    + "gives it, if it is a second one"
            )
        );
    }

    /// <summary>The adjustment that takes a second credit off.</summary>
    public static string CreditOf(BillId bill) => $"alike-{bill}";

    /// <summary>A person says that they are bills of their own: from now on they are like any other (R41).</summary>
    public static void TellApart(Draft draft, IEnumerable<BillId> bills, string why)
    {
        foreach (var bill in bills.Where(bill => draft.Ledger.BillOf(bill).LooksLikeAnother).ToList())
        {
            draft.Emit(new BillToldApart(bill, $"A bill of its own: {why}") { On = draft.Today });
        }
    }

    // What was adjusted to nothing asks for nothing: its charges may come again under a new number. What a file says
    // of a known bill may be right, and is looked at too (R31).
    private static Bill? FirstOf(AccountLedger ledger, Bill bill) =>
        bill.CurrentCharges.IsZero
            ? null
            : ledger
                .Bills.Where(other => !other.Id.IsPart && AsksForSomething(ledger, other))
                .Concat(ledger.Corrections.Where(it => it.Other is null).Select(it => it.Bill).OfType<Bill>())
                .FirstOrDefault(other =>
                    other.CurrentCharges == bill.CurrentCharges
                    && Math.Abs(other.DueDate.DayNumber - bill.DueDate.DayNumber) <= MostDaysApart
                );

    // What was moved into parts is asked for there (R45).
    private static bool AsksForSomething(AccountLedger ledger, Bill bill) =>
        !ledger.WithParts(bill.Id).Sum(it => it.Charges).IsZero;
}
