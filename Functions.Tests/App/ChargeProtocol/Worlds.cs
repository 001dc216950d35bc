using Autopay.Application.Ledgers;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>What must hold in every world, whatever was done to it.</summary>
internal static class Worlds
{
    public static void ThenInvariantsHold(ChargingWorld world)
    {
        var intents = world.Bank.Intents.ToLookup(intent => intent.AccountId);
        Assert.Empty(
            world.Ledgers.Ledgers.SelectMany(ledger => Violations(world, ledger, [.. intents[ledger.Id.Value]]))
        );
    }

    private static IEnumerable<string> Violations(
        ChargingWorld world,
        AccountLedger ledger,
        IReadOnlyList<IntentReading> intents
    )
    {
        var context = new InvariantContext
        {
            Now = world.Now,
            Controls = world.Controls.Current,
            ControlsAt = world.Controls.AtVersion,
            Intents = intents,
            Archived = [.. world.Ledgers.ArchivedOf(ledger.Id)],
            NextEvaluation = world.Ledgers.LoadAsync(ledger.Id, CancellationToken.None).Result!.NextEvaluation,
            City = ChargingWorld.City,
            History = [.. world.Ledgers.HistoryOf(ledger.Id).SelectMany(row => row.Events)],
            ControlsSeen =
                world.Schedules.ReadAsync(Bucket.Of(ledger.Id), CancellationToken.None).Result.ScannedControlsVersion
                >= world.Controls.Current.Version,
        };

        // Time was moved by whole days without a sweep: that work is overdue (I16) is the test's doing.
        return LedgerInvariants
            .All.Where(invariant => invariant.Id != "I16")
            .SelectMany(invariant =>
                invariant.Check(ledger, context, () => { }).Select(violation => $"{invariant.Id}: {violation}")
            );
    }
}
