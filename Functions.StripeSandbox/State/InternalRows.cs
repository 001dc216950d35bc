using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.State;

/// <summary>What is still to happen by itself: the bank's answer, a dispute, the end of a refund or payout.</summary>
internal sealed record BankTask(string Id, BankTaskKind Kind, string Subject, DateTimeOffset DueAt, bool Done = false)
    : IRow;

internal enum BankTaskKind
{
    Answer,
    Dispute,
    Refund,
    Payout,
}

/// <summary>An answer kept under its idempotency key.</summary>
internal sealed record StoredAnswer(
    string Id,
    string Method,
    string Path,
    string Fingerprint,
    int Status,
    string Body,
    string RequestId,
    DateTimeOffset StoredAt
) : IRow;

/// <summary>Which test id an attached payment method was made from: it keeps that bank behind a new id.</summary>
internal sealed record TestBank(string Id, string TestId) : IRow;

/// <summary>A payment method that was detached, for ever.</summary>
internal sealed record DetachedMethod(string Id) : IRow;

/// <summary>
/// The mandate under which a customer's payment method is debited; the id is `customer|payment method`.
/// </summary>
internal sealed record MandateInUse(string Id, string Mandate) : IRow;

/// <summary>In which payout a line of the balance left; the id is the line's.</summary>
internal sealed record PayoutLine(string Id, string Payout) : IRow;

/// <summary>How far the sandbox's clock runs from the real one.</summary>
internal sealed record ClockSetting(string Id, TimeSpan Offset, DateTimeOffset? FrozenAt) : IRow;

/// <summary>An event on its way to one endpoint; the id is `event|url`.</summary>
internal sealed record Delivery(string Id, string Event, Uri Url, DeliveryOutcome Outcome, int Attempts = 0) : IRow;

internal enum DeliveryOutcome
{
    Waiting,
    Acknowledged,

    /// <summary>Lost on purpose; only a redelivery brings it.</summary>
    Dropped,

    /// <summary>Given up after three days.</summary>
    Failed,
}
