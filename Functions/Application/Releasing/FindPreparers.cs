using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>
/// Who has prepared what a plan rests on, from the record of decisions: nobody of them approves it. Who agreed to a
/// clear in spite of differences has prepared nothing; who asked for it has.
/// </summary>
internal static class FindPreparers
{
    /// <param name="dueDates">Of the debits that go to the bank.</param>
    /// <returns>Who made the plan, who cleared the cycle, and who withdrew a hold that kept any of it.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(
        ReleasePlan plan,
        IReadOnlySet<DateOnly> dueDates,
        Controls controls,
        IAsyncEnumerable<ControlsHistoryRow> record,
        CancellationToken cancel
    )
    {
        string? cleared = null;
        Dictionary<string, string> asked = [];
        Dictionary<DateTimeOffset, string> agreed = [];
        List<string> withdrew = [];
        await foreach (var (_, authority, change) in record.WithCancellation(cancel))
        {
            switch (change)
            {
                case ApprovalAsked { Act: BacklogClearing clearing } it when clearing.Cycles.Contains(plan.Cycle):
                    asked[it.Id] = authority.By;
                    break;
                case ApprovalGiven given when asked.TryGetValue(given.Id, out var asker):
                    agreed[authority.At] = asker;
                    break;
                case BacklogCleared it when it.Cycles.Contains(plan.Cycle):
                    cleared = it.AskedAt is { } at ? agreed.GetValueOrDefault(at, authority.By) : authority.By;
                    break;
                case BacklogReopened it when it.Cycles.Contains(plan.Cycle):
                    cleared = authority.By;
                    break;
                case DeferralWithdrawn it when Kept(controls.Find(it.Id), plan.Cycle, dueDates):
                    withdrew.Add(authority.By);
                    break;
            }
        }

        return
        [
            .. new[] { plan.Made.By, cleared ?? controls.BacklogOf(plan.Cycle).By }
                .OfType<string>()
                .Concat(withdrew)
                .Distinct(),
        ];
    }

    private static bool Kept(Deferral? hold, CycleNumber cycle, IReadOnlySet<DateOnly> dueDates) =>
        hold is { Action: DeferralAction.Hold }
        && !hold.ClearedCycles.Contains(cycle)
        && dueDates.Any(day => hold.IsAbout(cycle, day));
}
