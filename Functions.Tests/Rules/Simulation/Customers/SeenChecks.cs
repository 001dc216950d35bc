using Autopay.Application.Ports.Files;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// Whatever waits for a person is on the work list, and whatever is open is collected or on it (R13, R25, R26,
/// R31–R33).
/// </summary>
internal sealed class SeenChecks(SimWorld world, WorkListView list)
{
    public void Run()
    {
        foreach (var ledger in world.Ledgers.Ledgers)
        {
            CheckBills(ledger);
            CheckDecisions(ledger);
        }

        CheckRows();
        foreach (var backlog in world.Controls.Current.Backlog.Where(backlog => backlog.Clearing is not null))
        {
            Violated("R26", $"when all was calm, cycle {backlog.Cycle} is still clearing: {backlog.Clearing!.Reason}");
        }
    }

    // R2 and R32, from the outside: in two debits that live; in none, and not on the list.
    private void CheckBills(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills)
        {
            var live = ledger.Debits.Count(debit => IsLive(debit) && debit.Names(bill.Id));
            if (live > 1)
            {
                Violated("R2", $"bill {bill.Id} of account {ledger.Id} is in {live} debits that live");
            }

            if (
                live == 0
                && ledger.AutopayIsOn
                && bill is { Open.IsPositive: true, Skipped: false }
                && !list.Has(ledger.Id, bill.Id)
            )
            {
                Violated(
                    "R32",
                    $"bill {bill.Id} of account {ledger.Id} has {bill.Open} open that nobody collects and nobody sees"
                );
            }
        }
    }

    private static bool IsLive(Debit debit) => !debit.IsTerminal && debit.State != DebitState.Merged;

    private bool IsSeen(AccountLedger ledger, Correction correction) =>
        list.HasItem(ledger.Id, $"{correction.Item.ToString().ToLowerInvariant()}:{correction.Id}");

    private void CheckDecisions(AccountLedger ledger)
    {
        foreach (
            var debit in ledger.Debits.Where(debit =>
                debit.State == DebitState.NeedsReview
                && !list.Has(ledger.Id, debit.Id)
                && !ledger.CorrectionsOn(debit).Any(correction => IsSeen(ledger, correction))
            )
        )
        {
            Violated("R25", $"debit {debit.Id} waits for a person, and no person sees it: {debit.Reason}");
        }

        foreach (var correction in ledger.Corrections.Where(correction => !IsSeen(ledger, correction)))
        {
            Violated(
                "R31",
                $"{correction.Item} {correction.Id} waits for a person, and no person sees it: {correction.Reason}"
            );
        }
    }

    private void CheckRows()
    {
        foreach (var row in world.Waiting.Open.Where(row => !list.HasItem(row.Account, row.Id)))
        {
            Violated("R33", $"row {row.RowId} of account {row.Account} waits, and nobody sees it: {row.Reason}");
        }

        foreach (var row in world.Waiting.Open.Where(HasCome))
        {
            Violated(
                "R33",
                $"row {row.RowId} of account {row.Account} waits although what it names has come: {row.Reason}"
            );
        }

        var suspense = world.SuspensePayments().Where(payment => payment.IsOpen);
        foreach (
            var payment in suspense.Where(it => !list.HasItem(new AccountId(it.NamedAccount), it.Payment.Id.Value))
        )
        {
            Violated(
                "R13",
                $"payment {payment.Payment.Id} of {payment.Payment.Amount} is in suspense, and nobody sees it"
            );
        }
    }

    // A reversal or adjustment applies itself when what it names comes (R33), whoever brings it.
    private bool HasCome(WaitingRow row) =>
        row.Content switch
        {
            { Reversal: { } reversal } => row.For == WaitingFor.Payment
                && world.Customers.HasSeen("payment", row.Account, reversal.Payment.Value),
            { Adjustment: { } adjustment } => row.For == WaitingFor.Bill
                && world.Customers.HasSeen("bill", row.Account, adjustment.Bill.Value),
            _ => false,
        };

    private void Violated(string rule, string text) => world.Checks.Violated(rule, text);
}
