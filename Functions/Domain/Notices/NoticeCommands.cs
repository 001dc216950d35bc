namespace Autopay.Domain.Notices;

/// <summary>A notice went out: by e-mail, or in a list of letters that the city has mailed.</summary>
/// <param name="SentOn">The civil day from which the days of notice count.</param>
/// <param name="Amount">What it said at most, cents.</param>
/// <param name="Day">The banking day that it named.</param>
/// <param name="Proof">The id of the e-mail, or of the list.</param>
public sealed record RecordNoticeSent(
    DebitId Debit,
    int Number,
    NoticeChannel Channel,
    DateOnly SentOn,
    Money Amount,
    DateOnly Day,
    string Proof,
    Moment Now
) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Noticing.RecordSent(draft, this);
}

/// <summary>A notice did not arrive: the mail server refused it, or it bounced later.</summary>
public sealed record RecordNoticeFailed(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    /// <summary>A person tells of it: of a notice that there is not, that person is told so.</summary>
    public bool IsBounce { get; init; }

    internal override void Decide(Draft draft) => Noticing.RecordFailed(draft, this);
}

/// <summary>There is nothing to tell any more: it was paid, held or cancelled, or has left.</summary>
public sealed record DropNotice(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Noticing.Drop(draft, this);
}

/// <summary>The customer wants no notices of these kinds; those that the law asks for come all the same.</summary>
public sealed record DeclineNotices(IReadOnlyList<NoticeKind> Kinds, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Noticing.Decline(draft, this);
}
