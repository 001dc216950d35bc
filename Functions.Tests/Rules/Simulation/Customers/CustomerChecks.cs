using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// The state that lasts, as customers and finance see it: nobody paid too much unseen, nobody pays for another, no row
/// and no cent is forgotten.
/// </summary>
internal sealed class CustomerChecks
{
    private readonly SimWorld world;
    private readonly Dictionary<string, IntentReading> intents;
    private readonly WorkListView list;
    private readonly Clerk clerk;

    public CustomerChecks(SimWorld world, Clerk clerk)
    {
        (this.world, this.clerk, list) = (world, clerk, new WorkListView(world));
        intents = world.Bank.Story.Intents.ToDictionary(intent => intent.IntentId);
    }

    public void Run()
    {
        CheckBillsAreOfOneAccount();
        foreach (var ledger in world.Ledgers.Ledgers)
        {
            CheckAccountPaidWhatItOwes(ledger);
            CheckBillsPaidTwiceAreListed(ledger);
            CheckCreditIsInUse(ledger);
            CheckNothingPaysTheSameAgain(ledger);
        }

        new SeenChecks(world, list).Run();
        new RowChecks(world, clerk).Run();
    }

    // R29. What a person has moved may have been collected here before it was moved, and is given back here.
    private void CheckBillsAreOfOneAccount()
    {
        var collected =
            from sent in world.Customers.Confirmed
            from line in sent.Value.Lines
            where KeptAtLeast(sent.Key, line).IsPositive && !world.Customers.IsDecided(line.Bill.Value)
            group sent.Value.Account by line.Bill;
        foreach (var bill in collected.Where(bill => bill.Distinct().Skip(1).Any()))
        {
            Violated("R29", $"bill {bill.Key} is collected from accounts {string.Join(" and ", bill.Distinct())}");
        }
    }

    // By the bank's own word: what it has of the customer and what came by other channels is charged, or is credit that
    // is still there.
    private void CheckAccountPaidWhatItOwes(AccountLedger ledger)
    {
        var byBank = intents.Values.Where(intent => intent.AccountId == ledger.Id.Value).Sum(Lives);
        var byOthers = ledger.Funds.Where(IsPayment).Sum(funds => funds.Amount - funds.Reversed - funds.Refunded);
        var asked = ledger.Bills.Sum(bill => bill.Charges - bill.Open);
        var lost = byBank + byOthers - asked - ledger.Credit;
        if (lost.IsPositive && ledger.Debits.All(debit => debit.Discrepancy is null))
        {
            Violated(
                "paid",
                $"account {ledger.Id} paid {byBank} by debit and {byOthers} otherwise: "
                    + $"{lost} is neither owed nor credit"
            );
        }
    }

    // R28, from the bank's side: beside what a person kept, what has paid another bill since, and what is on the refund
    // list (R5).
    private void CheckBillsPaidTwiceAreListed(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills)
        {
            var named = ledger.Funds.Where(funds => IsPayment(funds) && funds.NamedBill == bill.Id).ToList();
            var byDebit = CollectedFor(ledger, bill);
            var byOthers = named.Sum(funds => funds.Amount - funds.Reversed - funds.Refunded);
            var above = byDebit + byOthers - Money.Max(Money.Zero, bill.Charges);
            var credit = named.Where(funds => !funds.Kept).Sum(funds => funds.Left);
            var listed = named.Sum(funds => list.CentsOf(ledger.Id, funds.Id));
            if (Money.Min(Money.Min(above, byDebit), credit) > listed)
            {
                Violated(
                    "R28",
                    $"bill {bill.Id} of {bill.Charges} was paid {above} too much, {byDebit} by debit; {credit} is "
                        + $"credit, {listed} is listed"
                );
            }
        }
    }

    private Money CollectedFor(AccountLedger ledger, Bill bill)
    {
        var collected =
            from sent in world.Customers.Confirmed
            where sent.Value.Account == ledger.Id
            from line in sent.Value.Lines
            where line.Bill == bill.Id
            select KeptAtLeast(sent.Key, line);
        var onTheRefundList = ledger.Funds.Where(funds =>
            funds.Source == FundsSource.OverCollected && funds.NamedBill == bill.Id
        );
        return collected.Sum(cents => cents) - onTheRefundList.Sum(funds => funds.Amount - funds.Reversed);
    }

    // R14, R34: credit that could pay pays; collected money that is no longer owed is on the refund list (R5).
    private void CheckCreditIsInUse(AccountLedger ledger)
    {
        foreach (var funds in ledger.Funds.Where(funds => funds.Left.IsPositive))
        {
            if (ledger.Bills.FirstOrDefault(bill => bill.TakesCredit && ledger.CanPay(funds, bill)) is { } open)
            {
                Violated(
                    "R14",
                    $"credit {funds.Id} of {funds.Left} lies idle beside bill {open.Id}, of which {open.Open} is open"
                );
            }

            if (funds is { Source: FundsSource.OverCollected, Kept: false } && list.CentsOf(ledger.Id, funds.Id).IsZero)
            {
                Violated("R5", $"{funds.Left} of {funds.Id} was collected and is no longer owed, and nobody sees it");
            }
        }
    }

    // R41: neither a debit nor the account's credit.
    private void CheckNothingPaysTheSameAgain(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills.Where(bill => world.Customers.IsTheSameAgain(bill.Id)))
        {
            if (bill.Collected.IsPositive || bill.PaidElsewhere.IsPositive)
            {
                Violated(
                    "R41",
                    $"bill {bill.Id}, which came again, was paid: {bill.Collected} by debit, "
                        + $"{bill.PaidElsewhere} otherwise"
                );
            }

            if (ledger.CreditedBy(bill.Id).IsPositive)
            {
                Violated(
                    "R41",
                    $"bill {bill.Id}, which came again, gave its credit of {ledger.CreditedBy(bill.Id)} too"
                );
            }
        }
    }

    // What was returned or refunded may have been any of its lines: at least this is still there.
    private Money KeptAtLeast(string intentId, AttemptLine line)
    {
        var intent = intents[intentId];
        return Lives(intent).IsPositive
            ? Money.Max(Money.Zero, line.Cents - intent.ReturnedCents - intent.Refunded)
            : Money.Zero;
    }

    private static Money Lives(IntentReading intent) =>
        intent.Status switch
        {
            IntentStatus.Succeeded => intent.KeptByUs,
            IntentStatus.Processing => intent.Amount,
            _ => Money.Zero,
        };

    private static bool IsPayment(Funds funds) => funds.Source == FundsSource.BackPayment;

    private void Violated(string rule, string text) => world.Checks.Violated(rule, text);
}
