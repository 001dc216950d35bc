namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>What finance and the customer ask for.</summary>
public sealed partial class AccountScenario
{
    public AccountScenario WhenFinanceDeclaresAHold(string id, string from, string to, params int[] cycles) =>
        Declare(id, DeferralAction.Hold, from, to, cycles);

    public AccountScenario WhenFinanceDeclaresAMerge(string id, string from, string to, params int[] cycles) =>
        Declare(id, DeferralAction.Merge, from, to, cycles);

    /// <summary>A hold on, or a merge of, the bills due on this one's due date.</summary>
    public AccountScenario WhenFinanceHolds(string bill, string id = "outage") =>
        WhenFinanceDeclaresAHold(id, Due[bill], Due[bill]);

    public AccountScenario WhenFinanceMerges(string bill, string id = "late-bills") =>
        WhenFinanceDeclaresAMerge(id, Due[bill], Due[bill]);

    public AccountScenario WhenFinanceWithdraws(string id) => Change(new DeferralWithdrawn(new DeferralId(id)));

    public AccountScenario WhenFinanceClears(params int[] cycles) =>
        Change(new BacklogCleared(Numbers(cycles), new Dictionary<string, DateOnly>()));

    public AccountScenario WhenFinanceReopens(params int[] cycles) => Change(new BacklogReopened(Numbers(cycles)));

    public AccountScenario WhenFinanceHalts() => Change(new ChargingHalted());

    public AccountScenario WhenFinanceResumes() => Change(new ChargingResumed());

    public AccountScenario WhenABillIsSkipped(string bill) =>
        Do(new SkipBill(new BillId(bill), "the customer asked", Now));

    public AccountScenario WhenABillIsRearmed(string bill) =>
        Do(new RearmBill(new BillId(bill), "the customer asked", Now));

    public AccountScenario WhenAutopayGoesOff() => Do(new SwitchAutopay(On: false, "the customer asked", Now));

    public AccountScenario WhenAutopayGoesOn() => Do(new SwitchAutopay(On: true, "the customer asked", Now));

    public AccountScenario WhenAPersonSuspends() => Do(new SuspendAccount("the customer moved", Now));

    public AccountScenario WhenAPersonLiftsTheSuspension() => Do(new LiftSuspension("looked at", Now));

    public AccountScenario WhenAPersonApproves(int debit) =>
        Do(new ApproveDebit(Debit(debit).Id, "agreed by phone", Now));

    public AccountScenario WhenAPersonCancels(int debit) =>
        Do(new CancelDebit(Debit(debit).Id, "paid at the counter", Now));

    private AccountScenario Declare(string id, DeferralAction action, string from, string to, int[] cycles) =>
        Change(
            new DeferralDeclared(new DeferralId(id), Numbers(cycles), Day(from), Day(to), action, ExpectedClearBy: null)
        );

    private CycleNumber[] Numbers(int[] cycles) =>
        [.. (cycles.Length == 0 ? [Cycle] : cycles).Select(cycle => new CycleNumber(cycle))];

    /// <summary>Part of the first debit goes back to the customer.</summary>
    public AccountScenario Refunded(string id, long cents, RefundKind kind = RefundKind.Refund) =>
        Do(new RequestRefund(Debit(1).Id, id, kind, new Money(cents), "billed wrongly", Now));

    /// <summary>The whole of the first debit is taken back.</summary>
    public AccountScenario Reversed(string id) =>
        Do(new RequestRefund(Debit(1).Id, id, RefundKind.Reversal, Amount: null, "charged by mistake", Now));

    /// <summary>What the provider's list says of a refund of the first debit.</summary>
    public AccountScenario RefundIs(int number, RefundState state)
    {
        var refund = Debit(1).RefundOf(number);
        var intent = Debit(1).Attempted.Intent;
        return Do(
            new RecordRefunds(
                Debit(1).Id,
                [new RefundReading($"re-{number}", intent, refund.Amount, state, number, Debit(1).Id.Value)],
                Now
            )
        );
    }

    public AccountScenario RefundFails(int number) =>
        Do(new FailRefund(Debit(1).Id, number, "the bank account is closed", Now));
}
