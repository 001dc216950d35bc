namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>What must be true then.</summary>
public sealed partial class AccountScenario
{
    /// <summary>The account's n-th debit, counted from 1.</summary>
    public Debit Debit(int number)
    {
        var id = new DebitId(Ledger.Id, Ledger.Generation, number);
        return Ledger.FindDebit(id) ?? archived.Single(debit => debit.Id == id);
    }

    public Bill Bill(string bill) => Ledger.BillOf(new BillId(bill));

    public AccountScenario ThenDebits(params DebitState[] states)
    {
        Assert.Equal(states, Ledger.Debits.Select(debit => debit.State));
        return this;
    }

    public AccountScenario ThenDebit(int number, DebitState state, string reason = "")
    {
        Assert.Equal(state, Debit(number).State);
        Assert.Contains(reason, Debit(number).Reason, StringComparison.OrdinalIgnoreCase);
        return this;
    }

    public AccountScenario ThenDue(int number, string day)
    {
        Assert.Equal(Day(day), Debit(number).DueDate);
        return this;
    }

    /// <summary>The bills that the debit carries, in any order.</summary>
    public AccountScenario ThenLines(int number, params string[] bills)
    {
        Assert.Equal(
            bills.Order(StringComparer.Ordinal),
            Debit(number).Lines.Select(line => line.Bill.Value).Order(StringComparer.Ordinal)
        );
        return this;
    }

    public AccountScenario ThenHeldBy(int number, params string[] deferrals)
    {
        Assert.Equal(deferrals, Debit(number).HeldBy.Select(deferral => deferral.Value));
        return this;
    }

    public AccountScenario ThenMergedInto(int part, int parent)
    {
        Assert.Equal(DebitState.Merged, Debit(part).State);
        Assert.Equal(Debit(parent).Id, Debit(part).MergedInto);
        return this;
    }

    /// <summary>What the last attempt asks the bank for.</summary>
    public AccountScenario ThenAsked(int number, long cents, int attempt = 1)
    {
        Assert.Equal((attempt, cents), (Debit(number).LastAttempt!.Number, Debit(number).LastAttempt!.Amount.Cents));
        return this;
    }

    public AccountScenario ThenBill(string bill, long open, long paid = 0, long collected = 0)
    {
        var found = Bill(bill);
        Assert.Equal((open, paid, collected), (found.Open.Cents, found.PaidElsewhere.Cents, found.Collected.Cents));
        return this;
    }

    public AccountScenario ThenCredit(long cents)
    {
        Assert.Equal(cents, Ledger.Credit.Cents);
        return this;
    }

    public AccountScenario ThenWarned(int times)
    {
        Assert.Equal(times, Ledger.Warnings.Count);
        return this;
    }

    /// <summary>What the billing system is told of the last step.</summary>
    public AccountScenario ThenReceipts(params Receipt[] told)
    {
        Assert.Equal(told, LastEvents.SelectMany(happened => Receipts.Of(happened, Ledger)));
        return this;
    }

    public AccountScenario ThenNothingHappened()
    {
        Assert.Equal([], LastEvents.Select(happened => happened.GetType().Name));
        return this;
    }

    /// <summary>The next step is refused, and changes nothing.</summary>
    public AccountScenario ThenRefused(string because, Action<AccountScenario> step) =>
        ThenRefused<RefusedException>(because, step);

    public AccountScenario ThenRefused<T>(string because, Action<AccountScenario> step)
        where T : RefusedException
    {
        var before = Ledger;
        var refused = Assert.ThrowsAny<T>(() => step(this));
        Assert.Contains(because, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Same(before, Ledger);
        return this;
    }
}
