using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// The charge protocol from P1 on, and the same steps as recovery: whatever phase an attempt is found in, it goes on from there.
/// No answer to a confirm or a cancel is evidence; the intent is.
/// </summary>
public sealed class ChargeDebits(IControlsStore controlsStore, LedgerWriter writer, ProviderSteps provider, CityClock clock, ProcessingOptions options)
{
    /// <param name="planned">The attempts that this walk planned itself: nobody else drives them yet.</param>
    public async Task RunAsync(Bucket bucket, IReadOnlyList<LedgerEntry> page, IReadOnlySet<(DebitId, int)> planned, CancellationToken cancel)
    {
        var batch = new ChargeBatch(bucket, page, writer, clock);
        var attempts = batch.LivingAttempts().Where(attempt => IsOursToDrive(attempt, planned)).ToList();
        if (attempts.Count == 0)
        {
            return;
        }

        // Once money may move, a cancellation of the platform must not stop us half-way.
        await RecoverAsync(batch, [.. attempts.Where(attempt => attempt.Phase != AttemptPhase.Planned)]);
        await CreateAndFreezeAsync(batch, [.. attempts.Where(attempt => attempt.Phase == AttemptPhase.Planned)]);
        await ConfirmAsync(batch, attempts);
    }

    private bool IsOursToDrive(Attempt attempt, IReadOnlySet<(DebitId, int)> planned) =>
        planned.Contains((attempt.Debit, attempt.Number))
        || (attempt.Phase != AttemptPhase.Submitted && attempt.TouchedAt + options.RecoverAfter <= clock.Now.Utc)
        || (attempt.Phase == AttemptPhase.Submitted && BankingCalendar.AddBankingDays(attempt.SubmittedOn!.Value, 5) <= clock.Now.Today);

    // Frozen, unknown or submitted: only the intent can tell.
    private async Task RecoverAsync(ChargeBatch batch, IReadOnlyList<Attempt> attempts)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        var outcomes = await provider.ForEachAsync(attempts, provider.RecoverAsync);
        await batch.RecordAsync(outcomes, (await controlsStore.LoadAsync(CancellationToken.None)).Controls);
    }

    // P1 and P2.
    private async Task CreateAndFreezeAsync(ChargeBatch batch, IReadOnlyList<Attempt> attempts)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        var created = await provider.ForEachAsync(attempts, attempt => provider.CreateAsync(attempt, batch.DebitOf(attempt)));
        var controls = (await controlsStore.LoadAsync(CancellationToken.None)).Controls;
        await batch.RecordAsync([.. created.Where(outcome => outcome.Step != ChargeStep.Created)], controls);
        var intents = created.Where(outcome => outcome.Step == ChargeStep.Created).ToList();
        await batch.FreezeAsync(intents, controls);
        await CancelRefusedAsync(batch, [.. intents.Where(outcome => batch.IsStill(outcome.Attempt, AttemptPhase.Planned))], controls);
    }

    // P3 and P4, in groups: the controls are read again before each.
    private async Task ConfirmAsync(ChargeBatch batch, IReadOnlyList<Attempt> attempts)
    {
        var frozen = attempts.Where(attempt => batch.IsStill(attempt, AttemptPhase.Frozen)).Select(batch.Current).ToList();
        foreach (var group in frozen.Where(attempt => !batch.DebitOf(attempt).Stopped).Chunk(options.ConfirmGroup))
        {
            var controls = (await controlsStore.LoadAsync(CancellationToken.None)).Controls;
            var outcomes = await provider.ForEachAsync(group, attempt => batch.WhyNotConfirm(attempt, controls) is { } refusal
                ? provider.CancelAsync(attempt, attempt.IntentId!, refusal)
                : provider.ConfirmAsync(attempt));
            await batch.RecordAsync(outcomes, controls);
        }
    }

    // The last look said no: the intent is cancelled first, then the debit goes back (R24).
    private async Task CancelRefusedAsync(ChargeBatch batch, IReadOnlyList<ChargeOutcome> refused, Controls controls)
    {
        var cancelled = await provider.ForEachAsync(refused, outcome =>
            provider.CancelAsync(outcome.Attempt, outcome.Intent!.IntentId, batch.WhyNotFreeze(outcome.Attempt, controls) ?? "the last look said no"));
        await batch.RecordAsync(cancelled, controls);
    }
}
