using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42, R43: what may be the same bill again, and what finance has to say first, is nobody's debt.</summary>
public sealed class R42LookAlikeTests
{
    // January came twice, and the first one was paid in time. Due Jan 22, penalty date Jan 29.
    private static AccountScenario GivenItCameTwice(bool autopay = true) =>
        GivenAnAccount(autopay: autopay)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenABillIsImported("jan-again", 5_000, due: Due["jan"], previous: 0);

    private static AccountScenario ThenItIsTheCitys(AccountScenario account) =>
        account
            .ThenPenalty("jan-again", "2020-06-01", CityHolds)
            .ThenTheCity("jan-again", "2020-06-01", CityActionKind.Review)
            .ThenDisconnect("2020-06-01", DisconnectVerdict.CityHolds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R42_A_look_alike_has_no_penalty_and_ends_nobodys_service_with_autopay_or_without(bool autopay)
    {
        var account = ThenItIsTheCitys(GivenItCameTwice(autopay));
        Assert.Equal(
            "Not the customer's doing: nobody has told them apart: it looks like bill jan under another number: 50.00 "
                + "due 2020-01-22",
            account.Penalty("jan-again", "2020-06-01").Reason
        );
    }

    [Fact]
    public void R42_It_stays_so_when_finance_has_left_it_out_or_cancelled_it_or_autopay_goes_off()
    {
        ThenItIsTheCitys(GivenItCameTwice().WhenABillIsSkipped("jan-again"));
        ThenItIsTheCitys(GivenItCameTwice(autopay: false).WhenABillIsSkipped("jan-again"));
        ThenItIsTheCitys(GivenItCameTwice().WhenAPersonCancels(2));
        ThenItIsTheCitys(GivenItCameTwice().WhenAutopayGoesOff());
    }

    [Fact]
    public void R42_Told_apart_it_is_a_bill_of_its_own_whose_grace_counts_from_that_day()
    {
        GivenItCameTwice(autopay: false)
            .On("2020-02-10")
            .WhenABillIsRearmed("jan-again")
            .ThenPenalty("jan-again", "2020-02-17", NotYet, "2020-02-18")
            .ThenPenalty("jan-again", "2020-02-18", Assess, "2020-02-18")
            .ThenDisconnect("2020-02-25", DisconnectVerdict.May, "2020-02-25");
        GivenItCameTwice()
            .On("2020-02-10")
            .WhenAPersonApproves(2)
            .WhenAutopayGoesOff()
            .ThenPenalty("jan-again", "2020-02-17", NotYet, "2020-02-18");
    }

    [Fact]
    public void R42_Whoever_skips_another_bill_owes_it_all_the_same() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");

    [Fact]
    public void R42_While_finance_has_not_said_which_payment_holds_nothing_is_assessed()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000, "jan");
        var other = account.Ledger.Funds[0] with { Amount = new Money(5_000), Applied = [] };
        account
            .Do(new PostBackPayment(other, account.Now) { Source = "second" })
            .ThenPenalty("jan", "2020-02-20", CityHolds)
            .ThenTheCity("jan", "2020-02-20", CityActionKind.Finance)
            .ThenDisconnect("2020-02-20", DisconnectVerdict.CityHolds);
        Assert.Contains(
            "payment p came again with other content",
            account.Penalty("jan", "2020-02-20").Reason,
            StringComparison.OrdinalIgnoreCase
        );
        account
            .Do(new KeepStored(CorrectedItem.Payment, "p", "one receipt", account.Now))
            .ThenPenalty("jan", "2020-02-20", Assess, "2020-01-30");
    }

    [Fact]
    public void R42_A_correction_of_another_bill_says_nothing_of_this_one()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 4_000);
        account
            .Do(new ImportBill(account.NewBill("feb", 4_500), account.Now) { Source = "second" })
            .ThenPenalty("jan", "2020-03-20", Assess, "2020-01-30")
            .ThenTheCity("feb", "2020-03-20", CityActionKind.Finance);
    }
}
