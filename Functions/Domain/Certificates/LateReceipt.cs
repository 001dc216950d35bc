using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Autopay.Domain.Certificates;

/// <summary>
/// A payment came in after its cycle was cleared, and was received by the day through which the clear says that all of
/// its channel is in. Each debit is worked out anew, so its customer is safe; other receipts of that drawer may be
/// missing.
/// </summary>
/// <param name="ClearedAt">The clear that it contradicts, UTC: another clear has taken it into account.</param>
/// <param name="PostedAt">UTC.</param>
/// <param name="Through">What the clear says of its channel, civil day.</param>
public sealed record LateReceipt(CycleNumber Cycle, DateTimeOffset ClearedAt, DateTimeOffset PostedAt, DateOnly Through)
{
    /// <summary>By the account's cycle of now, as the certificate counts it.</summary>
    /// <returns>Null when the payment contradicts nothing.</returns>
    public static LateReceipt? Of(AccountLedger ledger, Controls controls, Funds payment, Moment now) =>
        payment.Source == FundsSource.BackPayment
        && ledger.Enrolment is { } enrolment
        && controls.BacklogOf(enrolment.Cycle) is { Cleared: true, ChangedAt: { } clearedAt } backlog
        && backlog.ReceivedThrough.TryGetValue(payment.Channel, out var through)
        && payment.ReceivedOn <= through
            ? new LateReceipt(enrolment.Cycle, clearedAt, now.Utc, through)
            : null;

    /// <summary>Whether the clear that it contradicts is in force.</summary>
    public bool IsInForce(Controls controls) => controls.ClearedAt(Cycle) == ClearedAt;

    /// <summary>Whether two people have looked at it and leave the cycle cleared.</summary>
    public bool IsAccepted(Controls controls) => PostedAt <= controls.BacklogOf(Cycle).LateAccepted?.Through;
}

/// <summary>Late receipts of one clear, and their hash.</summary>
/// <param name="Through">When the last of them was posted, UTC.</param>
/// <param name="Hash">SHA-256 over each account, payment and amount, lower-case hex.</param>
public sealed record LateReceipts(CycleNumber Cycle, int Count, Money Cents, DateTimeOffset Through, string Hash)
{
    /// <param name="items">Of the work list; at least one, all of them of the same clear.</param>
    public static LateReceipts Of(IReadOnlyCollection<WorkItem> items)
    {
        var lines = items
            .Select(item => $"{item.Account}|{item.Payment}|{item.Cents?.Cents}|{item.Late!.PostedAt.UtcTicks}\n")
            .Order(StringComparer.Ordinal);
        return new LateReceipts(
            items.First().Late!.Cycle,
            items.Count,
            items.Sum(item => item.Cents ?? Money.Zero),
            items.Max(item => item.Late!.PostedAt),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))
        );
    }

    /// <summary>A sentence: <c>2 payments, $70.00, came in after …</c>.</summary>
    public string ToSentence() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} {(Count == 1 ? "payment" : "payments")}, ${Cents}, came in after cycle {Cycle} was cleared, of "
                + $"days through which it says that all is in"
        );
}

/// <summary>Two people leave the cycle cleared in spite of these late receipts, and of none that come later.</summary>
/// <param name="ClearedAt">The clear that is meant, UTC.</param>
public sealed record LateReceiptsAccepted(LateReceipts Receipts, DateTimeOffset ClearedAt) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>What was accepted of a clear.</summary>
/// <param name="Through">What was posted by then, UTC.</param>
public sealed record LateAcceptance(DateTimeOffset Through, string Hash, Authority Accepted);
