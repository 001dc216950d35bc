using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>What became of a look at an intent.</summary>
public enum Settlement
{
    /// <summary>Applied, or already known.</summary>
    Applied,

    /// <summary>Not one of ours: no metadata, another environment, or an account or debit that we do not know.</summary>
    Foreign,

    /// <summary>Applied, or already known; but whoever woke us spoke of another amount.</summary>
    Contradicted,

    /// <summary>The intent could not be read now.</summary>
    NotYet,
}

/// <summary>A webhook, a poll or the rehearsal's bank says "look at this intent": reads it at the provider and records what it says.</summary>
public sealed class SettleIntent(ILedgerStore ledgers, IControlsStore controlsStore, IPaymentProvider provider, ProviderSteps steps, GiveBack giveBack, LedgerWriter writer, CityClock clock)
{
    public Task<Settlement> RunAsync(string intentId, string cause, CancellationToken cancel) => RunAsync(intentId, null, cause, cancel);

    /// <param name="told">What the intent was said to be about.</param>
    public async Task<Settlement> RunAsync(string intentId, Money? told, string cause, CancellationToken cancel)
    {
        var answer = await provider.ReadAsync(intentId);
        if (answer is not ProviderAnswer.Read { Intent: var intent })
        {
            return answer is ProviderAnswer.Rejected ? Settlement.Foreign : Settlement.NotYet;
        }

        var applied = await ApplyAsync(intent, cause, cancel);
        return applied == Settlement.Applied && told is { } amount && amount != intent.Amount ? Settlement.Contradicted : applied;
    }

    private async Task<Settlement> ApplyAsync(IntentReading intent, string cause, CancellationToken cancel)
    {
        if (intent.Environment != provider.Environment || !DebitId.TryParse(intent.DebitId, out var debitId) || intent.AttemptNumber is not { } number
            || await ledgers.LoadAsync(debitId.Account, cancel) is not { } entry)
        {
            return Settlement.Foreign;
        }

        var debit = entry.Ledger.FindDebit(debitId) ?? (await ledgers.ReadArchivedAsync(debitId.Account, cancel)).FirstOrDefault(it => it.Id == debitId);
        if (debit?.Attempts.FirstOrDefault(it => it.Number == number) is not { } attempt)
        {
            return Settlement.Foreign;
        }

        await RecordAsync(entry, debit, attempt, intent, cause, cancel);
        return Settlement.Applied;
    }

    private async Task RecordAsync(LedgerEntry entry, Debit debit, Attempt attempt, IntentReading intent, string cause, CancellationToken cancel)
    {
        using var span = Tracing.StartOf("settle debit", debit);
        if (intent.Status == IntentStatus.RequiresAction && debit.LivingAttempt == attempt && attempt.IntentId == intent.IntentId)
        {
            // The confirm that asked for it cancels it; recovery does when that worker died (R21).
            var outcome = await steps.RecoverAsync(attempt);
            intent = outcome is { Step: ChargeStep.Read, Intent: { } read } ? read : intent with { Status = IntentStatus.Unknown };
        }

        var archived = entry.Ledger.FindDebit(debit.Id) is null ? debit : null;
        var work = new AccountWork(entry, [now => new RecordIntent(debit.Id, attempt.Number, intent, archived, now)]);
        var controls = (await controlsStore.LoadRecentAsync(cancel)).Controls;
        await writer.WriteAsync(new WriteScope(Bucket.Of(entry.Ledger.Id), controls, clock.Authority("provider", cause)), [work], cancel);
        if (archived is null && (intent.Refunded.IsPositive || debit.Refunds.Count > 0))
        {
            await giveBack.ReadAsync(entry.Ledger.Id, debit.Id, intent.IntentId, cancel);
        }
    }
}
