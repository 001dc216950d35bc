namespace Autopay.Domain.Protections;

/// <summary>
/// From which day a bill's grace and its days overdue count. It is the due date, or, after the city's own action, the
/// day on which the debit was sent or the action ended: restarted, never back-dated (R42, R43).
/// </summary>
/// <param name="From">The civil day.</param>
/// <param name="PenaltyDate">Money that is received up to and including this day is in time.</param>
public readonly record struct PenaltyClock(DateOnly From, DateOnly PenaltyDate)
{
    /// <summary>The first day on which a penalty may be assessed.</summary>
    public DateOnly EarliestOn => PenaltyDate.AddDays(1);

    public static PenaltyClock Of(ProtectedBill it)
    {
        DateOnly[] ends = [.. Ends(it)];
        var clock = Of(it, ends);
        // It had been paid in time: that it is open again is the city's doing.
        DateOnly[] opened =
        [
            .. it.GivenBack.Where(given => !(given.SentOn > clock.PenaltyDate)).Select(given => given.On),
        ];
        return opened.Length == 0 ? clock : Of(it, [.. ends, .. opened]);
    }

    private static PenaltyClock Of(ProtectedBill it, DateOnly[] ends)
    {
        var due = it.Bill.DueDate;
        var start = ends.Length > 0 && ends.Max() > due ? ends.Max() : due;

        // Only the first one: a debit that came back for the customer's reason restarts nothing when it is retried.
        var first = it.Submissions.FirstOrDefault(sent => sent.On >= start);
        var from = first.Debit is { } sent && (ends.Length > 0 || WasInTime(it, sent)) ? first.On : start;
        return new PenaltyClock(from, from.AddDays(it.Bill.PenaltyDate.DayNumber - due.DayNumber));
    }

    // Autopay was to pay it on its due date: that it was sent later is not the customer's doing.
    private static bool WasInTime(ProtectedBill it, Debit debit) =>
        debit.SplitFrom is not null
        || debit.ScheduledOn <= it.Bill.DueDate
        || it.Ledger.AutopaySince <= it.Bill.DueDate;

    private static IEnumerable<DateOnly> Ends(ProtectedBill it) =>
        [
            .. EndsOfHolds(it),
            .. EndsOfMerges(it),
            .. EndsOfDebits(it),
            .. NosThatAreNotTheCustomers(it),
            .. it.Bill.Part is { } part ? [part.Day] : (DateOnly[])[],
            .. it.Bill.ToldApartOn is { } apart ? [apart] : (DateOnly[])[],
        ];

    // What autopay never was to pay, no hold has kept from its customer.
    private static IEnumerable<DateOnly> EndsOfHolds(ProtectedBill it) =>
        it.Bill.Marks.HasFlag(BillMarks.Scheduled)
            ? it
                .Controls.Deferrals.Where(hold => hold.Action == DeferralAction.Hold && hold.IsAbout(it.Bill))
                .Select(hold => EndOf(hold, it))
                .OfType<DateOnly>()
            : [];

    private static DateOnly? EndOf(Deferral hold, ProtectedBill it) =>
        hold.WithdrawnAt is { } withdrawn ? it.DayOf(withdrawn)
        : !hold.ClearedCycles.Contains(it.Bill.Cycle) ? null
        : hold.Clears.FirstOrDefault(clear => clear.Cycle == it.Bill.Cycle) is { } clear ? it.DayOf(clear.At)
        : it.Controls.BacklogOf(it.Bill.Cycle).ChangedAt is { } changed ? it.DayOf(changed)
        : null;

    private static IEnumerable<DateOnly> EndsOfMerges(ProtectedBill it)
    {
        var withdrawn = it
            .Controls.Deferrals.Where(merge => merge.Action == DeferralAction.Merge && merge.IsAbout(it.Bill))
            .Where(merge => merge.WithdrawnAt is not null)
            .Select(merge => it.DayOf(merge.WithdrawnAt!.Value));
        return CityActions.MergesOn(it.Controls, it.Bill).Any() && CityActions.MergedUntil(it) is { } next
            ? withdrawn.Append(next)
            : withdrawn;
    }

    // Found paid by then, or given up by the person who was to look at it.
    private static IEnumerable<DateOnly> EndsOfDebits(ProtectedBill it) =>
        it
            .Archived.Concat(it.Ledger.Debits)
            .Where(debit =>
                debit.Names(it.Bill.Id)
                && (
                    debit.State == DebitState.Satisfied
                    || (
                        debit.State == DebitState.Cancelled
                        && (it.Bill.Marks.HasFlag(BillMarks.Reviewed) || WasKeptBack(debit))
                    )
                )
            )
            .Select(debit => debit.ClosedOn)
            .OfType<DateOnly>();

    // Halted, or waiting for its notice: autopay did not ask on its day, and did not say so.
    private static bool WasKeptBack(Debit debit) =>
        debit.FirstSubmittedOn is null && debit.ClosedOn > DueDebits.DayOf(debit);

    private static IEnumerable<DateOnly> NosThatAreNotTheCustomers(ProtectedBill it) =>
        it.Returns.Where(no => !ReturnCodes.IsOfTheCustomer(no.Code)).Select(no => no.On);
}
