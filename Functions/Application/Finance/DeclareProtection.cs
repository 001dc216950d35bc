namespace Autopay.Application.Finance;

/// <summary>Waivers and shields of cycles that there are, and shields of days that are still to come (R42, R43).
/// </summary>
public sealed class DeclareProtection(
    ChangeControls change,
    CountCycles count,
    IReadOnlyList<CycleName> names,
    CityClock clock
)
{
    /// <exception cref="RefusedException">The city has no such cycle, or it contradicts what is in force.</exception>
    public async Task<ChangeAnswer> WaiveAsync(PenaltyWaived waived, ChangeRequest request, CancellationToken cancel)
    {
        await RefuseUnknownAsync(waived.Cycles, cancel);
        return await change.RunAsync(waived, request, cancel);
    }

    /// <exception cref="RefusedException">The city has no such cycle, every date is past, or it contradicts what is in
    /// force.</exception>
    public async Task<ChangeAnswer> ShieldAsync(
        DisconnectShielded shielded,
        ChangeRequest request,
        CancellationToken cancel
    )
    {
        await RefuseUnknownAsync(shielded.Cycles, cancel);
        var today = clock.Now.Today;
        return shielded.Dates.Count > 0 && shielded.Dates.All(date => date < today)
            ? throw new RefusedException(
                $"Every date of the shield is before today, {today:yyyy-MM-dd}: nobody can be shielded any more."
            )
            : await change.RunAsync(shielded, request, cancel);
    }

    // By its name, or because it has an account or a bill.
    private async Task RefuseUnknownAsync(IReadOnlyList<CycleNumber> cycles, CancellationToken cancel)
    {
        List<CycleNumber> unnamed = [.. cycles.Where(cycle => names.All(name => name.Cycle != cycle.Value))];
        if (unnamed.Count == 0)
        {
            return;
        }

        var known = (await count.RunAsync(isFresh: false, cancel)).Cycles.Select(sum => sum.Cycle).ToHashSet();
        // Before there is a name or an account nobody can tell.
        if (names.Count + known.Count > 0 && unnamed.FindAll(cycle => !known.Contains(cycle)) is { Count: > 0 } unknown)
        {
            throw new RefusedException($"The city has no cycle {string.Join(", ", unknown)}.");
        }
    }
}
