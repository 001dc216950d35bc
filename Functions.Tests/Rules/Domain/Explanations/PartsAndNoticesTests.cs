using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Why was I charged in parts, and why not yet (R44, R45)?</summary>
public sealed class PartsAndNoticesTests
{
    private static readonly Policies Split = new() { BillShock = BillShockMode.Split };
    private static readonly Policies Enforced = new() { NoticeClock = NoticeClockMode.Enforce };

    // January (50.00) is merged into February (60.01), due Feb 19; the cap is 70.00.
    private static AccountScenario GivenParts() =>
        GivenAnAccount(cap: 7_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, Submitted, Scheduled);

    [Fact]
    public void The_first_part_says_what_is_taken_later_and_when()
    {
        var account = GivenParts();
        Assert.Equal(5_501, account.Explain(2).Amount.Cents);
        Assert.Equal([0, 0], account.Explain(2).Bills.Select(sum => sum.Difference.Cents));
        Assert.Equal([0, -5_500], account.Explain(2).Bills.Select(sum => sum.Moved.Cents));
        account.ThenItGoesOn(2, Phrase.InParts, Phrase.PreviousBalanceNotAdded);
        Assert.Equal(
            "Because several bills came together, $110.01 is taken in parts: $55.01 on Wednesday, February 19, 2020 "
                + "and $55.00 on Wednesday, March 18, 2020. Together they are what the bills ask for, and nothing is "
                + "taken twice.",
            account.Tell(2, Words.English).Answer[1].Text
        );
        Assert.Equal(
            "Como varias facturas llegaron juntas, $110.01 se cobra en partes: $55.01 el miércoles 19 de febrero de "
                + "2020 y $55.00 el miércoles 18 de marzo de 2020. Juntas suman lo que piden las facturas, y nada se "
                + "cobra dos veces.",
            account.Tell(2, Words.Spanish).Answer[1].Text
        );
    }

    [Fact]
    public void A_later_part_says_of_which_bill_it_is_and_that_it_comes_a_cycle_later()
    {
        var account = GivenParts().TheBankSaysYes().WhenTheRunComes("2020-03-18").TheBankSaysYes();
        Assert.Equal(5_500, account.Explain(3).Amount.Cents);
        account.ThenWhyThisDay(3, Phrase.WhyDueDate, Phrase.WhyPart);
        Assert.Equal(
            [(Phrase.LinePart, 5_500L), (Phrase.LineTakes, 5_500L), (Phrase.LineTotal, 5_500L)],
            account.Tell(3, Words.English).Sum.Select(line => (line.Code, line.Cents.Cents))
        );
        Assert.Equal(2, account.Explain(3).Parts.Count);
    }

    [Fact]
    public void Before_it_is_split_a_debit_says_what_leaves_when()
    {
        var account = GivenAnAccount(cap: 7_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);
        Assert.Equal((11_001, 5_501), (account.Explain(2).Amount.Cents, account.Explain(2).Leaves.Cents));
        Assert.Equal(
            [
                "On Wednesday, February 19, 2020 we will debit $55.01 from your bank account for your bill due "
                    + "Wednesday, January 22, 2020 and your bill due Wednesday, February 19, 2020. If you pay before "
                    + "it is sent, we will take less.",
                "Because several bills came together, $110.01 is taken in parts: $55.01 on Wednesday, February 19, "
                    + "2020 and $55.00 on Wednesday, March 18, 2020. Together they are what the bills ask for, and "
                    + "nothing is taken twice.",
            ],
            account.Tell(2, Words.English).Answer.Take(2).Select(sentence => sentence.Text)
        );
    }

    [Fact]
    public void What_a_hold_took_back_is_no_part_any_more()
    {
        var account = GivenParts().TheBankSaysYes().WhenFinanceHolds("feb");
        Assert.Empty(account.Explain(2).Parts);
    }

    [Fact]
    public void A_debit_that_waits_for_its_notice_says_so_and_then_names_the_lawful_day()
    {
        var account = GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1);
        Assert.Equal(DebitStory.WaitsForNotice, account.Explain(1).Story);
        account.ThenTheAnswerIs(
            1,
            "A debit of $50.00 for your bill due Wednesday, January 22, 2020 waits until you have been told its amount "
                + "and its day in writing. No money is being taken for it now.",
            "Un débito de $50.00 por su factura con vencimiento del miércoles 22 de enero de 2020 queda pendiente hasta que se "
                + "le haya avisado por escrito su monto y su fecha. Por ahora no se cobra nada por él."
        );

        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                1,
                NoticeChannel.Letter,
                Day("2020-02-20"),
                new Money(5_000),
                Day("2020-02-27"),
                "letters-1",
                account.Now
            )
        );
        Assert.Equal((DebitStory.ToCome, Day("2020-02-27")), (account.Explain(1).Story, account.Explain(1).Days.On));
        account.ThenItGoesOn(1, Phrase.ToldInTime);
        Assert.Equal(
            "Le avisamos de este débito el jueves 20 de febrero de 2020: como máximo $50.00, no antes del jueves 27 de "
                + "febrero de 2020.",
            account.Tell(1, Words.Spanish).Answer[1].Text
        );
    }
}
