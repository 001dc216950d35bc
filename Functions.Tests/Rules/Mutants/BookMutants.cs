namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// L7: changes of the kind that the mutation tool makes and that nothing noticed: what is old, what is in two places,
/// what crosses (docs/simulator.md, Mutants).
/// </summary>
internal static class BookMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [.. WhatIsOld, .. WhatCrosses, .. WhoseDecision, .. WhatIsAccepted];

    private static IEnumerable<Mutant> WhatIsAccepted =>
        [
            new(
                "R46: more is accepted than our books lack",
                "Functions/Domain/Deciding/Bills/PreviousBalances.cs",
                "!command.Amount.IsPositive || command.Amount > most",
                "!command.Amount.IsPositive",
                "R46AcceptedBalanceTests"
            ),
            new(
                "R46: a previous balance is accepted twice",
                "Functions/Domain/Deciding/Bills/PreviousBalances.cs",
                "accepted.CurrentCharges != amount",
                "false",
                "R46AcceptedBalanceTests"
            ),
            new(
                "R46: it is accepted when its bill has gone to the bank already",
                "Functions/Domain/Deciding/Bills/PreviousBalances.cs",
                "if (DueDebits.RunIsPast(bill.DueDate, draft.Now, draft.Policies))",
                "if (bill.DueDate < bill.BillDate)",
                "R46AcceptedBalanceTests"
            ),
            new(
                "R46: what came since is accepted once more",
                "Functions/Domain/Deciding/Bills/PreviousBalances.cs",
                "now.IsPositive ? Money.Min(most, now) : null",
                "now.Cents > long.MinValue ? most : null",
                "R46AcceptedBalanceTests"
            ),
            new(
                "R46: a late bill is collected beside the balance that it was accepted in",
                "Functions/Domain/Deciding/Bills/Billing.cs",
                "unknownCredit ??= PreviousBalances.WhyAccepted(draft.Ledger, bill);",
                "",
                "R46AcceptedBalanceTests"
            ),
            new(
                "R46: the billing system is told of a bill that it does not know",
                "Functions/Domain/Provider/Receipt.cs",
                "bill.Whole.IsPrevious ? null : bill.Whole",
                "bill.Whole",
                "R46AcceptedBalanceTests"
            ),
        ];

    private static IEnumerable<Mutant> WhatIsOld =>
        [
            new(
                "R32: an open bill leaves the books when it is old",
                "Functions/Domain/Deciding/Archiving.cs",
                "bill.Open.IsZero && bill.InFlight.IsZero &&",
                "bill.InFlight.IsZero &&",
                "ArchivingTests"
            ),
            new(
                "R14: credit that nobody used leaves the books when it is old",
                "Functions/Domain/Deciding/Archiving.cs",
                "it.Left.IsZero && it.PostedOn",
                "it.PostedOn",
                "ArchivingTests"
            ),
            new(
                "I3: what paid several bills leaves before the last of them",
                "Functions/Domain/Deciding/Archiving.cs",
                "while (bills.Count + funds.Count < before);",
                "while (bills.Count > before);",
                "ArchivingTests"
            ),
            new(
                "R20: a late return forgets what had been given back before",
                "Functions/Domain/Events/AttemptEvents.cs",
                "new LateReturn(Debit, Total) { Lost = Lost }",
                "new LateReturn(Debit, Total)",
                "R20ReturnReceivedTests"
            ),
            new(
                "I3: what comes back of a bill that has left stays counted as collected",
                "Functions/Domain/Events/AttemptEvents.cs",
                "ArchivedCollected = ledger.ArchivedCollected - line.Cents,",
                "ArchivedCollected = ledger.ArchivedCollected,",
                "ArchivingTests"
            ),
            new(
                "Any restore excuses anchors of rows that it kept",
                "Functions/Domain/Audit/AuditCheck.cs",
                "restore.Number <= anchor.Number && anchor.At",
                "anchor.At",
                "AuditChainTests"
            ),
            new(
                "After a second restore only the newer backup is matched",
                "Functions/Domain/CityControls/Controls.cs",
                "ReconcileSince < demanded.Since ? ReconcileSince : demanded.Since",
                "demanded.Since",
                "CityControlsTests"
            ),
        ];

    private static IEnumerable<Mutant> WhatCrosses =>
        [
            new(
                "R15: credit does not pay the bill of an intent that the provider cancelled",
                "Functions/Domain/Deciding/Charges/BankAnswers.cs",
                "\"The intent is cancelled\")); CashApplication.ApplyCredit(draft);",
                "\"The intent is cancelled\"));",
                "R15InFlightTests"
            ),
            new(
                "R19: a bill that credit has paid is blocked with the others",
                "Functions/Domain/Deciding/Charges/EndUncollected.cs",
                "bill.Open.IsPositive && bill.Blocked is null",
                "bill.Blocked is null",
                "R19UncollectedTests"
            ),
            new(
                "A refund that was made by hand is taken for ours of the same amount",
                "Functions/Domain/Deciding/Payments/RefundAnswers.cs",
                "&& refund.Number == reading.Number &&",
                "&&",
                "GivingBackTests"
            ),
            new(
                "What was given back at the provider is held against nothing",
                "Functions/Domain/Provider/Reconciliation.cs",
                "?? CompareRefunds(debit, attempt, intent)",
                "",
                "ReconciliationTests"
            ),
            new(
                "R28: of a debit of several bills only the largest is paid twice",
                "Functions/Domain/Ledger/DoublePayments.cs",
                ".Lines.Where(line => payment.NamedBill is not { } named || named == line.Bill.Whole) .Sum(",
                ".Lines.Where(line => payment.NamedBill is not { } named || named == line.Bill.Whole).Max(",
                "R28PaidTwiceTests"
            ),
            new(
                "R34: the second payer's credit and the first one's are the second's when a third comes",
                "Functions/Domain/Events/AccountEvents.cs",
                "funds with { Payer = funds.Payer ?? From }",
                "funds with { Payer = From }",
                "R34PayerTests"
            ),
        ];

    private static IEnumerable<Mutant> WhoseDecision =>
        [
            new(
                "R4: a scheduled retry explains a lower balance",
                "Functions/Domain/Deciding/Bills/BalanceCheck.cs",
                "{ RetryOn: not null } => false,",
                "{ RetryOn: not null } => true,",
                "R04BalanceCheckTests"
            ),
            new(
                "R28: credit cannot be kept where there is other money",
                "Functions/Domain/Deciding/AccountActions.cs",
                "draft.Ledger.Funds.All(funds => funds.Id != id)",
                "draft.Ledger.Funds.Any(funds => funds.Id != id)",
                "R28PaidTwiceTests"
            ),
            new(
                "R31: deciding about one bill decides about another",
                "Functions/Domain/Corrections/Correction.cs",
                "=> Item == item && Id == id;",
                "=> Item == item || Id == id;",
                "R31TakingTests"
            ),
            new(
                "R36: a debit that has counted asks again with its next attempt",
                "Functions/Domain/Deciding/Charges/EndUncollected.cs",
                "returned.Any(debit => !before.Contains(debit))",
                "returned.Any(debit => before.Contains(debit) || debit.On <= draft.Today)",
                "R36ReturnsTests"
            ),
            new(
                "R38: a bill of a held retry is exempted to its old due date",
                "Functions/Domain/Deciding/Bills/Exempting.cs",
                "var day = home.RetryOn ?? (home.SplitFrom is null ? bill.DueDate : home.DueDate);",
                "var day = home.SplitFrom is null ? bill.DueDate : home.DueDate;",
                "R38ExemptionTests"
            ),
            new(
                "Two people: a no to one act is a no to all",
                "Functions/Domain/CityControls/SecondPerson.cs",
                "approval.Id == decided.Id ? decided : approval",
                "approval.Id.Length > 0 ? decided : approval",
                "SecondPersonTests"
            ),
        ];
}
