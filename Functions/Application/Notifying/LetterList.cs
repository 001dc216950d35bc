namespace Autopay.Application.Notifying;

/// <summary>One letter: what a mail merge prints, and which notice it is.</summary>
/// <param name="Language">In which it is printed: <c>en</c>, <c>es</c>; English where it is not known.</param>
/// <param name="AmountCents">At most so much will be debited, or was.</param>
/// <param name="Day">The first banking day on which the debit may leave if the letter is mailed on the list's day.
/// </param>
/// <param name="Bills">Each with its due date and what of it is asked for, in words.</param>
public sealed record LetterRow(
    AccountId Account,
    string Language,
    NoticeKind Kind,
    long AmountCents,
    DateOnly Day,
    string Bills,
    DebitId Debit,
    int Notice
)
{
    /// <summary>What it says, in its language.</summary>
    public string Text { get; init; } = "";
}

/// <summary>What letters are to be printed.</summary>
/// <param name="MadeOn">The civil day of the printing.</param>
/// <param name="MailOn">The last civil day on which they may be mailed.</param>
/// <param name="After">Those of accounts behind this one; null of all.</param>
public sealed record PrintRun(DateOnly MadeOn, DateOnly MailOn, AccountId? After = null);

/// <summary>Letters that are printed together. Its id names its content: the same letters are the same list.</summary>
/// <param name="MailOn">The last civil day on which they may be mailed: the days that they name are worked out for it.
/// </param>
/// <param name="By">Who made it last, and why.</param>
/// <param name="After">The list goes on behind this account; null of the first one.</param>
/// <param name="More">Letters that this list has no room for.</param>
public sealed record LetterList(
    string Id,
    DateOnly MailOn,
    IReadOnlyList<LetterRow> Rows,
    string By,
    string Why,
    AccountId? After = null,
    int More = 0
)
{
    /// <summary>The civil day on which these letters were first made: none was mailed before. Null of older lists.
    /// </summary>
    public DateOnly? MadeOn { get; init; }
}

/// <summary>A printed letter that is not recorded as sent: its account has changed.</summary>
public sealed record LetterLeft(AccountId Account, DebitId Debit, int Notice, string Why);

/// <summary>What was recorded of a list that was mailed.</summary>
public sealed record LettersMailed(string List, DateOnly MailedOn, int Recorded, IReadOnlyList<LetterLeft> NotRecorded);
