namespace Autopay.Domain.Releases;

/// <summary>What an approved release lets go to the bank of one debit: no more than this, and by these means.</summary>
/// <param name="Release">The release whose plan has the debit.</param>
/// <param name="Amount">Cents, at most.</param>
public sealed record ReleaseGrant(
    string Release,
    Money Amount,
    string Customer,
    string PaymentMethod,
    string? Mandate = null
)
{
    /// <summary>The civil day of the grant: it lapses when the debit has not left a banking day after it could.
    /// </summary>
    public DateOnly On { get; init; }

    /// <summary>In place of a release's id: the city has release approval switched off.</summary>
    public const string NotAsked = "not asked for";

    public static ReleaseGrant NotAskedFor(Money amount, Enrolment now) =>
        new(NotAsked, amount, now.Customer, now.PaymentMethod, now.Mandate);

    /// <summary>Why the debit as it is now is not what was approved, or null. Less than that is.</summary>
    public string? WhyNot(Money open, Enrolment now) =>
        open > Amount ? $"drift: {open} is open now, release {Release} was approved for {Amount}"
        : (now.Customer, now.PaymentMethod, now.Mandate) != (Customer, PaymentMethod, Mandate)
            ? $"drift: the payment method is another one than release {Release} was approved for"
        : null;
}
