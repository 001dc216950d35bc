using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>Another payer (R34): the next tenant's bank account was debited for the old tenant's bill.</summary>
public sealed class R34TenantCaseTests
{
    [Theory]
    [InlineData("tenant", "A1", 100_00)]
    [InlineData("03-next-tenant-pays-the-old-tenants-bill", "TEN1", 96_40)]
    public async Task R34_The_new_payer_is_not_debited_for_the_old_one_s_bill(string name, string account, long cents)
    {
        using var drill = CaseDrill.Of(name);
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits(account));
        Assert.Equal((0, 0, cents, 1), played.Money());
        Assert.Empty(played.Asked());
        Assert.StartsWith(
            "the payer changed",
            Assert.Single(played.LedgerOf(account).Debits).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task R34_The_new_payer_s_own_bill_is_debited_from_the_new_payer()
    {
        using var drill = CaseDrill
            .Of("tenant")
            .Import(
                "2020-03-05T08:00",
                ImportKind.Bills,
                "B2,A1,1,2020-03-04,2020-03-18,2020-03-25,30.00,100.00,130.00"
            );
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_TENANT2", 30_00)], played.Asked());
        Assert.Equal([("NeedsReview", 0, null), ("Collected", 30_00, "2020-03-18")], played.Debits());
    }

    [Fact]
    public async Task R34_The_former_payer_s_credit_does_not_pay_the_new_one_s_bill_and_is_on_the_refund_list()
    {
        using var drill = CaseDrill
            .Of("tenant")
            .Import("2020-01-25T08:00", ImportKind.Payments, "P1,A1,140.00,check,D1,2020-01-24,")
            .Import("2020-03-05T08:00", ImportKind.Bills, "B2,A1,1,2020-03-04,2020-03-18,2020-03-25,30.00,0.00,30.00");
        var played = await drill.PlayAsync();
        Assert.Equal((30_00, 100_00, 0, 0), played.Money());
        Assert.Equal(
            (40_00, 40_00),
            (played.Of("A1").CreditCents, played.LedgerOf("A1").RefundList().Sum(funds => funds.Left.Cents))
        );
    }

    [Fact]
    public async Task R34_A_retry_of_the_old_payer_s_bill_is_not_sent_to_the_new_one()
    {
        using var drill = CaseDrill
            .Of("tenant")
            .Without("defer")
            .Without("clear")
            .Move("a2.csv", "2020-01-29T08:00")
            .Change("a.csv", "pm_good_A1", "pm_usBankAccount_insufficientFunds");
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_A1", 100_00)], played.Asked());
        Assert.Equal((0, 0, 100_00, 1), played.Money());
    }

    [Fact]
    public async Task R34_Another_bank_account_of_the_same_customer_is_used_at_once()
    {
        using var drill = CaseDrill.Of("tenant").Change("a2.csv", "cus_TENANT2", "cus_A1");
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_A1", 100_00)], played.Asked());
        Assert.Equal([("Collected", 100_00, "2020-02-20")], played.Debits());
    }
}
