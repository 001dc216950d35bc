using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Charging;

/// <summary>
/// The charge protocol from P1 on, and the same steps as recovery: whatever phase an attempt is found in, it goes on
/// from there. No answer to a confirm or a cancel is evidence; the intent is.
/// </summary>
public sealed class ChargeDebits(AccountBooks books, ProviderSteps provider)
{
    /// <summary>Outcomes that are recorded together: with three rows each they fill a transaction.</summary>
    private const int RecordedTogether = 32;

    /// <param name="planned">The attempts that this walk planned itself: nobody else drives them yet.</param>
    /// <returns>The accounts as they are in the store after that.</returns>
    public async Task<IReadOnlyCollection<LedgerEntry>> RunAsync(
        Walk walk,
        IReadOnlyList<LedgerEntry> page,
        IReadOnlySet<(DebitId, int)> planned
    )
    {
        var batch = new ChargeBatch(walk.Scope, page, books.Writer, books.Clock);
        var attempts = batch
            .LivingAttempts()
            .Where(attempt => planned.Contains((attempt.Debit, attempt.Number)) || IsOursToDrive(attempt, batch, walk))
            .ToList();
        if (attempts.Count == 0 || !await walk.GoesOnAsync())
        {
            return batch.Entries;
        }

        ProviderTurn.LetPeopleGoFirst();

        // Once money may move, a cancellation of the platform must not stop us half-way: a walk that is told to end
        // asks nothing more of the provider, and records what it heard. What it leaves planned or locked is found by
        // the next one.
        List<Attempt> fresh = [.. attempts.Where(attempt => attempt.Phase == AttemptPhase.Planned)];
        var untouched = await RecoverAsync(batch, [.. attempts.Except(fresh)], walk);
        await ConfirmAsync(batch, await LockAgainAsync(batch, untouched, walk), walk);
        await ConfirmAsync(batch, await CreateAndLockAsync(batch, fresh, walk), walk);
        return batch.Entries;
    }

    private bool IsOursToDrive(Attempt attempt, ChargeBatch batch, Walk walk) =>
        attempt.Phase == AttemptPhase.Submitted
            ? attempt.AnswerBy <= books.Clock.Now.Today
            : attempt.TouchedAt + books.Options.RecoverAfter <= books.Clock.Now.Utc || IsLeft(attempt, batch, walk);

    // Going on under the same key is safe at any time. To conclude from a list that there is no intent, or from an
    // untouched intent that the confirm did not arrive, takes patience: a call whose answer nobody heard may still be
    // under way.
    private static bool IsLeft(Attempt attempt, ChargeBatch batch, Walk walk) =>
        attempt.TouchedAt < walk.Left
        && (
            attempt.Phase == AttemptPhase.Locked
            || (attempt.Phase == AttemptPhase.Planned && !batch.IsReplaced(attempt))
        );

    // Locked, unknown or submitted: only the intent can tell. Those whose intent says that nothing was confirmed are
    // decided anew.
    private async Task<IReadOnlyList<Attempt>> RecoverAsync(
        ChargeBatch batch,
        IReadOnlyList<Attempt> attempts,
        Walk walk
    )
    {
        if (attempts.Count == 0)
        {
            return [];
        }

        var outcomes = await provider.ForEachAsync(
            attempts,
            attempt => TracedAsync("recover debit", batch, attempt, () => provider.RecoverAsync(attempt)),
            walk
        );
        await batch.RecordAsync(outcomes, (await books.Controls.LoadAsync(CancellationToken.None)).Controls);
        return
        [
            .. outcomes
                .Where(outcome => outcome.Intent?.Status == IntentStatus.Untouched)
                .Select(outcome => outcome.Attempt),
        ];
    }

    // What was never sent is decided anew (R27): it goes on under its key, or its intent is cancelled and the debit
    // evaluated as everything is now.
    private async Task<IReadOnlyList<Attempt>> LockAgainAsync(
        ChargeBatch batch,
        IReadOnlyList<Attempt> untouched,
        Walk walk
    )
    {
        List<Attempt> never = [.. untouched.Where(attempt => batch.IsStill(attempt, AttemptPhase.Locked))];
        if (never.Count == 0)
        {
            return [];
        }

        var controls = (await books.Controls.LoadAsync(CancellationToken.None)).Controls;
        var locked = await batch.LockAgainAsync(never, controls);
        // What moved on meanwhile, by its driver or a webhook, is not cancelled.
        var refused = never.Where(attempt =>
            !locked.Contains(attempt.Debit) && batch.IsStill(attempt, AttemptPhase.Locked)
        );
        var cancelled = await provider.ForEachAsync(
            [.. refused],
            attempt =>
                TracedAsync(
                    "cancel charge",
                    batch,
                    attempt,
                    () =>
                        provider.CancelAsync(
                            attempt,
                            attempt.Intent,
                            "never confirmed: "
                                + $"{batch.WhyNotLockAgain(attempt, controls) ?? "the pre-charge check said no"}"
                        )
                ),
            walk
        );
        await batch.RecordAsync(cancelled, controls);
        return [.. never.Where(attempt => locked.Contains(attempt.Debit))];
    }

    // P1 and P2. An intent that is not locked yet is harmless: the same key gives it to whoever goes on.
    private async Task<IReadOnlyList<Attempt>> CreateAndLockAsync(ChargeBatch batch, List<Attempt> attempts, Walk walk)
    {
        if (attempts.Count == 0)
        {
            return [];
        }

        var created = await provider.ForEachAsync(
            attempts,
            attempt =>
                TracedAsync(
                    "charge debit: create",
                    batch,
                    attempt,
                    () => provider.CreateAsync(attempt, batch.DebitOf(attempt), batch.IsReplaced(attempt))
                ),
            walk
        );
        var controls = (await books.Controls.LoadAsync(CancellationToken.None)).Controls;
        await batch.RecordAsync([.. created.Where(outcome => outcome.Step != ChargeStep.Created)], controls);
        if (!await walk.GoesOnAsync())
        {
            return [];
        }

        var intents = created.Where(outcome => outcome.Step == ChargeStep.Created).ToList();
        var locked = await batch.LockAsync(intents, controls);
        await CancelRefusedAsync(
            batch,
            [.. intents.Where(outcome => batch.IsStill(outcome.Attempt, AttemptPhase.Planned))],
            controls,
            walk
        );
        return [.. attempts.Where(attempt => locked.Contains(attempt.Debit))];
    }

    // P3 and P4, in groups: the controls are read again before each. What was heard is recorded for some groups at
    // once, and whatever ends the walk; what is not recorded when the process dies, its intent tells.
    private async Task ConfirmAsync(ChargeBatch batch, IReadOnlyList<Attempt> attempts, Walk walk)
    {
        var locked = attempts
            .Where(attempt => batch.IsStill(attempt, AttemptPhase.Locked))
            .Select(batch.Current)
            .ToList();
        var heard = new HeardOutcomes(batch);
        try
        {
            foreach (
                var group in locked.Where(attempt => !batch.DebitOf(attempt).Stopped).Chunk(books.Options.ConfirmGroup)
            )
            {
                if (heard.Count >= RecordedTogether || heard.HasAnyOf(group))
                {
                    await heard.RecordAsync();
                }

                if (!await walk.GoesOnAsync())
                {
                    return;
                }

                var controls = await GroupControls.TakeAsync(batch, books.Controls);
                heard.Add(await ConfirmAsync(batch, group, controls, walk), controls.Newest);
            }
        }
        finally
        {
            await heard.RecordAsync();
        }
    }

    private Task<IReadOnlyList<ChargeOutcome>> ConfirmAsync(
        ChargeBatch batch,
        IReadOnlyList<Attempt> group,
        GroupControls controls,
        Walk walk
    ) =>
        provider.ForEachAsync(
            group,
            async attempt =>
            {
                var refusal = controls.WhyNot(attempt);
                if (refusal is null)
                {
                    var outcome = await TracedAsync(
                        "charge debit: confirm",
                        batch,
                        attempt,
                        () =>
                            provider.ConfirmAsync(
                                attempt,
                                async () => (refusal = await controls.WhyNotNowAsync(attempt)) is null
                            )
                    );
                    if (refusal is null)
                    {
                        return outcome;
                    }
                }

                return await TracedAsync(
                    "cancel charge",
                    batch,
                    attempt,
                    () => provider.CancelAsync(attempt, attempt.Intent, refusal)
                );
            },
            walk
        );

    private static async Task<ChargeOutcome> TracedAsync(
        string step,
        ChargeBatch batch,
        Attempt attempt,
        Func<Task<ChargeOutcome>> run
    )
    {
        using var span = Tracing.StartOf(step, batch.DebitOf(attempt));
        var outcome = await run();
        span?.SetTag("outcome", outcome.Step.ToString());
        return outcome;
    }

    // The pre-charge check said no: the intent is cancelled first, then the debit goes back (R24).
    private async Task CancelRefusedAsync(
        ChargeBatch batch,
        IReadOnlyList<ChargeOutcome> refused,
        Controls controls,
        Walk walk
    )
    {
        var cancelled = await provider.ForEachAsync(
            refused,
            outcome =>
                provider.CancelAsync(
                    outcome.Attempt,
                    outcome.Intent!.IntentId,
                    batch.WhyNotLock(outcome.Attempt, controls) ?? "the pre-charge check said no"
                ),
            walk
        );
        await batch.RecordAsync(cancelled, controls);
    }
}
