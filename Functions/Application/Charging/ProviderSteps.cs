using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Charging;

/// <summary>Each step with the provider, followed to what it proves: see docs/charging.md.</summary>
public sealed class ProviderSteps(IPaymentProvider provider, CityClock clock, ProcessingOptions options)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>Under the bound on calls to the provider that are under way at once.</summary>
    public Task<IReadOnlyList<TResult>> ForEachAsync<T, TResult>(IReadOnlyList<T> items, Func<T, Task<TResult>> step) =>
        InParallel.SelectAsync(items, options.ProviderParallelism, step);

    /// <returns>The outcomes of those that were asked about: none is begun once the walk is to end.</returns>
    public async Task<IReadOnlyList<ChargeOutcome>> ForEachAsync<T>(
        IReadOnlyList<T> items,
        Func<T, Task<ChargeOutcome>> step,
        Walk walk
    )
    {
        var outcomes = await InParallel.SelectAsync(
            items,
            options.ProviderParallelism,
            async item =>
            {
                ProviderTurn.GiveUpOn(walk.Stop);
                return await walk.GoesOnAsync() ? await step(item) : null;
            }
        );
        return [.. outcomes.OfType<ChargeOutcome>()];
    }

    /// <summary>
    /// P1. Old keys may be pruned, so an old attempt is looked up instead of created again; so is one whose payment
    /// method was replaced.
    /// </summary>
    public async Task<ChargeOutcome> CreateAsync(Attempt attempt, Debit debit, bool isReplaced = false)
    {
        if (isReplaced || clock.Now.Utc - attempt.KeyAt >= options.KeyLifetime)
        {
            return await FindAsync(attempt);
        }

        if (await PredecessorIsAliveAsync(attempt, debit) is { } alive)
        {
            return alive;
        }

        return await provider.CreateAsync(new IntentRequest(attempt, attempt.Debit.Account)) switch
        {
            ProviderAnswer.Read read => new ChargeOutcome(attempt, ChargeStep.Created, read.Intent, "created"),
            ProviderAnswer.ServerError => await FindAsync(attempt),
            ProviderAnswer.Rejected { OfTheMethod: true, Why: var why } => await EndUncreatedAsync(attempt, why),
            ProviderAnswer.Rejected rejected => new ChargeOutcome(
                attempt,
                ChargeStep.Discrepancy,
                null,
                $"the provider does not take the charge: {rejected.Why}"
            ),
            ProviderAnswer.KeyMisused misused => new ChargeOutcome(
                attempt,
                ChargeStep.Stop,
                null,
                $"idempotency error: {misused.Why}"
            ),
            var answer => Nothing(attempt, answer),
        };
    }

    // Refused because of the method, and the list proves that no intent came of it: what was never sent is decided anew
    // (R27).
    private async Task<ChargeOutcome> EndUncreatedAsync(Attempt attempt, string why)
    {
        var found = await FindAsync(attempt);
        return found.Step == ChargeStep.Abandoned
            ? found with
            {
                Why = $"never created: {why}",
                Refusal = new ConfirmRefusal(why, OfTheMethod: true),
            }
            : found;
    }

    /// <summary>P3, and what the intent says after it.</summary>
    /// <param name="stillAgrees">Asked once more when the provider can be called.</param>
    public async Task<ChargeOutcome> ConfirmAsync(Attempt attempt, Func<Task<bool>> stillAgrees)
    {
        ProviderTurn.LookWhenItComes(stillAgrees);
        var answer = await provider.ConfirmAsync(attempt);
        if (answer is ProviderAnswer.KeyMisused misused)
        {
            return new ChargeOutcome(attempt, ChargeStep.Stop, null, $"idempotency error: {misused.Why}");
        }

        if (answer is ProviderAnswer.NotAsked)
        {
            return Nothing(attempt, answer);
        }

        ProviderTurn.Keep();
        var reading = answer as ProviderAnswer.Read ?? await provider.ReadAsync(attempt.Intent) as ProviderAnswer.Read;
        if (reading is null)
        {
            return new ChargeOutcome(attempt, ChargeStep.Doubt, null, $"no answer about the confirm: {Why(answer)}");
        }

        return reading.Intent.Status != IntentStatus.Untouched ? await FollowAsync(attempt, reading.Intent)
            : answer is ProviderAnswer.Rejected rejected ? await CancelRefusedAsync(attempt, rejected)
            : AfterUnheardConfirm(attempt, answer);
    }

    // The confirm had no effect, and under its key it never will: only the cancelled intent makes the attempt dead
    // (R27).
    private async Task<ChargeOutcome> CancelRefusedAsync(Attempt attempt, ProviderAnswer.Rejected rejected)
    {
        var outcome = await CancelAsync(attempt, attempt.Intent, $"never confirmed: {rejected.Why}");
        return outcome.Step == ChargeStep.Abandoned
            ? outcome with
            {
                Refusal = new ConfirmRefusal(rejected.Why, rejected.OfTheMethod),
            }
            : outcome;
    }

    /// <summary>Locked, unknown or submitted, and nobody drives it: the intent decides.</summary>
    public async Task<ChargeOutcome> RecoverAsync(Attempt attempt)
    {
        if (await provider.ReadAsync(attempt.Intent) is not ProviderAnswer.Read { Intent: var intent })
        {
            return new ChargeOutcome(attempt, ChargeStep.Nothing, null, "the intent could not be read");
        }

        ProviderTurn.Keep();
        if (intent.Status != IntentStatus.Untouched)
        {
            return await FollowAsync(attempt, intent);
        }

        // A locked attempt was never confirmed, or its confirm never arrived: it is decided anew (R27). A confirm in
        // doubt may have met a stored 500 that would be replayed for a day: its intent is cancelled, and a new attempt
        // follows.
        return attempt.Phase == AttemptPhase.Unknown
            ? await CancelAsync(attempt, intent.IntentId, "its confirm had no effect")
            : new ChargeOutcome(attempt, ChargeStep.Nothing, intent, "not confirmed yet");
    }

    /// <summary>Cancels an unconfirmed intent; only the intent's own word makes the attempt dead.</summary>
    public async Task<ChargeOutcome> CancelAsync(Attempt attempt, string intentId, string why)
    {
        var (answer, reading) = await TryCancelAsync(attempt, intentId);
        return reading?.Intent.Status switch
        {
            null or IntentStatus.Untouched => Nothing(attempt, answer),
            IntentStatus.Cancelled when string.IsNullOrEmpty(reading.Intent.Code) => new ChargeOutcome(
                attempt,
                ChargeStep.Abandoned,
                reading.Intent,
                why
            ),
            // The bank had said no before the cancel came: that counts.
            IntentStatus.Cancelled => new ChargeOutcome(attempt, ChargeStep.Read, reading.Intent, "read"),
            _ => await FollowAsync(attempt, reading.Intent),
        };
    }

    // What must be done at the provider before the reading may be recorded.
    private async Task<ChargeOutcome> FollowAsync(Attempt attempt, IntentReading intent)
    {
        if (intent.Status == IntentStatus.RequiresAction)
        {
            // Nothing may charge days later unattended (R21).
            var (_, after) = await TryCancelAsync(attempt, intent.IntentId);
            return after?.Intent.Status switch
            {
                IntentStatus.Cancelled => new ChargeOutcome(attempt, ChargeStep.Read, intent, "customer must act"),
                null or IntentStatus.RequiresAction => new ChargeOutcome(
                    attempt,
                    ChargeStep.Doubt,
                    null,
                    "customer must act; the cancel is not proven yet"
                ),
                _ => new ChargeOutcome(attempt, ChargeStep.Read, after.Intent, "read"),
            };
        }

        return new ChargeOutcome(attempt, ChargeStep.Read, intent, "read");
    }

    private static ChargeOutcome AfterUnheardConfirm(Attempt attempt, ProviderAnswer answer) =>
        answer switch
        {
            ProviderAnswer.NotYet => Nothing(attempt, answer),
            _ => new ChargeOutcome(
                attempt,
                ChargeStep.Doubt,
                null,
                $"the confirm may still be under way: {Why(answer)}"
            ),
        };

    /// <summary>
    /// By metadata among the customer's intents, never by search: adopted, or the attempt never got one.
    /// </summary>
    public async Task<ChargeOutcome> FindAsync(Attempt attempt)
    {
        // Early enough: the provider's clock may be behind ours (F42).
        var intents = await provider.ListAsync(attempt.Customer, attempt.KeyAt - ClockSkew);
        if (intents is null)
        {
            return new ChargeOutcome(attempt, ChargeStep.Nothing, null, "the customer's intents could not be listed");
        }

        var ours = intents.FirstOrDefault(intent =>
            intent.DebitId == attempt.Debit.Value
            && intent.AttemptNumber == attempt.Number
            && intent.Environment == provider.Environment
            && intent.Status != IntentStatus.Cancelled
        );
        return ours is null
            ? new ChargeOutcome(attempt, ChargeStep.Abandoned, null, "it never got an intent")
            : new ChargeOutcome(attempt, ChargeStep.Created, ours, "adopted");
    }

    // Attempt n+1 exists only when attempt n is proven dead: one that was refused could be confirmed again until it is
    // cancelled.
    private async Task<ChargeOutcome?> PredecessorIsAliveAsync(Attempt attempt, Debit debit)
    {
        var before = debit.Attempts.LastOrDefault(it => it.Number < attempt.Number && it.IntentId is not null);
        if (before is not { Phase: AttemptPhase.Refused })
        {
            return null;
        }

        var (_, reading) = await TryCancelAsync(before, before.Intent);
        return reading?.Intent.Status == IntentStatus.Cancelled
            ? null
            : new ChargeOutcome(attempt, ChargeStep.Nothing, null, $"attempt {before.Number} is not proven dead yet");
    }

    // What the cancel answered, and what the intent says.
    private async Task<(ProviderAnswer Answer, ProviderAnswer.Read? Reading)> TryCancelAsync(
        Attempt attempt,
        string intentId
    )
    {
        var answer = await provider.CancelAsync(intentId, attempt.CancelKeyAt(clock.Now.Utc));
        return (answer, answer as ProviderAnswer.Read ?? await provider.ReadAsync(intentId) as ProviderAnswer.Read);
    }

    private static ChargeOutcome Nothing(Attempt attempt, ProviderAnswer answer) =>
        new(attempt, ChargeStep.Nothing, null, Why(answer));

    private static string Why(ProviderAnswer answer) =>
        answer switch
        {
            ProviderAnswer.NotYet notYet => notYet.Why,
            ProviderAnswer.NotAsked => "the work was told to end",
            ProviderAnswer.Doubt doubt => doubt.Why,
            ProviderAnswer.ServerError error => error.Why,
            ProviderAnswer.Rejected rejected => rejected.Why,
            ProviderAnswer.KeyMisused misused => misused.Why,
            _ => "the intent is unchanged",
        };
}
