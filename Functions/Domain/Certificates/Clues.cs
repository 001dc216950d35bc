namespace Autopay.Domain.Certificates;

/// <summary>Where the other half of a difference may be.</summary>
public enum ClueKind
{
    /// <summary>Money of an account that nobody knows (R13).</summary>
    Suspense,

    /// <summary>A row that waits for a person, or for what it names (R30, R33, R40).</summary>
    Waiting,

    /// <summary>A row that contradicts what is stored under its id (R29, R31).</summary>
    Conflict,

    /// <summary>The same amount on the same day by another channel.</summary>
    OtherChannel,

    /// <summary>The same amount on the same day in another drawer.</summary>
    OtherDrawer,

    /// <summary>The same amount in the same drawer, of an account of another cycle.</summary>
    OtherCycle,

    /// <summary>The same amount in the same drawer on another day.</summary>
    OtherDay,

    /// <summary>A payment here that is as large as the difference.</summary>
    TooMuchHere,

    /// <summary>A payment here that was taken back since.</summary>
    Reversed,

    /// <summary>None of that: the receipt itself has to be found.</summary>
    Nothing,
}

/// <summary>One place to look.</summary>
/// <param name="Text">A sentence.</param>
public sealed record Clue(ClueKind Kind, string Text)
{
    public string? Account { get; init; }

    public PaymentId? Payment { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    public string? Channel { get; init; }

    public string? Drawer { get; init; }

    public Money? Cents { get; init; }
}

/// <summary>Money that a file brought and that is not posted.</summary>
public sealed record UnpostedPayment(ClueKind Kind, string Account, Funds Payment);

/// <summary>Where to look for a difference, from what there is.</summary>
/// <param name="Posted">Payments of the days of the totals and around them.</param>
public sealed record Clues(IReadOnlyList<PostedPayment> Posted, IReadOnlyList<UnpostedPayment> Unposted)
{
    private const int Most = 20;
    private const int NearDays = 31;

    /// <returns>At least one; the likeliest first.</returns>
    public IReadOnlyList<Clue> Of(CertificateLine line)
    {
        List<Clue> found =
        [
            .. Unposted.Where(it => IsNear(line, it.Payment)).Select(OfUnposted),
            .. Elsewhere(line),
            .. Here(line),
        ];
        return found.Count == 0 ? [Nothing(line)] : [.. found.Take(Most)];
    }

    // Suspense and conflicts of that day and channel, of that drawer, or of exactly what is missing.
    private static bool IsNear(CertificateLine line, Funds payment) =>
        (payment.ReceivedOn == line.Key.ReceivedOn && payment.Channel == line.Key.Channel)
        || (line.Key.Drawer.Length > 0 && payment.Drawer == line.Key.Drawer)
        || (payment.ReceivedOn == line.Key.ReceivedOn && payment.Amount == -line.Difference);

    private IEnumerable<Clue> Elsewhere(CertificateLine line) =>
        from payment in Posted
        where payment.Net == -line.Difference && payment.Net.IsPositive && !IsHere(line, payment)
        let kind = WhereElse(line, payment)
        where kind is not null
        orderby kind, payment.ReceivedOn, payment.Id
        select OfPosted(kind.Value, payment, $"does it belong to {line.Key}?");

    private IEnumerable<Clue> Here(CertificateLine line)
    {
        foreach (var payment in Posted.Where(payment => IsHere(line, payment)))
        {
            if (payment.Net.IsPositive && payment.Net == line.Difference)
            {
                yield return OfPosted(
                    ClueKind.TooMuchHere,
                    payment,
                    "it is as large as the difference: was it counted elsewhere, or keyed twice?"
                );
            }

            if (payment.Reversed.IsPositive)
            {
                yield return OfPosted(ClueKind.Reversed, payment, $"${payment.Reversed} of it were reversed.");
            }
        }
    }

    private static bool IsHere(CertificateLine line, PostedPayment payment) =>
        payment.ReceivedOn == line.Key.ReceivedOn
        && payment.Channel == line.Key.Channel
        && (line.Key.Drawer.Length == 0 || payment.Drawer == line.Key.Drawer)
        && (line.Key.Cycle is not { } cycle || payment.Cycle is not { } of || of == cycle);

    private static ClueKind? WhereElse(CertificateLine line, PostedPayment payment)
    {
        var sameDrawer = line.Key.Drawer.Length == 0 || payment.Drawer == line.Key.Drawer;
        var days = Math.Abs(payment.ReceivedOn.DayNumber - line.Key.ReceivedOn.DayNumber);
        return (payment.Channel == line.Key.Channel, sameDrawer, days) switch
        {
            (false, _, 0) => ClueKind.OtherChannel,
            (true, false, 0) => ClueKind.OtherDrawer,
            (true, true, 0) => ClueKind.OtherCycle,
            (true, true, <= NearDays) => ClueKind.OtherDay,
            _ => null,
        };
    }

    private static Clue OfUnposted(UnpostedPayment it) =>
        new(it.Kind, $"{Text(it.Account, it.Payment)}: {Why(it.Kind)}")
        {
            Account = it.Account,
            Payment = it.Payment.Id,
            ReceivedOn = it.Payment.ReceivedOn,
            Channel = it.Payment.Channel,
            Drawer = it.Payment.Drawer,
            Cents = it.Payment.Amount,
        };

    private static string Why(ClueKind kind) =>
        kind switch
        {
            ClueKind.Suspense => "it is in suspense, because nobody knows its account.",
            ClueKind.Conflict => "it contradicts what is stored under its id, and waits for a person's word.",
            _ => "its row waits, and is not posted.",
        };

    private static Clue OfPosted(ClueKind kind, PostedPayment payment, string question) =>
        new(
            kind,
            $"Payment {payment.Id} of ${payment.Amount}, account {payment.Account}, is posted as "
                + $"{new TotalKey(payment.ReceivedOn, payment.Channel, payment.Drawer, payment.Cycle)}: {question}"
        )
        {
            Account = payment.Account.Value,
            Payment = payment.Id,
            ReceivedOn = payment.ReceivedOn,
            Channel = payment.Channel,
            Drawer = payment.Drawer,
            Cents = payment.Net,
        };

    private static string Text(string account, Funds payment) =>
        $"Payment {payment.Id} of ${payment.Amount}, account {account}, "
        + $"{new TotalKey(payment.ReceivedOn, payment.Channel, payment.Drawer, null)}";

    private static Clue Nothing(CertificateLine line) =>
        new(
            ClueKind.Nothing,
            line.Difference < Money.Zero
                ? $"No payment of ${-line.Difference} is in suspense, in a row that waits, or posted elsewhere: look "
                    + $"for the receipts of {line.Key}."
                : $"Nothing here tells what is too much: count {line.Key} again."
        );
}
