using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// Every row of every file that was applied is somewhere: in a ledger, where it waits, or under a person's word (R13,
/// R29–R31, R33).
/// </summary>
internal sealed class RowChecks(SimWorld world, Clerk clerk)
{
    private readonly Dictionary<string, ImportRecord> records = world
        .ImportRecords()
        .ToDictionary(import => import.FileName);

    public void Run()
    {
        // What conflicted is a finding of its import.
        foreach (
            var file in clerk.Files.Where(file =>
                records.GetValueOrDefault(file.Name) is { State: ImportState.Done, Conflicts: 0 }
            )
        )
        {
            foreach (var (account, id) in file.Rows.Where(row => !IsSomewhere(file.Kind, row.Account, row.Id)))
            {
                world.Checks.Violated(
                    "lost row",
                    $"{file.Name} is applied, and its row {id} of account {account} is nowhere"
                );
            }
        }
    }

    private bool IsSomewhere(ImportKind kind, AccountId account, string id) =>
        world.Customers.IsDecided(id) || IsWaiting(account, id) || IsApplied(kind, account, id);

    private bool IsApplied(ImportKind kind, AccountId account, string id) =>
        kind switch
        {
            ImportKind.Accounts => Ledger(account) is not null,
            ImportKind.Bills => world.Customers.HasSeen("bill", account, id) || IsSilent(account, id),
            ImportKind.Payments => world.Customers.HasSeen("payment", account, id)
                || Suspended(account, id) is not null,
            ImportKind.PaymentReversals => world.Customers.WasReversed(id)
                || Suspended(account, id) is { ReversedBy: not null },
            // Of an account that was unknown it is counted with its import and waits for nothing.
            ImportKind.Penalties => Ledger(account)?.Penalties.Any(penalty => penalty.Id == id) != false
                || SimWorld.Newcomers.Contains(account),
            _ => Ledger(account)?.AdjustmentIds.Contains(id) == true,
        };

    private bool IsWaiting(AccountId account, string id) =>
        world.Waiting.Open.Any(row => row.Account == account && row.RowId == id);

    // A bill of an unknown account waits silently; at its enrolment it may have been too old.
    private bool IsSilent(AccountId account, string id) =>
        Ledger(account) is not null
            ? SimWorld.Newcomers.Contains(account)
            : world
                .Waiting.ReadBillsAsync(Bucket.Of(account), [account], CancellationToken.None)
                .Result.Any(row => row.RowId == id);

    private SuspensePayment? Suspended(AccountId account, string id) =>
        world.Suspense.FindAsync(account.Value, new PaymentId(id), CancellationToken.None).Result;

    private AccountLedger? Ledger(AccountId account) =>
        world.Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account);
}
