using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Why was I charged: debits that the bank was asked for.</summary>
public sealed class CollectedTests
{
    private static AccountScenario GivenJanuary(bool releases = false) =>
        GivenAnAccount(releases: releases).WhenABillIsImported("jan", 9_640, previous: 0);

    [Fact]
    public void A_bill_that_was_collected_whole_is_one_sentence() =>
        GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .ThenTheAnswerIs(
                1,
                "On Wednesday, January 22, 2020 we debited $96.40 from your bank account for your bill due "
                    + "Wednesday, January 22, 2020. Each bill is collected once.",
                "El miércoles 22 de enero de 2020 debitamos $96.40 de su cuenta bancaria por su factura con "
                    + "vencimiento del miércoles 22 de enero de 2020. Cada factura se cobra una sola vez."
            )
            .ThenItGoesOn(1)
            .ThenWhyThisDay(1, Phrase.WhyDueDate);

    [Fact]
    public void Who_pays_by_card_reads_of_a_card_until_it_is_exchanged()
    {
        var card = GivenJanuary()
            .WhenTheAccountsFileSays(now => now with { CardExpires = Day("2021-06-30") })
            .ThenTheAnswerIs(
                1,
                "On Wednesday, January 22, 2020 we will charge $96.40 to your card for your bill due Wednesday, January "
                    + "22, 2020. If you pay before it is sent, we will take less.",
                "El miércoles 22 de enero de 2020 cobraremos $96.40 a su tarjeta por su factura con vencimiento del "
                    + "miércoles 22 de enero de 2020. Si usted paga antes de que se envíe, cobraremos menos."
            )
            .On("2020-01-21")
            .WhenAPaymentIsPosted("P-1", 6_000, received: "2020-01-21")
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .ThenTheAnswerIs(
                1,
                "On Wednesday, January 22, 2020 we charged $36.40 to your card. It is what was left of your bill due "
                    + "Wednesday, January 22, 2020 after you paid $60.00 on Tuesday, January 21, 2020. Each bill is "
                    + "collected once.",
                "El miércoles 22 de enero de 2020 cobramos $36.40 a su tarjeta. Es lo que quedaba de su factura con "
                    + "vencimiento del miércoles 22 de enero de 2020 después de que usted pagó $60.00 el martes 21 de "
                    + "enero de 2020. Cada factura se cobra una sola vez."
            );

        card.WhenTheAccountsFileSays(now => now with { PaymentMethod = "pm_new" });
        Assert.False(card.Explain(1).ByCard);
    }

    [Fact]
    public void What_was_paid_at_the_counter_is_taken_off_and_the_days_of_hold_and_release_are_told()
    {
        var account = GivenJanuary(releases: true)
            .WhenFinanceHolds("jan")
            .On("2020-02-17")
            .WhenAPaymentIsPosted("P-1", 6_000, received: "2020-01-31")
            .On("2020-02-20")
            .WhenFinanceClears()
            .WhenTwoPeopleRelease()
            .WhenTheRunComes("2020-02-20")
            .TheBankSaysYes()
            .ThenTheAnswerIs(
                1,
                "On Thursday, February 20, 2020 we debited $36.40 from your bank account. It is what was left of your "
                    + "bill due Wednesday, January 22, 2020 after you paid $60.00 on Friday, January 31, 2020. Each "
                    + "bill is collected once.",
                "El jueves 20 de febrero de 2020 debitamos $36.40 de su cuenta bancaria. Es lo que quedaba de su "
                    + "factura con vencimiento del miércoles 22 de enero de 2020 después de que usted pagó $60.00 el "
                    + "viernes 31 de enero de 2020. Cada factura se cobra una sola vez."
            )
            .ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld, Phrase.WhyReleasedByAnother);

        var explanation = account.Explain(1);
        var payment = Assert.Single(Assert.Single(explanation.Bills).Payments);
        Assert.Equal(
            (Day("2020-01-13"), Day("2020-02-20"), Day("2020-02-20")),
            (explanation.Days.HeldFrom!.Value, explanation.Days.HeldTo!.Value, explanation.Days.On!.Value)
        );
        Assert.Equal(new ReleaseSum("R-1", "city|bob", null, Day("2020-02-20")), explanation.Release);
        Assert.Equal(
            ("cash", Day("2020-01-31"), Day("2020-02-17"), 6_000L),
            (payment.Channel, payment.ReceivedOn, payment.PostedOn, payment.Cents.Cents)
        );
        Assert.Equal(
            [9_640, -6_000, 3_640, 3_640],
            account.Tell(1, Words.English).Sum.Select(line => line.Cents.Cents)
        );
    }

    [Fact]
    public void What_happens_after_the_debit_was_sent_changes_no_figure_of_it()
    {
        var account = GivenJanuary().WhenTheRunComesFor("jan");
        var before = account.Explain(1).Bills;

        account
            .TheBankSaysYes()
            .On("2020-02-03")
            .WhenABillIsAdjusted("jan", -1_200)
            .WhenABillIsImported("feb", 5_000, previous: 0);

        Assert.Equal((9_640, 9_640), (before[0].Charges.Cents, before[0].Takes.Cents));
        Assert.Equal(before.Select(sum => $"{sum}"), account.Explain(1).Bills.Select(sum => $"{sum}"));
        Assert.Equal([5_000, 1_200, 3_800], Figures(account.Explain(2)));
        account.ThenItGoesOn(2, Phrase.CreditUsed);
    }

    [Fact]
    public void A_payment_that_was_larger_than_its_bill_pays_part_of_the_next_one()
    {
        var account = GivenJanuary()
            .WhenAPaymentIsPosted("P-1", 10_000, bill: "jan")
            .WhenABillIsImported("feb", 5_000, previous: -360)
            .WhenTheRunComesFor("jan")
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes();

        Assert.Equal([5_000, 360, 4_640], Figures(account.Explain(2)));
        Assert.Equal(Phrase.LinePaymentPart, account.Tell(2, Words.English).Sum[1].Code);
        account.ThenTheAnswerIs(
            1,
            "No money was taken: when the debit was due, nothing was left to pay of your bill due Wednesday, January "
                + "22, 2020.",
            "No se cobró nada: cuando correspondía el débito, no quedaba nada por pagar de su factura con "
                + "vencimiento del miércoles 22 de enero de 2020."
        );
        account.ThenItGoesOn(1, Phrase.YouPaid);
    }

    [Fact]
    public void A_previous_balance_that_was_printed_is_not_added_again() =>
        GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", 5_000, previous: 9_640)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .ThenItGoesOn(2, Phrase.PreviousBalanceNotAdded);

    [Fact]
    public void A_merged_bill_is_told_under_its_own_debit_and_under_the_one_that_took_both()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("feb", 3_875, previous: 0)
            .WhenABillIsImported("mar", 4_410)
            .WhenFinanceMerges("feb")
            .WhenTheRunComesFor("mar")
            .TheBankSaysYes()
            .ThenTheAnswerIs(
                1,
                "We did not debit your bill due Wednesday, February 19, 2020 alone: it became part of the debit due "
                    + "Wednesday, March 18, 2020. $38.75 of that debit is for it. Each bill is collected once.",
                "No debitamos su factura con vencimiento del miércoles 19 de febrero de 2020 por separado: pasó a "
                    + "formar parte del débito con vencimiento del miércoles 18 de marzo de 2020. De ese débito, "
                    + "$38.75 corresponden a ella. Cada factura se cobra una sola vez."
            )
            .ThenTheAnswerIs(
                2,
                "On Wednesday, March 18, 2020 we debited $82.85 from your bank account for your bill due Wednesday, "
                    + "February 19, 2020 and your bill due Wednesday, March 18, 2020. Each bill is collected once.",
                "El miércoles 18 de marzo de 2020 debitamos $82.85 de su cuenta bancaria por su factura con "
                    + "vencimiento del miércoles 19 de febrero de 2020 y su factura con vencimiento del miércoles 18 "
                    + "de marzo de 2020. Cada factura se cobra una sola vez."
            )
            .ThenWhyThisDay(2, Phrase.WhyDueDate, Phrase.WhyMerged);

        Assert.Equal((account.Debit(2).Id, 3_875), (account.Explain(1).Whole, account.Explain(1).Amount.Cents));
        Assert.Equal(DebitOutcome.Collected, account.Explain(1).Outcome);
    }

    [Fact]
    public void More_than_two_bills_in_one_debit_are_not_told_as_both() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 1_000, previous: 0)
            .WhenABillIsImported("feb", 2_000)
            .WhenABillIsImported("mar", 3_000)
            .WhenFinanceMerges("jan", "one")
            .WhenFinanceMerges("feb", "two")
            .WhenTheRunComesFor("mar")
            .ThenWhyThisDay(3, Phrase.WhyDueDate, Phrase.WhyMergedMany);

    [Fact]
    public void A_few_cents_are_carried() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 40, previous: 0)
            .WhenABillIsImported("feb", 5_000, previous: 0)
            .WhenTheRunComesFor("jan")
            .ThenTheAnswerIs(
                1,
                "Too little was left of your bill due Wednesday, January 22, 2020 for a debit of its own: it became "
                    + "part of the debit due Wednesday, February 19, 2020. $0.40 of that debit is for it. Each bill is "
                    + "collected once.",
                "Quedaba muy poco de su factura con vencimiento del miércoles 22 de enero de 2020 para un débito "
                    + "propio: pasó a formar parte del débito con vencimiento del miércoles 19 de febrero de 2020. De "
                    + "ese débito, $0.40 corresponden a ella. Cada factura se cobra una sola vez."
            );

    [Fact]
    public void While_the_bank_has_not_answered_we_say_so()
    {
        var account = GivenJanuary().WhenTheRunComesFor("jan");
        Assert.Equal((DebitStory.Asked, DebitOutcome.Unknown), (account.Explain(1).Story, account.Explain(1).Outcome));
        account.ThenTheAnswerIs(
            1,
            "On Wednesday, January 22, 2020 we asked your bank for $96.40 for your bill due Wednesday, January 22, "
                + "2020. The bank has not answered yet. Each bill is collected once.",
            "El miércoles 22 de enero de 2020 le pedimos a su banco $96.40 por su factura con vencimiento del "
                + "miércoles 22 de enero de 2020. El banco todavía no ha respondido. Cada factura se cobra una sola "
                + "vez."
        );

        GivenJanuary()
            .On("2020-01-22")
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenTheConfirmIsLost()
            .ThenTheAnswerIs(
                1,
                "We asked the bank and have no answer yet. We will not ask for the money again until we know. Nothing "
                    + "is needed from you.",
                "Le preguntamos al banco y todavía no tenemos respuesta. No volveremos a pedir el dinero hasta "
                    + "saberlo. Usted no tiene que hacer nada."
            );
    }

    [Fact]
    public void A_no_of_the_bank_is_told_with_the_day_of_the_retry_and_the_retry_with_the_day_of_the_no()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .On("2020-01-27")
            .TheBankSaysNo("R01")
            .ThenTheAnswerIs(
                1,
                "Your bank did not pay $96.40 for your bill due Wednesday, January 22, 2020. On Monday, February 3, "
                    + "2020 we will ask it once more. If you pay before it is sent, we will take less.",
                "Su banco no pagó $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020. El lunes 3 "
                    + "de febrero de 2020 se los pediremos una vez más. Si usted paga antes de que se envíe, "
                    + "cobraremos menos."
            )
            .ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyRetry);
        Assert.Equal(("R01", DebitOutcome.Returned), (account.Explain(1).Code, account.Explain(1).Outcome));

        account.WhenTheRunComes("2020-02-03").TheBankSaysYes().ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyRetry);
        Assert.Equal(DebitStory.Collected, account.Explain(1).Story);
    }

    [Fact]
    public void A_retry_whose_amount_changed_and_a_debit_that_was_never_paid_are_told()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("P-1", 4_000)
            .ThenTheAnswerIs(
                1,
                "Your bank did not pay $96.40 for your bill due Wednesday, January 22, 2020. Before we asked again, "
                    + "the amount changed: what is left is a debit of its own.",
                "Su banco no pagó $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020. Antes de "
                    + "pedirlos otra vez, el monto cambió: lo que queda es un débito aparte."
            );
        Assert.Equal([9_640, 4_000, 5_640], Figures(account.Explain(2)));

        GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R02")
            .ThenTheAnswerIs(
                1,
                "On Wednesday, January 22, 2020 we asked your bank for $96.40 for your bill due Wednesday, January 22, "
                    + "2020, and it did not pay. We will not ask for it again by ourselves: please pay another way, or "
                    + "call us.",
                "El miércoles 22 de enero de 2020 le pedimos a su banco $96.40 por su factura con vencimiento del "
                    + "miércoles 22 de enero de 2020, y no los pagó. No volveremos a pedirlos por nuestra cuenta: "
                    + "pague por otro medio o llámenos."
            );
    }

    [Fact]
    public void What_the_bank_took_back_and_what_we_gave_back_is_told()
    {
        var returned = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-02-03")
            .MoneyComesBack(1, 9_640);
        Assert.Equal(
            (DebitStory.Returned, DebitOutcome.Returned, 9_640L),
            (returned.Explain(1).Story, returned.Explain(1).Outcome, returned.Explain(1).Returned.Cents)
        );
        returned.ThenItGoesOn(1, Phrase.BankTookBack);

        GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .Refunded("r-1", 1_000)
            .ThenItGoesOn(1, Phrase.BeingGivenBack)
            .RefundIs(1, RefundState.Paid)
            .ThenItGoesOn(1, Phrase.GivenBack);
    }

    [Fact]
    public void Who_paid_what_the_bank_was_asked_for_too_is_told_that_it_is_not_lost()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("P-1", 6_000, bill: "jan")
            .ThenItGoesOn(1, Phrase.PaidTwice);

        Assert.Equal(
            "Recibimos su pago de $60.00 cuando el débito ya estaba en el banco. Su dinero no se ha perdido: hoy es un "
                + "saldo a su favor. Usted decide: lo dejamos para su próxima factura o se lo devolvemos.",
            account.Tell(1, Words.Spanish).Answer[^1].Text
        );
        Assert.Equal(
            "This customer paid $60.00 on Wednesday, January 22, 2020 while the bank was already being asked for the "
                + "same bill. The $60.00 is not lost: it is credit on the account. Ask: keep it for the next bill, or "
                + "give it back?",
            Assert.Single(account.Tell(1, Words.English).ForTheClerk).Text
        );
    }

    [Fact]
    public void Whose_payment_was_entered_after_the_debit_left_is_not_told_that_it_came_too_late()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .On("2020-02-17")
            .WhenAPaymentIsPosted("P-1", 6_000, bill: "jan", received: "2020-01-20")
            .ThenItGoesOn(1, Phrase.EnteredLate);

        Assert.StartsWith(
            "You paid $60.00 on Monday, January 20, 2020. We entered it on Monday, February 17, 2020, when the debit "
                + "was already at the bank.",
            account.Tell(1, Words.English).Answer[^1].Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Este cliente pagó $60.00 el lunes 20 de enero de 2020. Se registró el lunes 17 de febrero de 2020,",
            Assert.Single(account.Tell(1, Words.Spanish).ForTheClerk).Text,
            StringComparison.Ordinal
        );
    }

    /// <summary>Of the debit's one bill: charges, what was paid of it, what is taken.</summary>
    private static long[] Figures(Explanation explanation)
    {
        var sum = Assert.Single(explanation.Bills);
        return [sum.Charges.Cents, sum.Payments.Sum(payment => payment.Cents).Cents, sum.Takes.Cents];
    }
}
