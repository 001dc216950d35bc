using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling;

/// <summary>
/// Books of a backup in an empty store, as a restore leaves them: a generation of their own, and nothing charged until
/// all is matched.
/// </summary>
internal static class Restored
{
    public static async Task<ChargingWorld> FromAsync(
        ChargingWorld world,
        IReadOnlyList<AccountLedger> backup,
        DateTimeOffset takenAt
    )
    {
        var restored = world.Elsewhere();
        await restored.ChangeAsync(new ReconcileDemanded(takenAt));
        foreach (var ledger in backup)
        {
            var after = ledger with { Generation = ledger.Generation + 1, Operations = ledger.Operations + 1 };
            var save = new LedgerSave(
                new LedgerEntry(AccountLedger.Open(ledger.Id), null, null),
                [new GenerationRaised(after.Generation, "restored")],
                after,
                restored.Now.Utc,
                OperationId.New(),
                new Authority("operator", "restore", restored.Now.Utc)
            );
            await restored.Ledgers.SaveAsync(Bucket.Of(ledger.Id), [save], CancellationToken.None);
            await restored.Schedules.BringForwardAsync(Bucket.Of(ledger.Id), restored.Now.Utc, CancellationToken.None);
        }

        return restored;
    }
}
