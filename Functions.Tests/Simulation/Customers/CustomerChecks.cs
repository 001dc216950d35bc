using Autopay.Application.Ports;
using Autopay.Domain;

namespace Autopay.Tests.Simulation;

/// <summary>The state that lasts, as customers and finance see it: nobody paid too much unseen, nobody pays for another, no row and no cent is forgotten.</summary>
internal sealed class CustomerChecks
{
    private readonly SimWorld world;
    private readonly Clerk clerk;
    private readonly Dictionary<string, IntentReading> intents;
    private readonly WorkListView list;

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
            CheckNothingIsUnseen(ledger);
        }

        CheckWaitingIsListed();
        new RowChecks(world, clerk).Run();
        foreach (var backlog in world.Controls.Current.Backlog.Where(backlog => backlog.Clearing is not null))
        {
            world.Checks.Violated("R26", $"when all was calm, cycle {backlog.Cycle} is still clearing: {backlog.Clearing!.Reason}");
        }
    }

    // R29. What a person has moved may have been collected here before it was moved, and is given back here.
    private void CheckBillsAreOfOneAccount()
    {
        var collected = world.Customers.Confirmed.SelectMany(it => it.Value.Lines.Where(line => KeptAtLeast(it.Key, line).IsPositive).Select(line => (line.Bill, it.Value.Account)));
        foreach (var bill in collected.GroupBy(it => it.Bill, it => it.Account).Where(bill => bill.Distinct().Skip(1).Any() && !world.Customers.IsDecided(bill.Key.Value)))
        {
            world.Checks.Violated("R29", $"bill {bill.Key} is collected from accounts {string.Join(" and ", bill.Distinct())}");
        }
    }

    // By the bank's own word: what it has of the customer and what came by other channels is charged, or is credit that is still there.
    private void CheckAccountPaidWhatItOwes(AccountLedger ledger)
    {
        var byBank = intents.Values.Where(intent => intent.AccountId == ledger.Id.Value).Sum(Lives);
        var byOthers = ledger.Funds.Where(funds => funds.Source == FundsSource.BackPayment).Sum(funds => funds.Amount - funds.Reversed);
        var givenBack = ledger.Funds.Where(funds => funds.Source == FundsSource.BackPayment).Sum(funds => funds.Refunded);
        var asked = ledger.Bills.Sum(bill => bill.Charges - bill.Open);
        var lost = byBank + byOthers - givenBack - asked - ledger.Credit;
        if (lost.IsPositive && !IsOddOrOld(ledger))
        {
            world.Checks.Violated("paid", $"account {ledger.Id} paid {byBank} by debit and {byOthers} otherwise: {lost} of it is neither owed nor credit");
        }
    }

    // R28, from the bank's side: beside what a person kept, what has paid another bill since, and what is on the refund list by itself (R5).
    private void CheckBillsPaidTwiceAreListed(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills)
        {
            var byDebit = world.Customers.Confirmed.Where(it => it.Value.Account == ledger.Id).SelectMany(it => it.Value.Lines.Where(line => line.Bill == bill.Id).Select(line => KeptAtLeast(it.Key, line))).Sum(cents => cents)
                - ledger.Funds.Where(funds => funds.Source == FundsSource.OverCollected && funds.NamedBill == bill.Id).Sum(funds => funds.Amount - funds.Reversed);
            var named = ledger.Funds.Where(funds => funds.Source == FundsSource.BackPayment && funds.NamedBill == bill.Id).ToList();
            var above = byDebit + named.Sum(funds => funds.Amount - funds.Reversed - funds.Refunded) - Money.Max(Money.Zero, bill.Charges);
            var credit = named.Where(funds => !funds.Kept).Sum(funds => funds.Left);
            var listed = named.Sum(funds => list.CentsOf(ledger.Id, funds.Id));
            if (Money.Min(Money.Min(above, byDebit), credit) > listed)
            {
                world.Checks.Violated("R28", $"bill {bill.Id} of {bill.Charges} was paid {above} too much, {byDebit} of it by debit; {credit} is credit, and the work list shows {listed}");
            }
        }
    }

    // R14, R34: credit that could pay pays; collected money that is no longer owed is on the refund list (R5).
    private void CheckCreditIsInUse(AccountLedger ledger)
    {
        foreach (var funds in ledger.Funds.Where(funds => funds.Left.IsPositive))
        {
            if (ledger.Bills.FirstOrDefault(bill => bill.Payable.IsPositive && ledger.CanPay(funds, bill)) is { } open)
            {
                world.Checks.Violated("R14", $"credit {funds.Id} of {funds.Left} lies idle beside bill {open.Id}, of which {open.Open} is open");
            }

            if (funds is { Source: FundsSource.OverCollected, Kept: false } && !list.CentsOf(ledger.Id, funds.Id).IsPositive)
            {
                world.Checks.Violated("R5", $"{funds.Left} of {funds.Id} was collected and is no longer owed, and nobody sees it");
            }
        }
    }

    // R32, from the outside: no debit that lives, nothing at the bank, and not on the work list.
    private void CheckNothingIsUnseen(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills.Where(bill => ledger.AutopayIsOn && bill is { Open.IsPositive: true, Skipped: false }))
        {
            var lives = ledger.Debits.Any(debit => !debit.IsTerminal && debit.State != DebitState.Merged && debit.Names(bill.Id));
            if (!lives && !list.Has(ledger.Id, bill.Id))
            {
                world.Checks.Violated("R32", $"bill {bill.Id} of account {ledger.Id} has {bill.Open} open that nobody collects and nobody sees");
            }
        }

        foreach (var debit in ledger.Debits.Where(debit => debit.State == DebitState.NeedsReview && !list.Has(ledger.Id, debit.Id)))
        {
            world.Checks.Violated("R25", $"debit {debit.Id} waits for a person, and no person sees it: {debit.Reason}");
        }

        foreach (var correction in ledger.Corrections.Where(correction => !list.HasItem(ledger.Id, correction.Id)))
        {
            world.Checks.Violated("R31", $"{correction.Item} {correction.Id} waits for a person, and no person sees it: {correction.Reason}");
        }
    }

    private void CheckWaitingIsListed()
    {
        foreach (var row in world.Waiting.Ever.Where(row => world.Waiting.FindAsync(row.Id, CancellationToken.None).Result is { IsOpen: true } && !list.HasItem(row.Account, row.Id)))
        {
            world.Checks.Violated("R33", $"row {row.RowId} of account {row.Account} waits, and nobody sees it: {row.Reason}");
        }

        foreach (var payment in world.SuspensePayments().Where(it => it.IsOpen && !list.HasItem(new AccountId(it.NamedAccount), it.Payment.Id.Value)))
        {
            world.Checks.Violated("R13", $"payment {payment.Payment.Id} of {payment.Payment.Amount} is in suspense, and nobody sees it");
        }
    }

    // What came back or was given back may have been any of its lines: at least this is still there.
    private Money KeptAtLeast(string intentId, AttemptLine line)
    {
        var intent = intents[intentId];
        return intent.Status is IntentStatus.Processing or IntentStatus.Succeeded ? Money.Max(Money.Zero, line.Cents - intent.CameBack - intent.Refunded) : Money.Zero;
    }

    private static Money Lives(IntentReading intent) => intent.Status switch
    {
        IntentStatus.Succeeded => intent.KeptByUs,
        IntentStatus.Processing => intent.Amount,
        _ => Money.Zero,
    };

    private static bool IsOddOrOld(AccountLedger ledger) => ledger.Debits.Any(debit => debit.Odd is not null);
}
