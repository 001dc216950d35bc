using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>
/// F50 and R45: the backup is older than the split. January (50.00) is merged into February (60.01), debit 2; the
/// provider has its first part.
/// </summary>
public sealed class AdoptedPartsTests
{
    private static AccountScenario Restored(string on, long cap = 7_000) =>
        GivenAnAccount(cap: cap, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On(on, "05:00");

    private static AccountScenario Adopts(
        AccountScenario account,
        int debit,
        long cents,
        string on,
        IntentStatus status = IntentStatus.Succeeded
    )
    {
        var id = new DebitId(account.Ledger.Id, 1, debit);
        var intent = new IntentReading
        {
            IntentId = $"in-{debit}",
            Status = status,
            Amount = new Money(cents),
            Received = status == IntentStatus.Succeeded ? new Money(cents) : Money.Zero,
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            CreatedAt = At(on, "06:00").Utc,
            AccountId = account.Ledger.Id.Value,
            DebitId = id.Value,
            AttemptNumber = 1,
        };
        var money = new Funds
        {
            Id = new PaymentId(intent.IntentId),
            Source = FundsSource.Recovered,
            Amount = intent.KeptByUs,
            Channel = "autopay",
            ReceivedOn = Day(on),
            PostedOn = account.Now.Today,
        };
        var known = account.Ledger.FindDebit(id) is not null ? account.GivenAnIntent(intent) : account;
        return known.Do(new AdoptIntent(id, 1, intent, money, account.Now));
    }

    [Theory]
    [InlineData(IntentStatus.Succeeded, Collected)]
    [InlineData(IntentStatus.Processing, Submitted)]
    public void What_asked_for_the_first_part_is_that_and_the_others_keep_their_days(
        IntentStatus status,
        DebitState state
    )
    {
        var account = Adopts(Restored("2020-02-20"), 2, 5_501, "2020-02-19", status)
            .ThenDebits(Merged, state, Scheduled)
            .ThenLines(3, "feb:part-2")
            .ThenDue(3, "2020-03-18");
        account.WhenTheRunComes("2020-02-20").ThenDebit(3, Scheduled).WhenTheRunComes("2020-03-18").ThenAsked(3, 5_500);
    }

    [Fact]
    public void After_any_other_amount_of_a_merged_debit_the_rest_waits_for_a_person()
    {
        var account = Adopts(Restored("2020-02-20"), 2, 5_000, "2020-02-19").WhenTheRunComes("2020-02-20");
        account.ThenDebits(Merged, Cancelled).ThenBill("feb", open: 6_001).ThenBill("jan", open: 0, paid: 5_000);
        Assert.Contains("in parts", account.Bill("feb").Blocked!.Reason, StringComparison.Ordinal);
        Assert.Single(account.Ledger.Worklist());
    }

    [Fact]
    public void A_later_part_that_the_books_have_forgotten_keeps_the_next_one_at_a_distance()
    {
        var account = Adopts(Restored("2020-03-20", cap: 4_000), 2, 3_667, "2020-02-19");
        Adopts(account, 9, 3_667, "2020-03-18").WhenTheRunComes("2020-03-20");
        account.ThenDebit(3, Scheduled).ThenDue(3, "2020-04-15").WhenTheRunComes("2020-04-15").ThenAsked(3, 3_667);
        Assert.Equal(3_667, account.Ledger.Funds.Sum(funds => funds.Amount).Cents);
    }

    [Fact]
    public void A_forgotten_part_whose_money_paid_another_bill_too_keeps_the_next_one_at_a_distance()
    {
        var account = Adopts(Restored("2020-03-20", cap: 4_000), 2, 3_667, "2020-02-19");
        account.WhenABillIsImported("old", 500, "2020-01-15").WhenABillIsSkipped("old");
        Adopts(account, 9, 3_667, "2020-03-18").ThenBill("old", open: 0, paid: 500).WhenTheRunComes("2020-03-20");
        account.ThenDebit(3, Scheduled).ThenDue(3, "2020-04-15");
    }

    [Fact]
    public void When_the_money_of_a_forgotten_part_comes_back_the_others_wait_for_finance()
    {
        var account = Adopts(Restored("2020-03-20", cap: 4_000), 2, 3_667, "2020-02-19");
        Adopts(account, 9, 3_667, "2020-03-18").ThenBill("feb:part-3", open: 0, paid: 3_667);
        var intent = new IntentReading
        {
            IntentId = "in-9",
            Status = IntentStatus.Succeeded,
            Amount = new Money(3_667),
            Received = new Money(3_667),
            ReturnedCents = new Money(3_667),
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            CreatedAt = account.Now.Utc,
        };
        account.Do(new RecordRecovered(intent, account.Now)).ThenBill("feb:part-3", open: 3_667);
        Assert.NotNull(account.Bill("feb:part-2").Blocked);
        Assert.NotNull(account.Bill("feb:part-3").Blocked);
    }
}
