namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// L7: the rules of real life, each forgotten once: somebody pays twice, pays wrongly, or is forgotten.
/// </summary>
internal static class RuleMutants
{
    private const string PaidTwice = "Functions/Domain/Ledger/DoublePayments.cs";
    private const string Twins = "Functions/Domain/Deciding/Bills/TwinBills.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [.. Bills, .. ComingAgain, .. WhoseMoney, .. Clearing, .. AtTheBank, .. Correcting, .. ComingEarly, .. BeingSeen];

    private static IEnumerable<Mutant> Bills =>
        [
            new(
                "R4: a printed credit that nobody knows is collected all the same",
                "Functions/Domain/Deciding/Bills/BalanceCheck.cs",
                "return toReview && flagged < unknown ? difference",
                "return toReview && flagged < Money.Zero ? difference",
                "R04BalanceCheckTests"
            ),
            new(
                "R4: a bill that is due on the same day is not earlier",
                "Functions/Domain/Ledger/Bill.cs",
                "DueDate <= arriving.DueDate;",
                "DueDate < arriving.DueDate;",
                "R04BalanceCheckTests"
            ),
            new(
                "R5: what opens again after its due date is debited at once",
                "Functions/Domain/Deciding/Bills/Billing.cs",
                "if (!DueDebits.RunIsPast(bill.DueDate, draft.Now, draft.Policies))",
                "if (!DueDebits.RunIsPast(bill.DueDate, draft.Now, draft.Policies) || why.Length > 0)",
                "R05ReopenedTests"
            ),
            new(
                "R5: the credit of a credit bill is nobody's",
                "Functions/Domain/Deciding/Payments/CashApplication.cs",
                "CreditBelowZero(draft, draft.Ledger.BillOf(id));",
                "_ = id;",
                "R05CreditBillTests"
            ),
            new(
                "R35: a bill that comes long after its due date is debited",
                "Functions/Domain/Deciding/Bills/FarDueDates.cs",
                "(late > draft.Policies.MaxDaysAfterDueDate || -late",
                "(-late",
                "R35FarDueDatesTests"
            ),
            new(
                "R38: an exempted bill stays in the debit that waits",
                "Functions/Domain/Deciding/Bills/Exempting.cs",
                "&& WouldStay(draft.Ledger, home, bill.Id, deferral))",
                "&& home.Lines.Count == 0)",
                "R38ExemptionTests"
            ),
            new(
                "R38: an exemption changes nothing",
                "Functions/Domain/CityControls/Deferral.cs",
                "&& !bill.Exemptions.Contains(Id);",
                "&& Id != default;",
                "R38ExemptionTests"
            ),
        ];

    private static IEnumerable<Mutant> ComingAgain =>
        [
            new(
                "R41: a bill that comes again under another number is collected again",
                Twins,
                "LookAlikeBillsPolicy.Review && FirstOf",
                "LookAlikeBillsPolicy.Off && FirstOf",
                "R41LookAlikeBillsTests",
                "ChicagoRehearsalTests",
                "SimulatorTests"
            ),
            new(
                "R41: only while the first one is open",
                Twins,
                "&& AsksForSomething(ledger, other))",
                "&& other.Open.IsPositive)",
                "R41LookAlikeBillsTests",
                "ChicagoRehearsalTests"
            ),
            new(
                "R41: a bill of another week is the same again",
                Twins,
                "MostDaysApart = 6;",
                "MostDaysApart = 7;",
                "R41LookAlikeBillsTests"
            ),
            new(
                "R41: a credit that comes again is given again",
                Twins,
                "if (bill.CurrentCharges.IsPositive) {",
                "if (!bill.CurrentCharges.IsZero) {",
                "R41LookAlikeBillsTests",
                "ChicagoRehearsalTests"
            ),
            new(
                "R41: the first one is stopped too, in one debit with the second",
                "Functions/Domain/Ledger/Payers.cs",
                "&& !one.LooksLikeAnother",
                "",
                "R41LookAlikeBillsTests"
            ),
            new(
                "R41: the account's credit pays what came again",
                "Functions/Domain/Ledger/Bill.cs",
                "TakesCredit => Payable.IsPositive && !LooksLikeAnother;",
                "TakesCredit => Payable.IsPositive;",
                "R41LookAlikeBillsTests"
            ),
            new(
                "R41: the next bill is held against one that is not owed",
                "Functions/Domain/Deciding/Bills/BalanceCheck.cs",
                "earlier.FindAll(other => !other.LooksLikeAnother)",
                "earlier.FindAll(other => other.Id != default)",
                "R41LookAlikeBillsTests"
            ),
            new(
                "R41: leaving out one file's bills leaves out those of all files",
                "Functions/Domain/Deciding/AccountActions.cs",
                "bill.Flags.Any(flag => flag.Import == import)",
                "bill.Flags.Count > 0",
                "R41LookAlikeBillsTests"
            ),
            new(
                "R41: a file that came again is a hundred sentences, or none",
                "Functions/Application/Importing/ImportCounts.cs",
                "record.LookAlikes * 2 >= record.Rows",
                "record.LookAlikes > record.Rows",
                "R41LookAlikeFileTests"
            ),
        ];

    private static IEnumerable<Mutant> WhoseMoney =>
        [
            new(
                "R23: every accounts file switches autopay back",
                "Functions/Domain/Deciding/Enrolling.cs",
                "(said != draft.Ledger.FileAutopay && !(received < draft.Ledger.SwitchedAt))",
                "!(received < draft.Ledger.SwitchedAt)",
                "R23AutopayTests"
            ),
            new(
                "R23: autopay that goes on in an outage forgets what is held",
                "Functions/Domain/Deciding/Enrolling.cs",
                "|| draft.Controls.IsDeferred(bill) || back.Any(",
                "|| back.Any(",
                "R23AutopayTests"
            ),
            new(
                "R23: an off that was a mistake loses the bills that it cancelled",
                "Functions/Domain/Deciding/Enrolling.cs",
                "off.On.DayNumber <= draft.Policies.UndoOffWithinDays",
                "off.On.DayNumber < -draft.Policies.UndoOffWithinDays",
                "R23AutopayTests"
            ),
            new(
                "R29: a bill of another account is taken",
                "Functions/Application/Importing/IdConflicts.cs",
                "suspect => suspect.Owner != suspect.Row.Account)",
                "suspect => suspect.Owner != suspect.Row.Account && suspect.Row.Payment is not null)",
                "R29R30WhoseRowTests"
            ),
            new(
                "R29: a payment of another account is posted",
                "Functions/Application/Importing/IdConflicts.cs",
                "suspect => suspect.Owner != suspect.Row.Account)",
                "suspect => suspect.Owner != suspect.Row.Account && suspect.Row.Payment is null)",
                "R29R30WhoseRowTests"
            ),
            new(
                "R30: leading zeros make another account",
                "Functions/Application/Importing/LookAlikes.cs",
                ".ToLowerInvariant().TrimStart('0');",
                ".ToLowerInvariant();",
                "R29R30WhoseRowTests"
            ),
            new(
                "R34: the new payer pays the former one's bills",
                "Functions/Domain/Events/AccountEvents.cs",
                "bill with { Payer = bill.Payer ?? From }",
                "bill with { Payer = bill.Payer }",
                "R34PayerTests"
            ),
            new(
                "R34: the new payer is paid for by the former one",
                "Functions/Domain/Ledger/Payers.cs",
                "=> ledger.PayerOf(funds.Payer) == ledger.PayerOf(bill.Payer);",
                "=> funds.Amount.IsPositive || ledger.PayerOf(funds.Payer) == ledger.PayerOf(bill.Payer);",
                "R34PayerTests"
            ),
        ];

    private static IEnumerable<Mutant> Clearing =>
        [
            new(
                "R26: a clear waits for no file",
                "Functions/Application/Finance/ClearBacklog.cs",
                "import.Arrival.At <= askedAt)",
                "import.Arrival.At <= askedAt && import.Rows < 0)",
                "R26ClearWaitsForFilesTests"
            ),
            new(
                "R26: a clear that was taken back takes effect",
                "Functions/Domain/CityControls/Controls.cs",
                "BacklogOf(cycle).Clearing?.AskedAt != askedAt)",
                "BacklogOf(cycle).Clearing?.AskedAt > askedAt)",
                "R26ClearWaitsForFilesTests"
            ),
        ];

    private static IEnumerable<Mutant> AtTheBank =>
        [
            new(
                "R27: a payment that came in before it was sent is not seen",
                "Functions/Domain/Commands/PreChargeCheck.cs",
                "(attempt.PaymentSinceLocked ?",
                "(attempt.PaymentSinceLocked && attempt.Number < 0 ?",
                "R27NeverSentTests"
            ),
            new(
                "R27: what was never sent leaves days later",
                "Functions/Domain/Commands/PreChargeCheck.cs",
                "attempt.LockedOn != now.Today ||",
                "attempt.LockedOn > now.Today ||",
                "R27NeverSentTests"
            ),
            new(
                "R27: a method that cannot be used is used again",
                "Functions/Domain/Deciding/Charges/Attempting.cs",
                "if (command.Refusal is { OfTheMethod: true, Why: var why })",
                "if (command.Refusal is { OfTheMethod: true, Why: { Length: 0 } why })",
                "R27NeverSentTests"
            ),
            new(
                "R36: one more debit may come back",
                "Functions/Domain/Deciding/Charges/EndUncollected.cs",
                "count >= most",
                "count > most",
                "R36ReturnsTests"
            ),
            new(
                "R37: a customer who has died is debited again",
                "Functions/Domain/Provider/ReturnCodes.cs",
                "or \"R14\" or \"R15\" or \"R29\" => ReturnAction.Freeze",
                "or \"R29\" => ReturnAction.Freeze",
                "R37ReturnCodesTests"
            ),
        ];

    private static IEnumerable<Mutant> Correcting =>
        [
            new(
                "R31: a bill with other numbers is only a warning",
                "Functions/Domain/Corrections/Correction.cs",
                "=> Of(one) == Of(other with",
                "=> one.Id == other.Id || Of(one) == Of(other with",
                "R31CorrectionTests"
            ),
            new(
                "R31: a payment with other content is the same",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "if (Versions.Of(known) == Versions.Of(row)) { return; } RefuseOutsideOfAFile(draft, "
                    + "Versions.Of(known), Versions.Of(row)); Receive(",
                "if (known.Id == row.Id) { return; } RefuseOutsideOfAFile(draft, Versions.Of(known), "
                    + "Versions.Of(row)); Receive(",
                "R31CorrectionTests"
            ),
            new(
                "R31: what a person kept is asked about again",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "correction.Version, $\"What is stored stays",
                "null, $\"What is stored stays",
                "R31CorrectionTests"
            ),
            new(
                "R31: what is too much for the new numbers is nobody's",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "CashApplication.TurnExcessIntoCredit(draft, row.Id);",
                "_ = more;",
                "R31CorrectionTests"
            ),
        ];

    private static IEnumerable<Mutant> ComingEarly =>
        [
            new(
                "R33: a held bill is dropped because its account came late",
                "Functions/Application/Waiting/OpenAccounts.cs",
                "row.Content.Bill!.DueDate >= today || controls.IsDeferred(row.Content.Bill))",
                "row.Content.Bill!.DueDate >= today)",
                "R33EarlyRowsTests"
            ),
            new(
                "R33: money in suspense stays there when its account comes",
                "Functions/Application/Waiting/OpenAccounts.cs",
                ".. Payments.OrderBy(",
                ".. Payments.Take(0).OrderBy(",
                "R33EarlyRowsTests"
            ),
            new(
                "R33: a reversal that came before its payment is forgotten",
                "Functions/Application/Waiting/EarlyRows.cs",
                "=> rows.First().Payment is not null && ids.Contains(",
                "=> rows.First().Payment is null && ids.Contains(",
                "R33EarlyRowsTests"
            ),
        ];

    private static IEnumerable<Mutant> BeingSeen =>
        [
            new(
                "R28: a payment that came in weeks after the debit was not paid twice",
                PaidTwice,
                "Sum(bill => bill.Collected + bill.InFlight)",
                "Sum(bill => bill.InFlight)",
                "R28PaidTwiceTests"
            ),
            new(
                "R28: money without a bill was never paid twice",
                "Functions/Domain/Deciding/Payments/CashApplication.cs",
                "ApplyCredit(draft); NoteWhoTookItToo(draft, id);",
                "ApplyCredit(draft);",
                "R28PaidTwiceTests"
            ),
            new(
                "R32: what no debit collects is nobody's",
                "Functions/Domain/Work/Worklist.cs",
                "_ when !ledger.AutopayIsOn => null,",
                "_ when !ledger.AutopayIsOn || ledger.LiveDebitOf(bill.Id) is null => null,",
                "R32UnseenTests"
            ),
            new(
                "R32: a debit that waits for a next bill waits for ever",
                "Functions/Domain/Deciding/Holds/Listing.cs",
                "waits.Since.AddDays(draft.Policies.NoNextBillDays) < draft.Today)",
                "waits.Since > draft.Today)",
                "R32UnseenTests"
            ),
        ];
}
