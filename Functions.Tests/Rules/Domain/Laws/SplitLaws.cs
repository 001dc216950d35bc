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
}
