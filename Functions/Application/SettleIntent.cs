using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>What became of a look at an intent.</summary>
public enum Settlement
{
    /// <summary>Applied, or already known.</summary>
    Applied,

    /// <summary>Not one of ours: no metadata, or another environment.</summary>
    Foreign,

    /// <summary>Ours by its metadata, and our books do not know it: reconcile lists it, and takes it over after a restore.</summary>
    Missing,

    /// <summary>Applied, or already known; but whoever woke us spoke of another amount.</summary>
    Contradicted,

    /// <summary>The intent could not be read now.</summary>
    NotYet,
}

/// <summary>A webhook, a poll or the rehearsal's bank says "look at this intent": reads it at the provider and records what it says.</summary>
public sealed class SettleIntent(ILedgerStore ledgers, IControlsStore controlsStore, IPaymentProvider provider, ProviderSteps steps, GiveBack giveBack, IStuckStore stuck, LedgerWriter writer, CityClock clock)
{
    /// <summary>What the bank took back although we had given it back: a loss, unless the customer pays again.</summary>
    public const string CameBackTwice = "came back twice";

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
        if (intent.Environment != provider.Environment || !DebitId.TryParse(intent.DebitId, out var debitId) || intent.AttemptNumber is not { } number)
        {
            return Settlement.Foreign;
        }

        if (await ledgers.LoadAsync(debitId.Account, cancel) is not { } entry)
        {
            return Settlement.Missing;
        }

        if (entry.Ledger.Funds.Any(funds => funds.Id.Value == intent.IntentId))
        {
            await WriteAsync(entry, now => new RecordRecovered(intent, now), cause, cancel);
            return Settlement.Applied;
        }

        var debit = entry.Ledger.FindDebit(debitId) ?? (await ledgers.ReadArchivedAsync(debitId.Account, cancel)).FirstOrDefault(it => it.Id == debitId);
        if (debit?.Attempts.FirstOrDefault(it => it.Number == number) is not { } attempt)
        {
            return Settlement.Missing;
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
        foreach (var lost in (await WriteAsync(entry, now => new RecordIntent(debit.Id, attempt.Number, intent, archived, now), cause, cancel)).OfType<DebitCameBack>().Where(e => e.Lost.IsPositive))
        {
            var reason = $"{lost.Lost} of debit {debit.Id} came back ({lost.Code}) although it had been given back: no bill shows it";
            await stuck.PutAsync(new StuckItem($"lost:{debit.Id}", CameBackTwice, reason, entry.Ledger.Id.Value, clock.Now.Utc), cancel);
        }

        if (archived is null && (intent.Refunded.IsPositive || debit.Refunds.Count > 0))
        {
            await giveBack.ReadAsync(entry.Ledger.Id, debit.Id, intent.IntentId, cancel);
        }
    }

    private async Task<IReadOnlyList<LedgerEvent>> WriteAsync(LedgerEntry entry, Func<Moment, LedgerCommand> command, string cause, CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadRecentAsync(cancel)).Controls;
        return (await writer.WriteAsync(new WriteScope(Bucket.Of(entry.Ledger.Id), controls, clock.Authority("provider", cause)), [new AccountWork(entry, [command])], cancel))[0].Events;
    }
}
