using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>An explanation adds up, whatever happened to the account.</summary>
public sealed class ExplanationLaws
{
    [Fact]
    public void Bills_less_payments_less_credit_is_the_debit_to_the_cent()
    {
        var told = 0;
        Step.Anything.Sample(
            steps =>
            {
                var account = StepPlayer.Play(steps).Account;
                foreach (var debit in account.Ledger.Debits.Concat(account.Archived))
                {
                    var explanation = Told(account, debit.Id);
                    Assert.Equal(explanation.Amount, explanation.Bills.Sum(sum => sum.Takes));
                    Assert.DoesNotContain(explanation.Bills, sum => !sum.Difference.IsZero || sum.Takes.Cents < 0);
                    ThenTheAmountIsTheBanks(account, debit, explanation);
                    Interlocked.Increment(ref told);
                }
            },
            iter: 2_000
        );
        Assert.InRange(told, 2_000, int.MaxValue);
    }

    [Fact]
    public void Every_debit_can_be_told_in_both_languages_with_the_same_codes() =>
        Step.Anything.Sample(
            steps =>
            {
                var account = StepPlayer.Play(steps).Account;
                foreach (var debit in account.Ledger.Debits)
                {
                    var explanation = Told(account, debit.Id);
                    var (english, spanish) = (
                        ExplanationText.Of(explanation, Words.English),
                        ExplanationText.Of(explanation, Words.Spanish)
                    );
                    Assert.Equal(Codes(english), Codes(spanish));
                    Assert.Equal(english.Sum.Select(line => line.Cents), spanish.Sum.Select(line => line.Cents));
                }
            },
            iter: 500
        );

    [Fact]
    public void The_parts_of_a_merged_debit_are_what_it_takes_and_no_more() =>
        Step.Anything.Sample(
            steps =>
            {
                var account = StepPlayer.Play(steps).Account;
                foreach (var part in account.Ledger.Debits.Where(debit => debit.State == DebitState.Merged))
                {
                    var (own, whole) = (Told(account, part.Id), Told(account, Told(account, part.Id).Whole));
                    Assert.True(own.Amount <= whole.Amount);
                    Assert.Subset(
                        whole.Bills.Select(sum => (sum.Bill, sum.Takes)).ToHashSet(),
                        own.Bills.Select(sum => (sum.Bill, sum.Takes)).ToHashSet()
                    );
                }
            },
            iter: 500
        );

    private static void ThenTheAmountIsTheBanks(AccountScenario account, Debit debit, Explanation explanation)
    {
        if (debit.State is DebitState.Collected or DebitState.Submitted or DebitState.Uncollected)
        {
            Assert.Equal(debit.LastSubmitted!.Amount, explanation.Amount);
        }
        else if (debit.IsUnsent || debit.State == DebitState.NeedsReview)
        {
            Assert.Equal(account.Ledger.OpenOn(debit), explanation.Amount);
        }
    }

    private static Explanation Told(AccountScenario account, DebitId debit) =>
        Explain.Debit(debit, account.Past, account.Controls, AccountScenario.City, account.Now)!;

    private static IEnumerable<Phrase> Codes(ExplanationText text) =>
        [
            .. text.Answer.Concat(text.WhyThisDay).Concat(text.ForTheClerk).Select(sentence => sentence.Code),
            .. text.Sum.Select(line => line.Code),
        ];
}
