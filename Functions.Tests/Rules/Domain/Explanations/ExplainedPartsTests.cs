using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a customer is told of a debit that was too much at once (R45), also years later.</summary>
public sealed class ExplainedPartsTests
{
    private static readonly Policies Split = new() { BillShock = BillShockMode.Split };

    [Fact]
    public void What_is_to_leave_in_parts_has_one_number_until_it_does()
    {
        var account = GivenAnAccount(cap: 7_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);
        Assert.Equal([account.Debit(2).Id, null], account.Explain(2).Parts.Select(part => part.Debit));

        account.WhenTheRunComesFor("feb").TheBankSaysYes();
        Assert.Equal(
            [(account.Debit(2).Id, 5_501L, Day("2020-02-19")), (account.Debit(3).Id, 5_500L, Day("2020-03-18"))],
            Parts(account, 2)
        );
    }

    // Years later the debits have left the row of the account, and are read from the archive.
    [Fact]
    public void A_debit_that_was_archived_is_told_as_before_with_its_parts()
    {
        var account = GivenAnAccount(cap: 7_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-19")
            .TheBankSaysYes();
        var (bills, parts) = (account.Explain(2).Bills.Select(Figures).ToList(), Parts(account, 2));
        Assert.Equal(Day("2020-03-19"), parts[1].Day);

        account.On("2023-06-01").WhenEvaluated().ThenDebits();

        Assert.Empty(account.Ledger.Bills);
        Assert.Equal(bills, account.Explain(2).Bills.Select(Figures));
        Assert.Equal(parts, Parts(account, 2));
        Assert.Equal([Day(Due["jan"])], Merged(account.Explain(2)).Bills);
    }

    [Fact]
    public void A_part_that_was_paid_at_the_counter_takes_nothing_also_when_it_is_archived()
    {
        var account = GivenAnAccount(cap: 7_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("P-1", 5_500)
            .WhenTheRunComes("2020-03-18");
        Assert.Equal([5_501, 0], Parts(account, 2).Select(part => part.Cents));

        account.On("2023-06-01").WhenEvaluated().ThenDebits();

        Assert.Equal([5_501, 0], Parts(account, 2).Select(part => part.Cents));
    }

    private static (long Charges, long Paid, long Takes) Figures(BillSum sum) =>
        (sum.Charges.Cents, sum.Payments.Sum(payment => payment.Cents).Cents, sum.Takes.Cents);

    private static DayReason Merged(Explanation told) =>
        told.WhyThisDay.Single(reason => reason.Kind == DayReasonKind.Merged);

    private static List<(DebitId? Debit, long Cents, DateOnly Day)> Parts(AccountScenario account, int debit) =>
        [.. account.Explain(debit).Parts.Select(part => (part.Debit, part.Amount.Cents, part.Day))];
}
