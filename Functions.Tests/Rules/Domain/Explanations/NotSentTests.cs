using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Why am I going to be charged, or why not: debits that the bank was not asked for.</summary>
public sealed class NotSentTests
{
    private static AccountScenario GivenJanuary(bool releases = false, long cents = 9_640) =>
        GivenAnAccount(releases: releases).WhenABillIsImported("jan", cents, previous: 0);

    public static TheoryData<DebitStory, string, string> Stories { get; } =
        new()
        {
            {
                DebitStory.ToCome,
                "On Wednesday, January 22, 2020 we will debit $96.40 from your bank account for your bill due "
                    + "Wednesday, January 22, 2020. If you pay before it is sent, we will take less.",
                "El miércoles 22 de enero de 2020 debitaremos $96.40 de su cuenta bancaria por su factura con "
                    + "vencimiento del miércoles 22 de enero de 2020. Si usted paga antes de que se envíe, cobraremos "
                    + "menos."
            },
            {
                DebitStory.Held,
                "A debit of $96.40 for your bill due Wednesday, January 22, 2020 is on hold. No money is being taken "
                    + "for it now. We will take only what is still unpaid, after every payment made meanwhile has been "
                    + "entered.",
                "Un débito de $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020 está en pausa. "
                    + "Por ahora no se cobra nada por él. Solo cobraremos lo que falte por pagar, una vez registrados "
                    + "todos los pagos hechos mientras tanto."
            },
            {
                DebitStory.WaitsForRelease,
                "A debit of $96.40 for your bill due Wednesday, January 22, 2020 waits until two people of the city "
                    + "have approved it. No money is being taken for it now.",
                "Un débito de $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020 queda pendiente "
                    + "hasta que "
                    + "dos personas de la ciudad lo hayan aprobado. Por ahora no se cobra nada por él."
            },
            {
                DebitStory.InReview,
                "A person of the city is looking at this debit of $96.40 for your bill due Wednesday, January 22, "
                    + "2020. No money is taken before that person has decided.",
                "Una persona de la ciudad está revisando este débito de $96.40 por su factura con vencimiento del "
                    + "miércoles 22 de enero de 2020. No se cobra nada antes de que esa persona decida."
            },
            {
                DebitStory.Suspended,
                "Automatic payments of your account are suspended. A debit of $96.40 for your bill due Wednesday, "
                    + "January 22, 2020 waits, and no money is being taken for it now.",
                "Los pagos automáticos de su cuenta están suspendidos. Un débito de $96.40 por su factura con "
                    + "vencimiento del miércoles 22 de enero de 2020 queda pendiente, y por ahora no se cobra nada por "
                    + "él."
            },
            {
                DebitStory.NoNextBill,
                "A debit of $96.40 for your bill due Wednesday, January 22, 2020 waits for your next bill, so that "
                    + "both are taken together.",
                "Un débito de $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020 queda "
                    + "pendiente hasta su próxima factura, para cobrar las dos juntas."
            },
            {
                DebitStory.Halted,
                "No automatic payments are being taken right now. A debit of $96.40 for your bill due Wednesday, "
                    + "January 22, 2020 waits until they go on.",
                "En este momento no se cobra ningún pago automático. Un débito de $96.40 por su factura con "
                    + "vencimiento del miércoles 22 de enero de 2020 queda pendiente hasta que se reanuden."
            },
            {
                DebitStory.TooLittle,
                "$0.40 is left of your bill due Wednesday, January 22, 2020. That is too little for a debit of its "
                    + "own: it is taken with your next bill.",
                "Quedan $0.40 de su factura con vencimiento del miércoles 22 de enero de 2020. Es muy poco para un "
                    + "débito propio: se cobra con su próxima factura."
            },
            {
                DebitStory.PaidUp,
                "Nothing is left to pay of your bill due Wednesday, January 22, 2020, so no money will be taken for "
                    + "it.",
                "No queda nada por pagar de su factura con vencimiento del miércoles 22 de enero de 2020, así que no "
                    + "se cobrará nada por ella."
            },
            {
                DebitStory.BeingSent,
                "We are asking your bank for $96.40 for your bill due Wednesday, January 22, 2020. Each bill is "
                    + "collected once.",
                "Le estamos pidiendo a su banco $96.40 por su factura con vencimiento del miércoles 22 de enero de "
                    + "2020. Cada factura se cobra una sola vez."
            },
            {
                DebitStory.Declined,
                "We asked for $96.40 for your bill due Wednesday, January 22, 2020, and the payment was declined. No "
                    + "money was taken. Please pay another way, or call us.",
                "Pedimos $96.40 por su factura con vencimiento del miércoles 22 de enero de 2020, y el pago fue "
                    + "rechazado. No se cobró nada. Pague por otro medio o llámenos."
            },
            {
                DebitStory.AutopayOff,
                "No money was taken for your bill due Wednesday, January 22, 2020: automatic payments were switched "
                    + "off.",
                "No se cobró nada por su factura con vencimiento del miércoles 22 de enero de 2020: los pagos "
                    + "automáticos fueron desactivados."
            },
            {
                DebitStory.LeftOut,
                "No money was taken: every bill of this debit was taken out of it.",
                "No se cobró nada: todas las facturas de este débito se retiraron de él."
            },
            {
                DebitStory.Cancelled,
                "No money was taken by this debit for your bill due Wednesday, January 22, 2020: a person of the city "
                    + "has cancelled it.",
                "No se cobró nada con este débito por su factura con vencimiento del miércoles 22 de enero de 2020: "
                    + "una persona de la ciudad lo canceló."
            },
        };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Each_story_has_its_answer_in_both_languages(DebitStory story, string english, string spanish)
    {
        var account = Given(story);

        Assert.Equal(story, account.Explain(1).Story);
        account.ThenTheAnswerIs(1, english, spanish);
    }

    private static AccountScenario Given(DebitStory story) =>
        story switch
        {
            DebitStory.ToCome => GivenJanuary(),
            DebitStory.Held => GivenJanuary().WhenFinanceHolds("jan"),
            DebitStory.WaitsForRelease => GivenJanuary(releases: true).WhenFinanceHolds("jan").WhenFinanceClears(),
            DebitStory.InReview => GivenAnAccount(cap: 5_000)
                .WhenABillIsImported("jan", 9_640, previous: 0)
                .WhenTheRunComesFor("jan"),
            DebitStory.Suspended => GivenJanuary().WhenAPersonSuspends(),
            DebitStory.NoNextBill => GivenJanuary().WhenFinanceMerges("jan"),
            DebitStory.Halted => GivenJanuary().WhenFinanceHalts(),
            DebitStory.TooLittle => GivenJanuary(cents: 40),
            DebitStory.PaidUp => GivenJanuary().WhenAPaymentIsPosted("P-1", 9_640),
            DebitStory.BeingSent => GivenJanuary().On(Due["jan"]).WhenEvaluated(),
            DebitStory.Declined => GivenJanuary().WhenTheRunComesFor("jan").TheBankSays(IntentStatus.RequiresAction),
            DebitStory.AutopayOff => GivenJanuary().WhenAutopayGoesOff(),
            DebitStory.LeftOut => GivenJanuary().WhenABillIsSkipped("jan"),
            DebitStory.Cancelled => Given(DebitStory.InReview).WhenAPersonCancels(1),
            _ => throw new InvalidOperationException($"{story} is told elsewhere."),
        };

    [Fact]
    public void A_due_date_that_is_no_banking_day_is_told_with_the_next_one()
    {
        // Washington's Birthday.
        var account = GivenAnAccount().WhenABillIsImported("b", 5_000, due: "2020-02-17", previous: 0);

        Assert.Equal(
            "The due date, Monday, February 17, 2020, is not a banking day: the next one is Tuesday, February 18, "
                + "2020.",
            Assert.Single(account.Tell(1, Words.English).WhyThisDay).Text
        );
        Assert.Equal(Day("2020-02-18"), account.Explain(1).Days.On);
    }

    [Fact]
    public void A_debit_that_missed_its_day_is_told_with_the_day_on_which_it_leaves()
    {
        var account = GivenJanuary().WhenFinanceHalts().On("2020-01-24", "09:00").WhenFinanceResumes();

        Assert.Equal(Day("2020-01-24"), account.WhenTheRunComes("2020-01-24", "09:00").Explain(1).Days.On);
        account.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyLater);
    }

    [Fact]
    public void A_debit_that_missed_its_day_and_has_not_left_is_not_told_as_sent()
    {
        // A Saturday.
        var account = GivenJanuary().WhenFinanceHalts().On("2020-01-25", "09:00").WhenFinanceResumes();

        Assert.Equal(
            "It could not be sent on its due date, Wednesday, January 22, 2020. The first day on which it can be is "
                + "Monday, January 27, 2020.",
            account.Tell(1, Words.English).WhyThisDay[^1].Text
        );
    }

    [Fact]
    public void A_held_debit_tells_since_when_and_one_that_a_person_approved_when() =>
        GivenAnAccount(cap: 5_000)
            .WhenABillIsImported("jan", 9_640, previous: 0)
            .WhenFinanceHolds("jan")
            .ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeldStill)
            .WhenFinanceClears()
            .WhenTheRunComesFor("jan")
            .WhenAPersonApproves(1)
            .ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld, Phrase.WhyReviewed);

    [Fact]
    public void A_hold_that_was_declared_since_the_account_was_looked_at_counts_already()
    {
        var account = GivenJanuary();
        var held = account.Controls.Change(
            new DeferralDeclared(
                new DeferralId("outage"),
                [new CycleNumber(1)],
                Day(Due["jan"]),
                Day(Due["jan"]),
                DeferralAction.Hold,
                null
            ),
            new Authority("finance", "outage", account.Now.Utc)
        );

        var told = Explain.Debit(account.Debit(1).Id, account.Past, held, City, account.Now)!;

        Assert.Equal((DebitStory.Held, (DateOnly?)null), (told.Story, told.Days.On));
    }

    [Fact]
    public void A_bill_that_was_taken_out_of_a_merged_debit_is_named()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("feb", 7_990, previous: 0)
            .WhenABillIsImported("mar", 8_105, previous: 0)
            .WhenFinanceMerges("feb")
            .WhenABillIsSkipped("feb")
            .ThenItGoesOn(2, Phrase.TakenOut);

        Assert.Equal(8_105, account.Explain(2).Amount.Cents);
        Assert.Equal([new TakenOut(new BillId("feb"), Day(Due["feb"]))], account.Explain(2).TakenOut);
    }

    [Fact]
    public void A_debit_that_the_account_never_had_has_no_explanation() =>
        Assert.Null(
            Explain.Debit(
                new DebitId(new AccountId("10-0001"), 1, 7),
                GivenJanuary().Past,
                new Controls(),
                City,
                At("2020-01-22", "06:00")
            )
        );

    [Fact]
    public void Without_a_whole_history_what_the_books_cannot_account_for_is_shown_and_not_hidden()
    {
        var account = GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysYes();
        var told = Explain.Debit(
            account.Debit(1).Id,
            account.Past with
            {
                History = [],
            },
            account.Controls,
            City,
            account.Now
        )!;

        Assert.Equal((9_640, -9_640), (told.Amount.Cents, Assert.Single(told.Bills).Difference.Cents));
    }
}
