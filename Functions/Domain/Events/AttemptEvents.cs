namespace Autopay.Domain.Events;

/// <summary>P0: the attempt is saved before the provider is asked.</summary>
public sealed record AttemptPlanned(Attempt Attempt, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Attempt.Debit)} charge planned";

    public override bool IsForTheCustomer() => false;
}

/// <summary>P2: the pre-charge check said yes; the bills are in flight.</summary>
public sealed record AttemptLocked(
    DebitId Debit,
    string IntentId,
    long ControlsVersion,
    DateTimeOffset At,
    string Reason
) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} charge locked";

    public override bool IsForTheCustomer() => false;

    /// <summary>The civil day.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>It was locked and never sent; another whole pre-charge check said yes (R27).</summary>
public sealed record AttemptLockedAgain(DebitId Debit, long ControlsVersion, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} charge locked again";

    public override bool IsForTheCustomer() => false;
}

/// <summary>The attempt is proven dead without a submission; the debit goes back.</summary>
public sealed record AttemptAbandoned(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} not charged";

    /// <summary>Why the provider refused the confirm, when that is for a person to look at (R27).</summary>
    public string? ConfirmRefused { get; init; }
}

/// <summary>The answer to a confirm was lost: only the intent can tell (P4).</summary>
public sealed record AttemptInDoubt(DebitId Debit, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} in doubt";
}

public sealed record AttemptSubmitted(DebitId Debit, DateOnly On, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} submitted";
}

/// <param name="SubmittedOn">The day of the submission, when no earlier event told it.</param>
public sealed record AttemptCollected(DebitId Debit, DateOnly SubmittedOn, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} collected";
}

public sealed record AttemptFailed(DebitId Debit, string Code, DateOnly SubmittedOn, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} failed";

    public override bool IsForTheCustomer() => false;
}

/// <param name="Stop">Nothing more may be tried until a person has looked: a bug of ours.</param>
public sealed record AttemptFlagged(DebitId Debit, bool Stop, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} attempt flagged";
}
