using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Charging;

/// <summary>The ledgers of one page while their attempts are driven; P2 and P4 are saved together.</summary>
public sealed class ChargeBatch(WriteScope walk, IReadOnlyList<LedgerEntry> page, LedgerWriter writer, CityClock clock)
{
    private readonly Dictionary<AccountId, LedgerEntry> entries = page.ToDictionary(entry => entry.Ledger.Id);

    public IReadOnlyCollection<LedgerEntry> Entries => entries.Values;

    public IEnumerable<Attempt> LivingAttempts() =>
        page.SelectMany(entry => entry.Ledger.Debits)
            .Where(debit => !debit.Stopped)
            .Select(debit => debit.LivingAttempt)
            .OfType<Attempt>();

    public Debit DebitOf(Attempt attempt) => LedgerOf(attempt).DebitOf(attempt.Debit);

    /// <summary>The attempt as the ledger has it now.</summary>
    public Attempt Current(Attempt attempt) => DebitOf(attempt).Attempts.First(it => it.Number == attempt.Number);

    /// <summary>The customer, the payment method or the mandate is another one since it was planned.</summary>
    public bool IsReplaced(Attempt attempt) => LedgerOf(attempt).Enrolment is { } now && !attempt.IsMadeWith(now);

    public bool IsStill(Attempt attempt, AttemptPhase phase) =>
        LedgerOf(attempt).FindDebit(attempt.Debit)?.LivingAttempt is { } living
        && living.Number == attempt.Number
        && living.Phase == phase;

    public string? WhyNotLock(Attempt attempt, Controls controls) =>
        PreChargeCheck.WhyNotLock(LedgerOf(attempt), attempt, controls, clock.Now.Today);

    public string? WhyNotConfirm(Attempt attempt, Controls controls) =>
        PreChargeCheck.WhyNotConfirm(LedgerOf(attempt), DebitOf(attempt), controls);

    public string? WhyNotLockAgain(Attempt attempt, Controls controls) =>
        PreChargeCheck.WhyNotLockAgain(LedgerOf(attempt), attempt, controls, clock.Now);

    /// <summary>The whole pre-charge check again, on the ledger as it is in the store (R27).</summary>
    /// <returns>The debits whose attempt may go on.</returns>
    public async Task<IReadOnlySet<DebitId>> LockAgainAsync(IReadOnlyList<Attempt> attempts, Controls controls) =>
        (
            await SaveAsync(
                attempts.Select(attempt =>
                    (
                        attempt,
                        (Func<Moment, LedgerCommand>)(now => new LockAttemptAgain(attempt.Debit, attempt.Number, now))
                    )
                ),
                controls,
                "P2: pre-charge check again",
                walk.ComesBack
            )
        )
            .OfType<AttemptLockedAgain>()
            .Select(locked => locked.Debit)
            .ToHashSet();

    /// <returns>
    /// The debits whose attempt this save locked: what another worker locked meanwhile is that worker's.
    /// </returns>
    public async Task<IReadOnlySet<DebitId>> LockAsync(IReadOnlyList<ChargeOutcome> created, Controls controls) =>
        (
            await SaveAsync(
                created.Select(outcome =>
                    (
                        outcome.Attempt,
                        (Func<Moment, LedgerCommand>)(
                            now => new LockAttempt(outcome.Attempt.Debit, outcome.Attempt.Number, outcome.Intent!, now)
                        )
                    )
                ),
                controls,
                "P2: pre-charge check",
                walk.ComesBack
            )
        )
            .OfType<AttemptLocked>()
            .Select(locked => locked.Debit)
            .ToHashSet();

    public Task RecordAsync(IReadOnlyList<ChargeOutcome> outcomes, Controls controls) =>
        SaveAsync(
            outcomes
                .Where(outcome => outcome.ToCommand() is not null)
                .Select(outcome => (outcome.Attempt, outcome.ToCommand()!)),
            controls,
            "P4: outcome",
            comesBack: false
        );

    private AccountLedger LedgerOf(Attempt attempt) => entries[attempt.Debit.Account].Ledger;

    private async Task<IReadOnlyList<LedgerEvent>> SaveAsync(
        IEnumerable<(Attempt Attempt, Func<Moment, LedgerCommand> Command)> commands,
        Controls controls,
        string why,
        bool comesBack
    )
    {
        var work = commands
            .GroupBy(item => item.Attempt.Debit.Account)
            .Select(account => new AccountWork(entries[account.Key], [.. account.Select(item => item.Command)]))
            .ToList();
        if (work.Count == 0)
        {
            return [];
        }

        List<LedgerEvent> happened = [];
        foreach (
            var result in await writer.WriteAsync(
                walk with
                {
                    Controls = controls,
                    Authority = clock.Authority("autopay", why),
                    DueFrom = clock.Now.Utc,
                    ComesBack = comesBack,
                },
                work,
                CancellationToken.None
            )
        )
        {
            entries[result.Entry.Ledger.Id] = result.Entry;
            happened.AddRange(result.Events);
        }

        return happened;
    }
}
