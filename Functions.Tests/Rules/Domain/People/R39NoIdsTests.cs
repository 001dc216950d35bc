using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R39: the provider's ids may be unknown while autopay is off.</summary>
public sealed class R39NoIdsTests
{
    private static Enrolment WithoutIds(Enrolment enrolment) =>
        enrolment with
        {
            Autopay = false,
            Customer = "",
            PaymentMethod = "",
            Mandate = null,
        };

    private static AccountScenario GivenNoIds() => GivenAnAccount(autopay: false).WhenTheAccountsFileSays(WithoutIds);

    [Fact]
    public void R39_Autopay_cannot_be_switched_on_without_ids() =>
        GivenNoIds()
            .WhenABillIsImported("jan", 5_000)
            .ThenRefused("it has no provider customer or payment method yet", it => it.WhenAutopayGoesOn())
            .ThenDebits()
            .WhenTheAccountsFileSays(it => it with { Customer = "cus_1", PaymentMethod = "pm_1" })
            .WhenAutopayGoesOn()
            .ThenDebits(Scheduled);

    [Fact]
    public void R39_A_customer_or_a_payment_method_alone_is_not_enough() =>
        GivenNoIds()
            .WhenTheAccountsFileSays(it => it with { Customer = "cus_1" })
            .ThenRefused("payment method", it => it.WhenAutopayGoesOn());

    [Fact]
    public void R39_Autopay_can_be_switched_off_without_ids() =>
        GivenNoIds().WhenAutopayGoesOff().ThenAutopayIs(on: false);

    [Fact]
    public void R39_A_row_with_autopay_on_and_ids_switches_on() =>
        GivenNoIds()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(it => it with { Autopay = true, Customer = "cus_1", PaymentMethod = "pm_1" })
            .ThenDebits(Scheduled);

    [Fact]
    public void R34_R39_From_no_customer_to_one_and_back_is_no_change_of_payer()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(WithoutIds)
            .WhenTheAccountsFileSays(it => it with { Autopay = true, Customer = "cus_1", PaymentMethod = "pm_1" })
            .ThenDebits(Cancelled, Scheduled);
        Assert.Empty(account.Ledger.FormerPayers);
    }

    [Fact]
    public void R34_R39_Another_customer_after_none_is_a_change_of_payer()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(WithoutIds)
            .WhenTheAccountsFileSays(it => it with { Autopay = true, Customer = "cus_2", PaymentMethod = "pm_2" });
        Assert.Equal(["cus_1"], account.Ledger.FormerPayers.Select(former => former.Customer));
    }

    [Theory]
    [InlineData("pm_1", true)]
    [InlineData("pm_2", false)]
    public void R19_R39_The_old_payment_method_that_comes_back_lifts_no_suspension(string method, bool suspended)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R02")
            .WhenTheAccountsFileSays(WithoutIds);
        Assert.NotNull(account.Ledger.Suspension);
        account.WhenTheAccountsFileSays(it => it with { Autopay = true, Customer = "cus_1", PaymentMethod = method });
        Assert.Equal(suspended, account.Ledger.Suspension is not null);
    }

    // The file says "off" as it always did; a person has switched on since, and that stands (R23).
    [Fact]
    public void R23_R39_A_row_without_ids_takes_none_away_while_a_person_wants_autopay_on()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenAutopayGoesOn()
            .WhenTheAccountsFileSays(it => WithoutIds(it) with { ServiceArea = "east" })
            .ThenDebits(Scheduled)
            .ThenAutopayIs(on: true);
        Assert.Equal(
            ("east", "cus_1", "pm_1"),
            (
                account.Ledger.Enrolment!.ServiceArea,
                account.Ledger.Enrolment.Customer,
                account.Ledger.Enrolment.PaymentMethod
            )
        );
    }

    [Fact]
    public void Of_what_a_file_has_no_column_for_everything_stays()
    {
        var account = GivenAnAccount(cap: 9_000)
            .WhenTheAccountsFileSays(it => it with { Mandate = "mandate_1", Email = "pat@example.org" });
        var known = account.Ledger.Enrolment!;
        account
            .WhenAFileWithFewColumnsSays(
                new Enrolment
                {
                    Cycle = known.Cycle,
                    Autopay = true,
                    Customer = "",
                    PaymentMethod = "",
                }
            )
            .ThenNothingHappened();
        account.WhenAFileWithFewColumnsSays(
            new Enrolment
            {
                Cycle = new(2),
                Autopay = true,
                Customer = "",
                PaymentMethod = "",
            }
        );
        Assert.Equal(known with { Cycle = new(2) }, account.Ledger.Enrolment);
    }

    [Fact]
    public void A_mandate_does_not_stay_with_another_payment_method()
    {
        var account = GivenAnAccount().WhenTheAccountsFileSays(it => it with { Mandate = "mandate_1" });
        account.WhenAFileWithFewColumnsSays(
            account.Ledger.Enrolment! with
            {
                PaymentMethod = "pm_2",
                Mandate = null,
            },
            EnrolmentParts.Mandate
        );
        Assert.Equal(("pm_2", null), (account.Ledger.Enrolment!.PaymentMethod, account.Ledger.Enrolment.Mandate));
    }

    [Fact]
    public void R39_Nor_is_a_payment_method_of_nobody() =>
        GivenNoIds()
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_1" })
            .ThenRefused("provider customer", it => it.WhenAutopayGoesOn());

    [Fact]
    public void R39_A_file_with_few_columns_opens_an_account_too()
    {
        var said = WithoutIds(GivenAnAccount().Ledger.Enrolment!);
        var opened = LedgerDecider.Decide(
            new Enrol(said, At("2020-01-13", "08:00")) { Unsaid = EnrolmentParts.Customer | EnrolmentParts.Mandate },
            AccountLedger.Open(new AccountId("10-0002")),
            new Controls()
        );
        Assert.Equal(said, Assert.IsType<AccountEnrolled>(Assert.Single(opened)).Enrolment);
    }

    [Theory]
    [InlineData(EnrolmentParts.ServiceArea)]
    [InlineData(EnrolmentParts.Customer)]
    [InlineData(EnrolmentParts.PaymentMethod)]
    [InlineData(EnrolmentParts.MaxDebit)]
    [InlineData(EnrolmentParts.Email)]
    public void R39_What_a_file_has_no_column_for_stays_and_the_rest_is_new(EnrolmentParts unsaid)
    {
        static object?[] Parts(Enrolment of) => [of.ServiceArea, of.Customer, of.PaymentMethod, of.MaxDebit, of.Email];
        var before = GivenAnAccount(cap: 9_000).WhenTheAccountsFileSays(it => it with { Email = "a@b.org" });
        var said = before.Ledger.Enrolment! with
        {
            ServiceArea = "west",
            Customer = "cus_2",
            PaymentMethod = "pm_2",
            MaxDebit = new Money(100),
            Email = "c@d.org",
        };
        var kept = Parts(before.Ledger.Enrolment!);

        var now = Parts(before.WhenAFileWithFewColumnsSays(said, unsaid).Ledger.Enrolment!);

        Assert.Equal(1, now.Zip(kept).Count(pair => Equals(pair.First, pair.Second)));
        Assert.Equal(4, now.Zip(Parts(said)).Count(pair => Equals(pair.First, pair.Second)));
    }
}
