namespace Autopay.Tests.Rules.Mutants;

/// <summary>R45: parts that leave together after all, that nobody stops, or that a restore forgets.</summary>
internal static class PartMutants
{
    private const string Distance = "Functions/Domain/Deciding/Charges/PartDistance.cs";
    private const string Splitting = "Functions/Domain/Deciding/Charges/Splitting.cs";
    private const string Adopting = "Functions/Domain/Deciding/Charges/Adopting.cs";
    private const string Reopening = "Functions/Domain/Deciding/Bills/Reopening.cs";
    private const string Clock = "Functions/Domain/Notices/NoticeClock.cs";
    private const string Apart = "R45DistanceTests";
    private const string Asked = "R45AskedTests";
    private const string Adopted = "AdoptedPartsTests";

    public static IEnumerable<Mutant> All => [.. OfTheDistance, .. OfWhatWasAsked, .. OfMoved];

    private static IEnumerable<Mutant> OfTheDistance =>
        [
            new(
                "R45: after a suspension all parts leave together",
                Distance,
                "last.AddDays(draft.Policies.NoNextBillDays) is var day",
                "last is var day",
                Apart
            ),
            new(
                "R45: a part leaves beside the retry of another",
                Distance,
                "{ IsRetry: true } => other.RetryDay,",
                "{ IsRetry: true } => null,",
                Apart
            ),
            new(
                "R45: a holiday puts every later part off",
                Distance,
                "on == BankingCalendar.RollForward(debit.DueDate) ? debit.DueDate : on",
                "on",
                Apart
            ),
            new(
                "R45: two parts that wait are due on one day",
                Distance,
                ".CompareTo((debit.DueDate, debit.Id)) < 0",
                ".CompareTo((debit.DueDate, debit.Id)) < -1",
                Apart
            ),
            new(
                "R45: a part that was put off forgets its new day",
                "Functions/Domain/Events/SplitEvents.cs",
                "bill.Part is { } part ? bill with { Part = part with { Day = Day } } : bill",
                "bill",
                Apart
            ),
            new(
                "F50: what a part collected before a restore keeps no distance",
                Distance,
                ".Concat(Recovered(draft.Ledger, split))",
                "",
                Adopted
            ),
            new(
                "F50: after a restore the rest of a split debit is asked for at once",
                Adopting,
                "        SplitAgain(draft, debit, command);\n",
                "",
                Adopted
            ),
            new(
                "F50: what may be a later part is asked for at once",
                Adopting,
                "else if (mayBeInParts)",
                "else if (mayBeInParts && draft.Today.Year == 1)",
                Adopted
            ),
        ];

    private static IEnumerable<Mutant> OfWhatWasAsked =>
        [
            new(
                "R20: a dispute of the first part does not stop the others",
                Reopening,
                "            BlockParts(draft, bill.Id, why);\n",
                "",
                Asked
            ),
            new(
                "R20: a dispute blocks the part that is at the bank",
                Reopening,
                "part is { Payable.IsPositive: true,",
                "part is { Open.IsPositive: true,",
                Asked
            ),
            new(
                "R25: a part is asked of again",
                Splitting,
                "                Waived = For(debit.Waived, cents),\n",
                "",
                Asked
            ),
            new(
                "R25: who agreed to the whole pays in parts",
                Splitting,
                "            || IsAgreed(debit, open)\n",
                "",
                Asked
            ),
            new(
                "R45: more than twelve parts without a cap go at once",
                Splitting,
                "PartsOf(ledger, debit, policies) is null);",
                "PartsOf(ledger, debit, policies) is not null);",
                Asked
            ),
            new(
                "R41: a credit that was taken off is given by a correction",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "if (ledger.AdjustmentIds.Contains(TwinBills.CreditOf(bill)))",
                "if (ledger.AdjustmentIds.Contains(TwinBills.CreditOf(bill.ToPart(2))))",
                "R41LookAlikeBillsTests"
            ),
        ];

    private static IEnumerable<Mutant> OfMoved =>
        [
            new(
                "R44: a bill that was moved here has told its new customer its charges",
                Clock,
                "bill.MovedFrom is not null ? Money.Zero : bill.Told?.Charges ?? bill.CurrentCharges",
                "bill.Told?.Charges ?? bill.CurrentCharges",
                "R44NoticeTests"
            ),
            new(
                "R44: a bill that was moved here has told its new customer its previous balance",
                Clock,
                "bill.MovedFrom is not null ? Money.Zero : Money.Max(Money.Zero, bill.PreviousBalance)",
                "Money.Max(Money.Zero, bill.PreviousBalance)",
                "R44NoticeTests"
            ),
            new(
                "R44: a bill that a person moves is taken for one of the file",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "row with { MovedFrom = correction.Other }",
                "row",
                "R44NoticeTests"
            ),
            new(
                "R44: a row of notices that changes is free for another worker",
                "Functions/Storage/Ledgers/NoticeRows.cs",
                "TableTransactionActionType.UpsertMerge",
                "TableTransactionActionType.UpsertReplace",
                "NoticeOutboxTests"
            ),
        ];
}
