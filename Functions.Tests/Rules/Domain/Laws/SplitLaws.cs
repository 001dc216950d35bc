using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>R45: whatever happens to a split bill, its cents are neither more nor fewer.</summary>
public sealed class SplitLaws
{
    [Fact]
    public void R45_A_bill_and_its_parts_ask_for_what_was_billed_and_adjusted()
    {
        var met = 0;
        Step.AnyMerge.Sample(
            steps =>
            {
                var account = StepPlayer.Play(steps.Prepend(new Step(StepKind.Evaluate, 0, 1))).Account;
                foreach (var family in account.Ledger.Bills.GroupBy(bill => bill.Id.Whole).Where(it => it.Count() > 1))
                {
                    var whole = family.Single(bill => !bill.Id.IsPart);
                    var adjusted = account
                        .Past.History.Select(it => it.Event)
                        .OfType<BillAdjusted>()
                        .Where(it => it.Bill.Whole == whole.Id)
                        .Sum(it => it.Amount);
                    Assert.Equal(whole.CurrentCharges + adjusted, family.Sum(bill => bill.Charges));
                    Interlocked.Increment(ref met);
                }
            },
            iter: 4_000
        );
        Assert.InRange(met, 20, int.MaxValue);
    }

    [Fact]
    public void R45_Whatever_happens_to_parts_no_cent_is_lost_or_made() =>
        PartStep.Any.Sample(
            steps =>
            {
                var player = PartPlayer.Play(steps);
                var ledger = player.Account.Ledger;
                var kept = player.Account.Intents.Sum(intent => (intent.Received - intent.ReturnedCents).Cents);
                var over = ledger
                    .Funds.Where(funds => funds.Source == FundsSource.OverCollected)
                    .Sum(funds => funds.Amount - funds.Reversed)
                    .Cents;
                Assert.Equal(player.Billed, ledger.Bills.Sum(bill => bill.Charges).Cents);
                Assert.Equal(kept, ledger.Bills.Sum(bill => bill.Collected).Cents + over);
                Assert.Equal(
                    player.PaidIn + over,
                    ledger.Bills.Sum(bill => bill.PaidElsewhere).Cents + ledger.Credit.Cents
                );
            },
            iter: 600
        );

    // A part that a holiday or a weekend has moved is at most four days late.
    private const int Apart = 28 - 4;

    [Fact]
    public void R45_No_part_leaves_within_a_cycle_of_another()
    {
        var met = 0;
        PartStep.Any.Sample(
            steps =>
            {
                var account = PartPlayer.Play(steps).Account;
                var parts = account.Archived.Concat(account.Ledger.Debits).Where(IsAPart).ToList();
                foreach (var part in parts.Where(part => part.FirstSubmittedOn is not null && !HaveLeft(parts)))
                {
                    var on = part.FirstSubmittedOn!.Value;
                    foreach (var before in parts.SelectMany(other => LeftBefore(other, part, on)))
                    {
                        Assert.True(on.DayNumber - before.DayNumber >= Apart, $"{part.Id}: {before} and {on}");
                        Interlocked.Increment(ref met);
                    }
                }
            },
            iter: 1_000
        );
        Assert.InRange(met, 100, int.MaxValue);
    }

    private static bool IsAPart(Debit debit) => debit.Lines.Any(line => line.Bill.Whole.Value is "jan" or "feb");

    // A merge with another bill has ended the split.
    private static bool HaveLeft(IEnumerable<Debit> parts) =>
        parts.Any(part => part.Lines.Any(line => line.Bill.Whole.Value is not ("jan" or "feb")));

    // What the bank had refused by then took no money.
    private static IEnumerable<DateOnly> LeftBefore(Debit other, Debit part, DateOnly on) =>
        other.Id == part.Id || other.Lines.Any(line => part.Names(line.Bill))
            ? []
            : other
                .Attempts.Where(attempt =>
                    attempt.SubmittedOn <= on && !(attempt.AnsweredOn <= on && attempt.Code is not null)
                )
                .Where(attempt => attempt.SubmittedOn < on || other.Id.CompareTo(part.Id) < 0)
                .Select(attempt => attempt.SubmissionDay);
}
