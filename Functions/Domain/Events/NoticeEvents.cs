namespace Autopay.Domain.Events;

/// <summary>The customer is to be told something about the debit.</summary>
/// <param name="On">The civil day.</param>
public sealed record NoticeAsked(DebitId Debit, NoticeKind Kind, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"notice about debit {NumberOf(Debit)} asked for";

    public override bool IsForTheCustomer() => false;

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit with
                {
                    Notices =
                    [
                        .. debit.Notices,
                        new Notice
                        {
                            Number = debit.Notices.Count + 1,
                            Kind = Kind,
                            AskedOn = On,
                        },
                    ],
                }
        );
}

/// <param name="On">The civil day.</param>
/// <param name="Amount">What it said at most, cents.</param>
/// <param name="Day">The banking day that it named.</param>
public sealed record NoticeSent(
    DebitId Debit,
    int Number,
    NoticeChannel Channel,
    DateOnly On,
    Money Amount,
    DateOnly Day,
    string Proof,
    string Reason
) : LedgerEvent(Reason)
{
    public override string Title() => $"notice about debit {NumberOf(Debit)} sent";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit.WithNotice(
                    Number,
                    notice =>
                        notice with
                        {
                            State = NoticeState.Sent,
                            Channel = Channel,
                            SentOn = On,
                            Amount = Amount,
                            Day = Day,
                            Proof = Proof,
                        }
                )
        );
}

/// <summary>It did not arrive: it tells nothing, and the debit waits on where it has to.</summary>
public sealed record NoticeFailed(DebitId Debit, int Number, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"notice about debit {NumberOf(Debit)} did not arrive";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit.WithNotice(
                    Number,
                    notice =>
                        notice with
                        {
                            State = NoticeState.Failed,
                            Failure = Reason,
                            FailedAddress = ledger.Enrolment?.Email,
                        }
                )
        );
}

/// <summary>It is not sent: there is nothing to tell any more.</summary>
public sealed record NoticeDropped(DebitId Debit, int Number, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"notice about debit {NumberOf(Debit)} dropped";

    public override bool IsForTheCustomer() => false;

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit => debit.WithNotice(Number, notice => notice with { State = NoticeState.Dropped, Failure = Reason })
        );
}

/// <summary>What the customer wants to be told no more, beside what the law asks for.</summary>
public sealed record NoticesDeclined(IReadOnlyList<NoticeKind> Kinds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "notices chosen";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger with { DeclinedNotices = Kinds };
}
