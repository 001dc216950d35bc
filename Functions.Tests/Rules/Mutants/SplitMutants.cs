namespace Autopay.Tests.Rules.Mutants;

/// <summary>R45: parts of a bill that add up to something else, leave under another name, or come too early.</summary>
internal static class SplitMutants
{
    private const string Splitting = "Functions/Domain/Deciding/Charges/Splitting.cs";
    private const string Ledger = "Functions/Domain/Ledger/AccountLedger.cs";
    private const string Shock = "R45BillShockTests";
    private const string Pressure = "PartsUnderPressureTests";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("R45: exactly the limit is split", Splitting, "|| open <= limit", "|| open < limit", Shock),
        new(
            "R45: parts are over the limit",
            Splitting,
            "Math.Max(policies.BillShockParts, needed)",
            "policies.BillShockParts + needed - needed",
            Shock
        ),
        new("R45: a hundred parts of a few cents", Splitting, "parts > MostParts ||", "parts > 100 ||", Shock),
        new(
            "R45: the cents that do not divide are lost",
            Splitting,
            "new(cents / parts + (part < cents % parts ? 1 : 0))",
            "new(cents / parts)",
            Shock
        ),
        new("R45: a single bill is split", Splitting, "line.Trail.Any(hop => hop.Deferral is not null)", "true", Shock),
        new(
            "R45: all parts are due on one day",
            Splitting,
            "policies.NoNextBillDays * (number - 1)",
            "policies.NoNextBillDays",
            Shock
        ),
        new(
            "R45: consent is not asked for",
            Splitting,
            "policies.BillShock == BillShockMode.Consent",
            "policies.BillShock == BillShockMode.Split",
            Shock
        ),
        new(
            "R45: cents of a part are asked for twice",
            Ledger,
            "bill => bill with { Adjustments = bill.Adjustments - cents }",
            "bill => bill",
            Shock
        ),
        new(
            "R45: money pays the next part and not the last one",
            Ledger,
            ".OrderByDescending(part => LiveDebitOf(part.Id)?.DueDate)",
            ".OrderBy(part => LiveDebitOf(part.Id)?.DueDate)",
            Shock
        ),
        new(
            "R45: a part stays away from its bill that is held again",
            Splitting,
            "&& draft.Controls.HoldsOn(part).Any()",
            "&& draft.Controls.HoldsOn(part).Count() > 99",
            Shock
        ),
        new(
            "R45: cents come back to a bill that is at the bank",
            Splitting,
            "&& draft.Ledger.FindBill(part.Id.Whole) is { InFlight.IsZero: true } && draft.Ledger.LiveDebitOf("
                + "part.Id.Whole) is null or { RetryOn: null, IsCharging: false }",
            "",
            Shock
        ),
        new(
            "R45: autopay off and on again takes all parts at once",
            "Functions/Domain/Deciding/Bills/Billing.cs",
            "if (bill.Part is { } part)",
            "if (bill.Part is { Day.Year: 1 } part)",
            Shock
        ),
        new(
            "R45: parts that came back together go at once",
            Splitting,
            "|| ledger.Bills.Any(bill => bill.Id.IsPart && bill.Id.Whole == line.Bill)",
            "",
            Pressure
        ),
        new(
            "R04: what kept a part back is forgotten with the part",
            Splitting,
            "foreach (var flag in part.Flags)",
            "foreach (var flag in part.Flags.Take(0))",
            Pressure
        ),
        new(
            "I25: the parts add up to more than was approved",
            Splitting,
            "grant with { Amount = parts[0] }, why",
            "grant, why",
            Pressure
        ),
        new(
            "R22: a skipped bill is taken in parts all the same",
            "Functions/Domain/Deciding/AccountActions.cs",
            "id.IsPart ? [ledger.BillOf(id)] : [.. ledger.WithParts(id)]",
            "[ledger.BillOf(id)]",
            Pressure
        ),
        new(
            "R12: a cap that was lowered since the plan is not kept",
            "Functions/Domain/Commands/PreChargeCheck.cs",
            ": Splitting.PartsOf(ledger, debit, policies) is not null ? \"it is to be taken in parts\"",
            "",
            Pressure
        ),
        new(
            "R31: a correction of the bill does not stop its parts",
            "Functions/Domain/Corrections/CorrectionsOfAccount.cs",
            "line.Whole == bill || line.Whole == bill.ToPrevious()",
            "line == bill",
            Pressure
        ),
        new(
            "R05: an adjustment is credit although a part still asks for it",
            "Functions/Domain/Deciding/Payments/CashApplication.cs",
            "part.Charges - part.InFlight",
            "Money.Zero",
            Pressure
        ),
        new(
            "R42: a part is overdue before its day",
            "Functions/Domain/Protections/CityActions.cs",
            "it.Bill.Part is { Day: var day } && on < day",
            "it.Bill.Part is { Day: var day } && on < day.AddDays(-400)",
            Pressure
        ),
        new(
            "R42: a halt is the customer's doing once autopay is off",
            "Functions/Domain/Protections/PenaltyClock.cs",
            "debit.FirstSubmittedOn is null && debit.ClosedOn > DueDebits.DayOf(debit)",
            "debit.FirstSubmittedOn is null && debit.ClosedOn > DueDebits.DayOf(debit).AddDays(400)",
            Pressure
        ),
        new(
            "R28: a payment for a bill in parts is not seen to be paid twice",
            "Functions/Domain/Ledger/DoublePayments.cs",
            "ledger.WithParts(named).Sum(bill => bill.Collected + bill.InFlight)",
            "ledger.BillOf(named.ToPart(2)).Collected",
            Shock
        ),
        new(
            "R16: only the first part is held against the billing system",
            "Functions/Domain/Deciding/Bills/BalanceCheck.cs",
            "draft.Ledger.WithParts(bill.Id).Sum(it => it.Open)",
            "bill.Open",
            Shock
        ),
    ];
}
