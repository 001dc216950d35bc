namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// L7: the protections, each forgotten once: somebody is penalised or disconnected against the city's word.
/// </summary>
internal static class ProtectionMutants
{
    private const string Answer = "Functions/Domain/Protections/PenaltyAnswer.cs";
    private const string City = "Functions/Domain/Protections/CityActions.cs";
    private const string Clock = "Functions/Domain/Protections/PenaltyClock.cs";
    private const string Money = "Functions/Domain/Protections/ReceivedMoney.cs";
    private const string Disconnect = "Functions/Domain/Protections/DisconnectAnswer.cs";
    private const string Controls = "Functions/Domain/CityControls/Protections.cs";

    public static IReadOnlyList<Mutant> All { get; } = [.. Promising, .. Penalising, .. Restarting, .. Disconnecting];

    private static IEnumerable<Mutant> Promising =>
        [
            new(
                "R42: a withdrawn waiver goes on waiving",
                Controls,
                "public bool Waives(Bill bill) => IsInForce && IsAbout(bill);",
                "public bool Waives(Bill bill) => IsAbout(bill);",
                "Domain.R42"
            ),
            new(
                "R42: a waiver of some cycles is one of every cycle",
                Controls,
                "dueDate <= DueTo && (Cycles.Count == 0 || Cycles.Contains(cycle));",
                "dueDate <= DueTo && cycle.Value > 0;",
                "Domain.R42"
            ),
            new(
                "R43: a shield of some cycles is one of every cycle",
                Controls,
                "public bool IsAbout(CycleNumber cycle) => Cycles.Count == 0 || Cycles.Contains(cycle);",
                "public bool IsAbout(CycleNumber cycle) => cycle.Value > 0;",
                "R43DisconnectTests"
            ),
            new(
                "R43: a withdrawal takes back the dates that are past",
                Controls,
                ": WithdrawnAt is { } at ? Dates.Where(date => date < city.At(at).Today)",
                ": WithdrawnAt is { } at ? Dates.Where(date => date < city.At(at).Today.AddYears(-100))",
                "R43DisconnectTests"
            ),
            new(
                "R42: a penalty that was taken back stands",
                "Functions/Domain/Protections/ProtectionTally.cs",
                "penalised += charged.Exists(penalty => penalty.ReversedOn is null) ? 1 : 0;",
                "penalised += charged.Count > 0 ? 1 : 0;",
                "ChargedPenaltyTests"
            ),
            new(
                "R42: a penalty that was charged against the rules stands",
                "Functions/Domain/Protections/ProtectionTally.cs",
                "where answer.Verdict != PenaltyVerdict.Assess",
                "where answer.Verdict == PenaltyVerdict.Waived",
                "ChargedPenaltyTests"
            ),
        ];

    private static IEnumerable<Mutant> Penalising =>
        [
            new(
                "R42: the penalty date itself is late",
                Answer,
                ": on <= clock?.PenaltyDate ? PenaltyVerdict.NotYet",
                ": on < clock?.PenaltyDate ? PenaltyVerdict.NotYet",
                "Domain.R42"
            ),
            new(
                "R42: money of the penalty date is late",
                Money,
                "ReceivedOn <= day;",
                "ReceivedOn < day;",
                "Domain.R42"
            ),
            new(
                "R42: money counts on the day on which it was posted",
                Money,
                "funds.ReceivedOn,",
                "funds.PostedOn,",
                "Domain.R42"
            ),
            new(
                "R42: a debit counts when the bank has answered",
                Money,
                "return new(debit.Id.Value, Autopay, attempt.SubmittedOn, attempt.AnsweredOn, counts);",
                "return new(debit.Id.Value, Autopay, attempt.AnsweredOn, attempt.AnsweredOn, counts);",
                "Domain.R42"
            ),
            new(
                "R42: a held bill is penalised",
                City,
                "it.Controls.HoldsOn(it.Bill).FirstOrDefault() is { } hold",
                "it.Controls.HoldsOn(it.Bill).FirstOrDefault(_ => false) is { } hold",
                "Domain.R42",
                "R43DisconnectTests"
            ),
            new(
                "R42: a bill in review is penalised",
                City,
                "debit.State == DebitState.NeedsReview ? new(",
                "debit.State == DebitState.NeedsReview ? on.Year > 0 ? null : new(",
                "Domain.R42"
            ),
            new(
                "R42: what waits for a release is penalised",
                City,
                ": Releasing.WhyNot(it.Ledger, debit, it.Controls) is { } why ? new(",
                ": Releasing.WhyNot(it.Ledger, debit, it.Controls) is { } why ? on.Year > 0 ? null : new(",
                "Domain.R42"
            ),
            new(
                "R42: a bill that waits for its retry is penalised",
                City,
                ": debit.RetryOn is { } retry ? new(",
                ": debit.RetryOn is { } retry ? on.Year > 0 ? null : new(",
                "Domain.R42",
                "R43DisconnectTests"
            ),
            new(
                "R42: whatever the bank's reason, the no is the customer's",
                City,
                "&& ReturnCodes.IsOfTheCustomer(code)",
                "&& code.Length > 0",
                "Domain.R42"
            ),
            new(
                "R42: whoever has no autopay is penalised for a bill that was never mailed",
                City,
                "?? OfMerge(it, debit, on)",
                "?? OfMerge(it, debit, DateOnly.MaxValue)",
                "Domain.R42"
            ),
        ];

    private static IEnumerable<Mutant> Restarting =>
        [
            new(
                "R42: the clock is back-dated to the due date",
                Clock,
                "var start = ends.Length > 0 && ends.Max() > due ? ends.Max() : due;",
                "var start = due;",
                "Domain.R42"
            ),
            new(
                "R42: a debit that was sent late restarts nothing",
                Clock,
                "(ends.Length > 0 || WasInTime(it, sent)) ? first.On : start;",
                "ends.Length > 1000 ? first.On : start;",
                "Domain.R42"
            ),
            new(
                "R42: a hold restarts the clock of whoever pays without autopay",
                Clock,
                "it.Bill.Marks.HasFlag(BillMarks.Scheduled)",
                "it.Bill.Marks >= BillMarks.None",
                "Domain.R42"
            ),
        ];

    private static IEnumerable<Mutant> Disconnecting =>
        [
            new(
                "R43: a shield excuses its day and restarts nothing",
                Disconnect,
                "shielded.Where(date => date >= from && date <= on).Append(from).Max();",
                "shielded.Where(date => date > on && date < from).Append(from).Max();",
                "R43DisconnectTests"
            ),
            new(
                "R43: service ends a day early",
                Disconnect,
                "var earliest = from.AddDays(policies.DisconnectAfterDays + 1);",
                "var earliest = from.AddDays(policies.DisconnectAfterDays);",
                "R43DisconnectTests"
            ),
            new(
                "R43: on a shielded day service may end",
                Disconnect,
                "shields.Count > 0 ? DisconnectVerdict.Shielded",
                "shields.Count > 1000 ? DisconnectVerdict.Shielded",
                "R43DisconnectTests"
            ),
            new(
                "R43: a shield of the bill's cycle does not protect an account that has moved",
                Disconnect,
                "overdue.Select(it => it.Bill.Cycle).Concat(",
                "overdue.Take(0).Select(it => it.Bill.Cycle).Concat(",
                "R43DisconnectTests"
            ),
        ];
}
