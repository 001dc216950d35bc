using System.Globalization;
using Autopay.Imports;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>Finance waives, shields, and takes it back; the billing system charges penalties (R42, R43).</summary>
internal sealed class ProtectionActs(SimWorld world, SimActs acts, BillingSystem billing)
{
    /// <summary>From this seed on.</summary>
    public const int FirstSeed = 300_001;

    public static bool AreIn(int seed) => seed >= FirstSeed;

    public void Play(Act act)
    {
        if (act.Kind == ActKind.Penalise)
        {
            Penalise(act);
        }
        else if (ChangeOf(act) is { } change)
        {
            acts.Change(change, $"act {act.Number}");
        }
    }

    private ControlChange? ChangeOf(Act act)
    {
        var from = world.Now.Today.AddDays((act.Pick % 20) - 10);
        IReadOnlyList<CycleNumber> cycles = act.Cents % 3 == 0 ? [] : [new((act.Cents % 2) + 1)];
        return act.Kind switch
        {
            ActKind.Waive => new PenaltyWaived(
                $"w{act.Number}",
                from,
                from.AddDays(act.Cents % 25),
                from,
                from.AddDays(40)
            )
            {
                Cycles = cycles,
            },
            ActKind.Shield => new DisconnectShielded($"s{act.Number}", [from, from.AddDays(7)]) { Cycles = cycles },
            ActKind.EndWaiver => world.Controls.Current.Waivers is { Count: > 0 } waivers
                ? new WaiverWithdrawn(waivers[act.Pick % waivers.Count].Id)
                : null,
            _ => world.Controls.Current.Shields is { Count: > 0 } shields
                ? new ShieldWithdrawn(shields[act.Pick % shields.Count].Id)
                : null,
        };
    }

    // Of whatever bill: held, paid, not there yet, or right.
    private void Penalise(Act act)
    {
        if (billing.Bills.Count == 0)
        {
            return;
        }

        var bill = billing.Bills[act.Pick % billing.Bills.Count];
        var on = world.Now.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        acts.Clerk.Upload(
            ImportKind.Penalties,
            $"penalties {act.Number}",
            $"f{act.Number},{bill.Account},{bill.Id},5.00,{on},{(act.Cents % 4 == 0 ? on : "")}"
        );
    }
}
