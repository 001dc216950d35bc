namespace Autopay.Domain.Invariants;

/// <summary>What a check may look at beside the ledger itself.</summary>
public sealed record InvariantContext
{
    public required Moment Now { get; init; }

    public required Controls Controls { get; init; }

    /// <summary>The controls at a version; null when that version is not kept.</summary>
    public required Func<long, Controls?> ControlsAt { get; init; }

    /// <summary>The provider's intents of one account, by its own word; null when the provider was not asked.</summary>
    public IReadOnlyList<IntentReading>? Intents { get; init; }

    /// <summary>The account's archived debits.</summary>
    public IReadOnlyList<Debit> Archived { get; init; } = [];

    /// <summary>When the account's work row asks for a look.</summary>
    public DateTimeOffset? NextEvaluation { get; init; }

    /// <summary>What excuses late work; null: nothing.</summary>
    public LateWork? Late { get; init; }

    public required CityCalendar City { get; init; }

    /// <summary>For how long a fresh attempt is left to the worker that drives it.</summary>
    public TimeSpan RecoverAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a walk of the account's bucket is under way: what it has in hand asks for no look.</summary>
    public bool IsWalked { get; init; }

    /// <summary>
    /// Whether the account was looked at since the controls changed last. If not, it may still be where older controls
    /// put it.
    /// </summary>
    public bool ControlsSeen { get; init; } = true;

    /// <summary>
    /// All that ever happened to the account, oldest first; null when it was not read. What the ledger alone cannot
    /// tell is not judged then.
    /// </summary>
    public IReadOnlyList<LedgerEvent>? History { get; init; }
}

/// <summary>
/// One invariant of docs/reliability.md (Invariants), as far as one account and the provider's intents can answer it.
/// </summary>
/// <param name="Check">The violations, each a sentence; it calls the counter for each item that it looked at
/// (I21).</param>
public sealed record LedgerInvariant(
    string Id,
    string Text,
    Func<AccountLedger, InvariantContext, Action, IEnumerable<string>> Check
);

/// <summary>The invariants, in one list for every layer that checks them.</summary>
public static class LedgerInvariants
{
    /// <summary>Whether only its history can tell if the account is in order.</summary>
    public static bool NeedHistory(AccountLedger ledger) =>
        ledger.OpenBillsWithoutDebit().Any()
        || BillInvariants.OverInFlight(ledger).Any()
        || CapInvariants.OverCap(ledger).Any()
        || MergeInvariants.HasMissingLines(ledger);

    public static IReadOnlyList<LedgerInvariant> All { get; } =
    [
        new("I1", "Per debit at most one intent is processing or succeeded", ProviderInvariants.OneChargePerDebit),
        new(
            "I2",
            "No hold was in force on any line in the controls that the pre-charge check saw",
            AttemptInvariants.NoHoldAtThePreChargeCheck
        ),
        new(
            "I3",
            "No cent is lost or made",
            Both(MoneyInvariants.Conservation, TieInvariants.RefundsAndCollectionsTie)
        ),
        new(
            "I4",
            "Each merged part has one parent that keeps its lines",
            MergeInvariants.PartsHaveAParentThatKeepsTheirLines
        ),
        new(
            "I5",
            "Each debit is terminal, has a next action of its own, or is on the stuck list; and each open bill is "
                + "in one, or somebody took it out",
            Both(DebitInvariants.EveryDebitHasANextStep, BillInvariants.OpenBillsHaveADebit)
        ),
        new("I6", "A closed debit has its closing day and no open one has", DebitInvariants.TerminalStatesAreClosed),
        new(
            "I7",
            "Each intent maps to one attempt of equal amount, currency and customer, "
                + "and each attempt past P1 to one intent",
            ProviderInvariants.IntentsMatchAttempts
        ),
        new(
            "I8",
            "A payment is applied once, nothing is below zero, an attempt asks for more than zero and no more "
                + "than the cap",
            Both(MoneyInvariants.NothingBelowZero, CapInvariants.AttemptsKeepToTheCap)
        ),
        new("I13", "Unknown is left only with the provider's evidence", AttemptInvariants.UnknownKeepsItsIntent),
        new("I14", "One idempotency key belongs to one attempt", AttemptInvariants.KeysAreUnique),
        new("I15", "Attempt n+1 exists only when attempt n is dead", AttemptInvariants.OneLivingAttempt),
        new("I16", "No work is overdue", DebitInvariants.WorkIsAskedFor),
        new(
            "I22",
            "A bill has a live line in at most one debit, and is never collected, in flight and paid for more "
                + "than its charges",
            BillInvariants.OneLiveDebitPerBill
        ),
        new(
            "I23",
            "Every cent that is open with autopay on has a live debit, is in flight, is blocked or skipped by "
                + "finance, or is listed as not being collected",
            CustomerInvariants.NothingWaitsUnseen
        ),
        new(
            "I24",
            "What a customer paid for a bill by all channels above its charges is credit that is in use, listed, "
                + "given back or kept",
            CustomerInvariants.WhatIsPaidTwiceIsSeen
        ),
        new(
            "I25",
            "What was held is sent under an approved release that has it, and never for more than that says",
            ReleaseInvariants.SentAsApproved
        ),
        new(
            "I26",
            "No penalty and no disconnection is answered for a bill that the city itself keeps back",
            ProtectionInvariants.NoAnswerAgainstAHeldBill
        ),
    ];

    private static Func<AccountLedger, InvariantContext, Action, IEnumerable<string>> Both(
        Func<AccountLedger, InvariantContext, Action, IEnumerable<string>> one,
        Func<AccountLedger, InvariantContext, Action, IEnumerable<string>> other
    ) => (ledger, context, looked) => one(ledger, context, looked).Concat(other(ledger, context, looked));
}
