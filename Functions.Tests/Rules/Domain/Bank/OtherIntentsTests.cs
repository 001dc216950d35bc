using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R25: what contradicts an attempt flags it, and settles nothing. January, 50.00, is with the bank.</summary>
public sealed class OtherIntentsTests
{
    private static AccountScenario GivenSubmitted() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");

    private static AccountScenario Says(AccountScenario account, Func<IntentReading, IntentReading> change)
    {
        var attempt = account.Debit(1).Living;
        var said = change(account.Intents.Single());
        return account.Do(new RecordIntent(attempt.Debit, attempt.Number, said, null, account.Now));
    }

    private static AccountScenario TwinSays(AccountScenario account, IntentStatus status) =>
        Says(account, it => it with { IntentId = "in-twin", Status = status, Received = it.Amount });

    [Theory]
    [InlineData(IntentStatus.Processing)]
    [InlineData(IntentStatus.Succeeded)]
    public void R25_Another_intent_that_charges_too_flags_the_attempt(IntentStatus status)
    {
        var account = TwinSays(GivenSubmitted(), status).ThenDebit(1, Submitted);
        Assert.Equal(
            $"intent in-twin charges too, the attempt's own is {account.Debit(1).Living.IntentId}",
            account.Debit(1).Discrepancy
        );
    }

    [Theory]
    [InlineData(IntentStatus.Cancelled)]
    [InlineData(IntentStatus.Dead)]
    [InlineData(IntentStatus.Untouched)]
    public void R25_One_that_does_not_charge_says_nothing_of_the_attempt(IntentStatus status) =>
        TwinSays(GivenSubmitted(), status).ThenNothingHappened().ThenDebit(1, Submitted);

    [Fact]
    public void R25_Its_own_intent_over_another_amount_flags_it_and_collects_nothing()
    {
        var other = new Money(5_001);
        var account = Says(
            GivenSubmitted(),
            it => it with { Status = IntentStatus.Succeeded, Amount = other, Received = other }
        );
        Assert.Contains("is for 50.01, the attempt for 50.00", account.Debit(1).Discrepancy!, StringComparison.Ordinal);
        account.ThenDebit(1, Submitted).ThenBill("jan", open: 5_000);
    }
}
