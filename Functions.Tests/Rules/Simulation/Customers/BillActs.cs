using Autopay.Imports;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// What the billing system exports: bills, the same bills again, credit, odd dates, wrong balances, adjustments.
/// </summary>
internal sealed class BillActs(SimWorld world, BillingSystem billing, Clerk clerk)
{
    private const int UnderTheMinimum = 45;
    private const int LongAgo = -11;
    private const int FarAhead = 121;
    private const int MostWithNewIds = 12;

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.Bills:
                BillEverybody(act);
                break;
            case ActKind.EarlyBills:
                BillNewcomers(act);
                break;
            case ActKind.EarlyAdjustment:
                AdjustEarly(act);
                break;
            case ActKind.CreditBill:
                Bill(act, "c", InDays(act.Pick % 12), -(act.Cents + 1));
                break;
            case ActKind.OddDate:
                Bill(act, "o", InDays(act.Pick % 3 == 0 ? FarAhead : LongAgo - (act.Pick % 20)), act.Cents + 60);
                break;
            case ActKind.WrongBalance:
                Bill(act, "w", InDays(act.Pick % 12), act.Cents + 60, (act.Cents % 3 > 0 ? -20 : 20) * (act.Pick + 1));
                break;
            default:
                PlayKnown(act);
                break;
        }
    }

    private void PlayKnown(Act act)
    {
        if (billing.Bills.Count == 0)
        {
            return;
        }

        switch (act.Kind)
        {
            case ActKind.Adjustment:
                Adjust(act);
                break;
            case ActKind.NewIds:
                BillWithNewIds(act);
                break;
            case ActKind.BillElsewhere:
                Upload(act, billing.Bills[act.Pick % billing.Bills.Count] with { Account = SimWorld.Account(act) });
                break;
            default:
                BillAgain(act);
                break;
        }
    }

    private void BillEverybody(Act act)
    {
        List<BillRow> rows =
        [
            .. SimWorld.Accounts.Select(
                (account, index) =>
                    billing.Export($"b{act.Number:000}-{index}", account, InDays(act.Pick % 12), CentsFor(act, index))
            ),
        ];
        if (billing.BillToCome is { } late)
        {
            rows.Add(late);
            billing.BillToCome = null;
        }

        Upload(act, [.. rows]);
    }

    // Now and then too little to be charged (R11).
    private static int CentsFor(Act act, int index) =>
        index == 6 && act.Cents % 6 == 0 ? UnderTheMinimum : ((act.Cents * (index + 3)) % 20_000) + 30;

    private void BillNewcomers(Act act)
    {
        var cents = act.Cents % 4 == 0 ? UnderTheMinimum : act.Cents + 60;
        Upload(
            act,
            [
                .. SimWorld.Newcomers.Select(
                    (account, index) =>
                        billing.Export($"n{act.Number:000}-{index}", account, InDays((act.Pick % 20) - 6), cents)
                ),
            ]
        );
    }

    private void Bill(Act act, string prefix, DateOnly due, int cents, int wrongBy = 0) =>
        Upload(act, billing.Export($"{prefix}{act.Number:000}", SimWorld.Account(act), due, cents, wrongBy));

    // Its bill comes with the next bills, or never.
    private void AdjustEarly(Act act)
    {
        var account = act.Cents % 2 == 0 ? SimWorld.Account(act) : SimWorld.Newcomer(act);
        billing.BillToCome = billing.Export($"e{act.Number:000}", account, InDays(act.Pick % 12), act.Cents + 600);
        Adjust(act, billing.BillToCome, -act.Cents - 1);
    }

    private void Adjust(Act act)
    {
        var bills = act.Cents % 3 > 0 && CollectedBills() is { Count: > 0 } collected ? collected : billing.Bills;
        Adjust(act, bills[act.Pick % bills.Count], act.Cents == 6_000 ? 1 : act.Cents - 6_000);
    }

    private void Adjust(Act act, BillRow bill, int cents) =>
        clerk.Upload(
            ImportKind.BillAdjustments,
            $"adjustments {act.Number}",
            $"a{act.Number},{bill.Account},{bill.Id},{Rows.Dollars(cents)},estimate"
        );

    private List<BillRow> CollectedBills()
    {
        var collected = world
            .Ledgers.Ledgers.SelectMany(ledger => ledger.Bills)
            .Where(bill => bill.Collected.IsPositive)
            .Select(bill => bill.Id.Value)
            .ToHashSet();
        return billing.Bills.FindAll(row => collected.Contains(row.Id));
    }

    private void BillAgain(Act act)
    {
        var index = act.Pick % billing.Bills.Count;
        var known = billing.Bills[index];
        billing.Bills[index] = (act.Cents % 3) switch
        {
            0 => known with { Cents = act.Cents + 70 },
            1 => known with { Due = known.Due.AddDays((act.Pick % 9) + 1) },
            _ => known with { Previous = known.Previous + act.Pick + 1 },
        };
        Upload(act, billing.Bills[index]);
    }

    // The billing system was updated, and its last file comes again: nobody there knows of the new ids.
    private void BillWithNewIds(Act act)
    {
        var credit = act.Cents % 3 == 0 ? billing.Bills.FindIndex(row => row.Cents < 0) : -1;
        var first = credit >= 0 ? credit : act.Pick % billing.Bills.Count;
        var rows = billing.Bills.Skip(first).Take(MostWithNewIds).Index().ToList();
        foreach (var (index, row) in rows)
        {
            world.Customers.ComesAgain(NewId(act, index), row.Id);
        }

        Upload(act, [.. rows.Select(row => row.Item with { Id = NewId(act, row.Index) })]);
    }

    private static string NewId(Act act, int index) => $"r{act.Number:000}-{index}";

    private void Upload(Act act, params BillRow[] rows) =>
        clerk.Upload(ImportKind.Bills, $"bills {act.Number}", [.. rows]);

    private DateOnly InDays(int days) => world.Now.Today.AddDays(days);
}
