using Autopay.Application.Finance;

namespace Autopay.Rehearsal;

/// <summary>What the protections come to on the last day.</summary>
internal static class ReportedProtections
{
    public static ReportProtections Of(IReadOnlyList<AccountLedger> ledgers, RehearsalWorld world, DateOnly day)
    {
        var proof = world.Verb<ReadProtections>().ProveAsync(CancellationToken.None).GetAwaiter().GetResult().Proof;
        return new ReportProtections(
            proof.Sentence,
            proof.BillsInWindows,
            proof.Penalised,
            proof.ToReverse,
            proof.ToReverseCents,
            [
                .. world
                    .Controls.Current.Shields.Where(shield => shield.IsInForce)
                    .SelectMany(shield => shield.Dates)
                    .Distinct()
                    .Order(),
            ],
            [.. ledgers.SelectMany(ledger => Penalties(ledger, world, day))],
            [.. ledgers.Select(ledger => Disconnect(ledger, world, day)).Where(it => it.OverdueCents > 0)]
        );
    }

    private static IEnumerable<ReportPenalty> Penalties(AccountLedger ledger, RehearsalWorld world, DateOnly day) =>
        from bill in ledger.BillsOldestFirst()
        where !bill.Id.IsPart
        where
            ledger.WithParts(bill.Id).Any(part => part.Open.IsPositive)
            || ledger.Penalties.Any(penalty => penalty.Bill == bill.Id)
        let it = new ProtectedBill(ledger, bill, world.Controls.Current, world.City, ArchivedOf(ledger, world))
        let answer = PenaltyAnswer.OfWhole(it, day)
        select new ReportPenalty(bill.Id.Value, answer.Verdict, answer.EarliestOn, answer.Reason);

    private static ReportDisconnect Disconnect(AccountLedger ledger, RehearsalWorld world, DateOnly day)
    {
        var answer = DisconnectAnswer.Of(ledger, world.Controls.Current, world.City, ArchivedOf(ledger, world), day);
        return new ReportDisconnect(ledger.Id.Value, answer.Verdict, answer.OverdueCents.Cents, answer.EarliestOn);
    }

    private static IReadOnlyList<Debit> ArchivedOf(AccountLedger ledger, RehearsalWorld world) =>
        [.. world.Ledgers.ArchivedOf(ledger.Id)];
}
