using Autopay.Application.Charging;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.ProviderEvents;

/// <summary>What became of a look at an intent.</summary>
public enum RecordingResult
{
    /// <summary>Applied, or already known.</summary>
    Applied,

    /// <summary>Not one of ours: no metadata, or another environment.</summary>
    Foreign,

    /// <summary>
    /// Ours by its metadata, and our books do not know it: reconcile lists it, and takes it over after a restore.
    /// </summary>
    Missing,

    /// <summary>The intent could not be read now.</summary>
    NotYet,
}

/// <summary>An intent to look at, and why.</summary>
public sealed record IntentLook(string IntentId, string Cause);

/// <summary>What became of it.</summary>
/// <param name="Amount">What the intent itself is about; null when it could not be read.</param>
public sealed record IntentRecorded(RecordingResult Result, Money? Amount);

/// <summary>
/// A webhook, a poll or the rehearsal's bank says "look at this intent": reads it at the provider and records what it
/// says.
/// </summary>
public sealed class RecordIntentOutcome(
    ILedgerStore ledgers,
    IPaymentProvider provider,
    ProviderSteps steps,
    RecordReadings record
)
{
    public async Task<RecordingResult> RunAsync(string intentId, string cause, CancellationToken cancel) =>
        (await RunAsync([new IntentLook(intentId, cause)], [], cancel))[intentId].Result;

    /// <summary>Several together: those of one bucket share reads and saves.</summary>
    /// <param name="known">Ledgers that were read already.</param>
    public async Task<IReadOnlyDictionary<string, IntentRecorded>> RunAsync(
        IReadOnlyList<IntentLook> looks,
        IReadOnlyList<LedgerEntry> known,
        CancellationToken cancel
    )
    {
        var answers = await steps.ForEachAsync(
            looks,
            async look => (Look: look, Answer: await provider.ReadAsync(look.IntentId))
        );
        var recorded = answers.ToDictionary(it => it.Look.IntentId, it => Unrecorded(it.Answer));
        foreach (
            var bucket in answers
                .Select(it => OursOf(it.Look, it.Answer))
                .OfType<IntentWork>()
                .GroupBy(work => Bucket.Of(work.Debit.Account))
        )
        {
            foreach (var (work, result) in await ApplyAsync(bucket.Key, [.. bucket], known, cancel))
            {
                recorded[work.Intent.IntentId] = recorded[work.Intent.IntentId] with { Result = result };
            }
        }

        return recorded;
    }

    private static IntentRecorded Unrecorded(ProviderAnswer answer) =>
        answer switch
        {
            ProviderAnswer.Read read => new IntentRecorded(RecordingResult.Foreign, read.Intent.Amount),
            ProviderAnswer.Rejected => new IntentRecorded(RecordingResult.Foreign, null),
            _ => new IntentRecorded(RecordingResult.NotYet, null),
        };

    private IntentWork? OursOf(IntentLook look, ProviderAnswer answer) =>
        answer is ProviderAnswer.Read { Intent: { AttemptNumber: { } number } intent }
        && intent.Environment == provider.Environment
        && DebitId.TryParse(intent.DebitId, out var debit)
            ? new IntentWork(look.Cause, intent, debit, number)
            : null;

    private async Task<IReadOnlyList<(IntentWork Work, RecordingResult Result)>> ApplyAsync(
        Bucket bucket,
        IReadOnlyList<IntentWork> work,
        IReadOnlyList<LedgerEntry> known,
        CancellationToken cancel
    )
    {
        var accounts = work.Select(it => it.Debit.Account).ToHashSet();
        var entries = known.Where(entry => accounts.Contains(entry.Ledger.Id)).ToDictionary(entry => entry.Ledger.Id);
        accounts.ExceptWith(entries.Keys);
        foreach (var entry in accounts.Count == 0 ? [] : await ledgers.LoadManyAsync(bucket, accounts, cancel))
        {
            entries[entry.Ledger.Id] = entry;
        }

        var recorded = await record.RunAsync(
            bucket,
            [.. work.Where(it => entries.ContainsKey(it.Debit.Account))],
            entries,
            cancel
        );
        return
        [
            .. work.Select(it =>
                (it, recorded.Contains(it.Intent.IntentId) ? RecordingResult.Applied : RecordingResult.Missing)
            ),
        ];
    }
}
