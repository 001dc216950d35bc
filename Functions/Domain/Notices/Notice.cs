using System.Text.Json.Serialization;

namespace Autopay.Domain.Notices;

/// <summary>What a customer is told.</summary>
public enum NoticeKind
{
    /// <summary>A debit is for more than was told, or leaves on another day (R44). Nobody can decline it.</summary>
    Change,

    /// <summary>A debit leaves in a few days.</summary>
    Reminder,

    /// <summary>A debit was collected.</summary>
    Collected,

    /// <summary>A debit was not collected, and what to do.</summary>
    NotCollected,

    /// <summary>The card expires before the debit's day.</summary>
    CardExpires,
}

public enum NoticeState
{
    /// <summary>Asked for, not sent yet.</summary>
    Waiting,

    Sent,

    /// <summary>It did not arrive: nothing was told.</summary>
    Failed,

    /// <summary>Not sent: there was nothing to tell any more.</summary>
    Dropped,
}

public enum NoticeChannel
{
    Email,

    /// <summary>Printed and mailed by the city, from a list.</summary>
    Letter,
}

/// <summary>One notice to a customer about a debit, and the proof of it.</summary>
public sealed record Notice
{
    /// <summary>Counts within its debit from 1.</summary>
    public required int Number { get; init; }

    public required NoticeKind Kind { get; init; }

    public NoticeState State { get; init; }

    /// <summary>The civil day on which it was found to be needed.</summary>
    public required DateOnly AskedOn { get; init; }

    /// <summary>Null until it was sent.</summary>
    public NoticeChannel? Channel { get; init; }

    /// <summary>The civil day on which it was sent or mailed.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>What it said at most, cents; null until it was sent.</summary>
    public Money? Amount { get; init; }

    /// <summary>The banking day that it named: of a debit to come the first on which it may leave.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The id of the e-mail, or the list of letters that it was in.</summary>
    public string? Proof { get; init; }

    /// <summary>Why it did not arrive.</summary>
    public string? Failure { get; init; }

    /// <summary>The account's e-mail address when it did not arrive.</summary>
    public string? FailedAddress { get; init; }

    [JsonIgnore]
    public bool IsWaiting => State == NoticeState.Waiting;
}

/// <summary>What the city told everybody, as finance has recorded it (R44).</summary>
/// <param name="DueFrom">Of the bills that it is about; <paramref name="DueTo"/> is inclusive.</param>
/// <param name="PublishedOn">The civil day from which the days of notice count.</param>
/// <param name="DebitsFrom">The first day of debits that it named; null when it named none.</param>
/// <param name="CoversAmounts">Whether it told what will be debited, and not only when.</param>
/// <param name="What">Its words, or where they can be read.</param>
/// <param name="Audience">To whom: the press, the web site, all accounts of a cycle.</param>
/// <param name="Evidence">A link, a file number: what an auditor can look at.</param>
/// <param name="RecordedAt">UTC.</param>
public sealed record PublicNotice(
    string Id,
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PublishedOn,
    DateOnly? DebitsFrom,
    bool CoversAmounts,
    string What,
    string Audience,
    string Evidence,
    DateTimeOffset RecordedAt
)
{
    public DateTimeOffset? WithdrawnAt { get; init; }

    public bool IsAbout(Bill bill) =>
        WithdrawnAt is null && bill.DueDate >= DueFrom && bill.DueDate <= DueTo && Cycles.Contains(bill.Cycle);
}
