using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Finance;

/// <summary>The answer for one bill, and what was charged on it.</summary>
public sealed record BillPenalty(AccountId Account, PenaltyAnswer Answer, IReadOnlyList<ChargedPenalty> Charged);

/// <summary>May this bill be penalised, this account be disconnected: by the books as they are (R42, R43).</summary>
public sealed class JudgeProtection(
    ILedgerStore ledgers,
    IControlsStore controls,
    IIdRegister register,
    CityClock clock
)
{
    /// <param name="on">The civil day of the penalty; null is today.</param>
    /// <returns>Null when no account that is known has the bill.</returns>
    public async Task<BillPenalty?> PenaltyAsync(BillId id, DateOnly? on, CancellationToken cancel)
    {
        if (
            await register.FindAsync(IdKind.Bill, id.Value, cancel) is not { } account
            || await ledgers.LoadAsync(account, cancel) is not { Ledger: var ledger }
            || ledger.FindBill(id) is not { } bill
        )
        {
            return null;
        }

        var now = (await controls.LoadAsync(cancel)).Controls;
        // When a debit that has left the row was sent, or was found paid, is what its clock counts from.
        var archived = await ledgers.ReadArchivedAsync(account, cancel);
        return new BillPenalty(
            account,
            PenaltyAnswer.OfWhole(new ProtectedBill(ledger, bill, now, clock.City, archived), on ?? clock.Now.Today),
            [.. ledger.Penalties.Where(penalty => penalty.Bill == id)]
        );
    }

    /// <param name="on">The civil day; null is today.</param>
    /// <returns>Null when there is no such account.</returns>
    public async Task<DisconnectAnswer?> DisconnectAsync(AccountId account, DateOnly? on, CancellationToken cancel) =>
        await ledgers.LoadAsync(account, cancel) is { Ledger: var ledger }
            ? DisconnectAnswer.Of(
                ledger,
                (await controls.LoadAsync(cancel)).Controls,
                clock.City,
                await ledgers.ReadArchivedAsync(account, cancel),
                on ?? clock.Now.Today
            )
            : null;
}

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
