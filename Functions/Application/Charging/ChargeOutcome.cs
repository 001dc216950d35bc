namespace Autopay.Application.Charging;

/// <summary>What one step with the provider established about an attempt.</summary>
public enum ChargeStep
{
    /// <summary>
    /// Nothing: not asked yet, or no answer that says anything. The attempt stays and is looked at again.
    /// </summary>
    Nothing,

    /// <summary>P1: there is an unconfirmed intent.</summary>
    Created,

    /// <summary>What the intent says is to be recorded.</summary>
    Read,

    /// <summary>Proven dead without a submission: cancelled, or it never got an intent.</summary>
    Abandoned,

    /// <summary>A confirm may have happened.</summary>
    Doubt,

    /// <summary>A person must look.</summary>
    Discrepancy,

    /// <summary>A bug of ours: nothing more is tried.</summary>
    Stop,
}

public sealed record ChargeOutcome(Attempt Attempt, ChargeStep Step, IntentReading? Intent, string Why)
{
    /// <summary>The confirm was refused, and the intent is cancelled untouched (R27).</summary>
    public ConfirmRefusal? Refusal { get; init; }

    /// <summary>The command that records the outcome; null when nothing was established.</summary>
    public Func<Moment, LedgerCommand>? ToCommand() =>
        Step switch
        {
            ChargeStep.Read => now => new RecordIntent(Attempt.Debit, Attempt.Number, Intent!, null, now),
            ChargeStep.Abandoned => now => new AbandonAttempt(Attempt.Debit, Attempt.Number, Why, now)
            {
                IntentId = Intent?.IntentId,
                Refusal = Refusal,
            },
            ChargeStep.Doubt => now => new DoubtAttempt(Attempt.Debit, Attempt.Number, Why, now),
            ChargeStep.Discrepancy or ChargeStep.Stop => now => new FlagAttempt(
                Attempt.Debit,
                Attempt.Number,
                Step == ChargeStep.Stop,
                Why,
                now
            ),
            _ => null,
        };
}
