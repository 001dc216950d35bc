namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>The charge protocol (P0 to P4) and a provider that is a dictionary of intents.</summary>
public sealed partial class AccountScenario
{
    private readonly Dictionary<string, IntentReading> intents = [];

    public IReadOnlyCollection<IntentReading> Intents => intents.Values;

    /// <summary>P0: what is due is satisfied, carried, reviewed or planned.</summary>
    public AccountScenario WhenEvaluated() => Do(new Evaluate(Now));

    /// <summary>The hour of the due-date run: P0 to the confirm, for everything that is due.</summary>
    public AccountScenario WhenTheRunComes(string day, string time = "06:00") =>
        On(day, time).WhenEvaluated().WhenThePreChargeCheckComes().WhenConfirmed();

    /// <summary>The first run at which the bill's own day lets it out.</summary>
    public AccountScenario WhenTheRunComesFor(string bill) => WhenTheRunComes(Due[bill]);

    /// <summary>P1 and P2 of everything planned: locked, or cancelled and back.</summary>
    public AccountScenario WhenThePreChargeCheckComes()
    {
        foreach (var attempt in Living(AttemptPhase.Planned))
        {
            var intent = Create(attempt);
            Do(new LockAttempt(attempt.Debit, attempt.Number, intent, Now));
            if (Ledger.DebitOf(attempt.Debit) is { LivingAttempt.Phase: AttemptPhase.Planned, Discrepancy: null })
            {
                Cancel(attempt, intent, PreChargeCheck.WhyNotLock(Ledger, attempt, Controls, Now.Today)!);
            }
        }

        return this;
    }

    /// <summary>P3 of everything locked, after another look at the controls.</summary>
    public AccountScenario WhenConfirmed()
    {
        foreach (var attempt in Living(AttemptPhase.Locked))
        {
            if (PreChargeCheck.WhyNotConfirm(Ledger, Ledger.DebitOf(attempt.Debit), Controls) is { } refusal)
            {
                Cancel(attempt, intents[attempt.IntentId!], refusal);
            }
            else
            {
                TheProviderSays(attempt, IntentStatus.Processing);
            }
        }

        return this;
    }

    /// <summary>Recovery finds everything locked untouched at the provider: it is decided anew (R27).</summary>
    public AccountScenario WhenRecovered()
    {
        foreach (var attempt in Living(AttemptPhase.Locked))
        {
            Do(new LockAttemptAgain(attempt.Debit, attempt.Number, Now));
            if (LastEvents.Count == 0)
            {
                Cancel(
                    attempt,
                    intents[attempt.IntentId!],
                    $"never confirmed: {PreChargeCheck.WhyNotLockAgain(Ledger, attempt, Controls, Now)}"
                );
            }
        }

        return this;
    }

    /// <summary>
    /// The provider does not take the confirm of anything locked, and the intent stays untouched (R27).
    /// </summary>
    public AccountScenario WhenTheConfirmIsRefused(string why, bool ofTheMethod)
    {
        foreach (var attempt in Living(AttemptPhase.Locked))
        {
            intents[attempt.IntentId!] = intents[attempt.IntentId!] with { Status = IntentStatus.Cancelled };
            Do(
                new AbandonAttempt(attempt.Debit, attempt.Number, $"never confirmed: {why}", Now)
                {
                    IntentId = attempt.IntentId,
                    Refusal = new ConfirmRefusal(why, ofTheMethod),
                }
            );
        }

        return this;
    }

    public AccountScenario WhenTheConfirmIsLost()
    {
        foreach (var attempt in Living(AttemptPhase.Locked))
        {
            Do(new DoubtAttempt(attempt.Debit, attempt.Number, "timed out", Now));
        }

        return this;
    }

    public AccountScenario TheBankSaysYes() => TheBankSays(IntentStatus.Succeeded);

    public AccountScenario TheBankSaysNo(string code) => TheBankSays(IntentStatus.Dead, code);

    /// <summary>To everything that is confirmed, or perhaps confirmed.</summary>
    public AccountScenario TheBankSays(IntentStatus status, string? code = null)
    {
        foreach (var attempt in Living(AttemptPhase.Submitted, AttemptPhase.Unknown, AttemptPhase.Locked))
        {
            TheProviderSays(attempt, status, code);
        }

        return this;
    }

    public AccountScenario TheProviderSays(Attempt attempt, IntentStatus status, string? code = null)
    {
        var intent = intents[attempt.IntentId!];
        var received = status == IntentStatus.Succeeded ? intent.Amount : Money.Zero;
        return Record(attempt, intent with { Status = status, Code = code, Received = received });
    }

    public AccountScenario TheProviderSays(int debit, IntentStatus status, string? code = null) =>
        TheProviderSays(Debit(debit).LastAttempt!, status, code);

    public AccountScenario TheBankSaysYesAndTakesBack(long cents)
    {
        var attempt = Living(AttemptPhase.Submitted).Single();
        var intent = intents[attempt.IntentId!];
        return Record(
            attempt,
            intent with
            {
                Status = IntentStatus.Succeeded,
                Received = intent.Amount,
                ReturnedCents = new Money(cents),
            }
        );
    }

    /// <summary>All that ever came back of the debit, cents (R20).</summary>
    public AccountScenario MoneyComesBack(int debit, long cents, bool endsMandate = true, string code = "dispute")
    {
        var attempt = Debit(debit).LastAttempt!;
        return Record(
            attempt,
            intents[attempt.IntentId!] with
            {
                ReturnedCents = new Money(cents),
                ReturnedCode = code,
                EndsMandate = endsMandate,
            }
        );
    }

    /// <summary>What the provider said last of the debit's last attempt, once more.</summary>
    public AccountScenario TheProviderRepeats(int debit) =>
        Record(Debit(debit).LastAttempt!, intents[Debit(debit).LastAttempt!.IntentId!]);

    public IntentReading Create(Attempt attempt)
    {
        var id = $"in-{attempt.Debit}-{attempt.Number}";
        return intents[id] = new IntentReading
        {
            IntentId = id,
            Status = IntentStatus.Untouched,
            Amount = attempt.Amount,
            Customer = attempt.Customer,
            PaymentMethod = attempt.PaymentMethod,
            CreatedAt = Now.Utc,
            AccountId = Ledger.Id.Value,
            DebitId = attempt.Debit.Value,
            AttemptNumber = attempt.Number,
        };
    }

    /// <summary>The provider has it, whatever the books know of it.</summary>
    public AccountScenario GivenAnIntent(IntentReading intent)
    {
        intents[intent.IntentId] = intent;
        return this;
    }

    private AccountScenario Record(Attempt attempt, IntentReading intent)
    {
        intents[intent.IntentId] = intent;
        var left = archived.FirstOrDefault(debit => debit.Id == attempt.Debit);
        return Do(
            new RecordIntent(
                attempt.Debit,
                attempt.Number,
                intent,
                Ledger.FindDebit(attempt.Debit) is null ? left : null,
                Now
            )
        );
    }

    private void Cancel(Attempt attempt, IntentReading intent, string why)
    {
        intents[intent.IntentId] = intent with { Status = IntentStatus.Cancelled };
        Do(new AbandonAttempt(attempt.Debit, attempt.Number, why, Now) { IntentId = intent.IntentId });
    }

    private List<Attempt> Living(params AttemptPhase[] phases) =>
        [
            .. Ledger
                .Debits.Select(debit => debit.LivingAttempt)
                .OfType<Attempt>()
                .Where(attempt => phases.Contains(attempt.Phase)),
        ];
}
