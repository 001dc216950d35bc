namespace Autopay.Domain.Notices;

/// <summary>A notice that waits to be sent, as it lies beside its ledger for whoever sends it.</summary>
/// <param name="AskedOn">The civil day.</param>
/// <param name="ByLetter">No e-mail address is known, or one of this debit's e-mails did not arrive there.</param>
public sealed record PendingNotice(DebitId Debit, int Number, NoticeKind Kind, DateOnly AskedOn, bool ByLetter);

/// <summary>Notices of an account that wait, or did not arrive.</summary>
public static class NoticesOfAccount
{
    extension(AccountLedger ledger)
    {
        /// <summary>Whether any of its debits has a notice, sent or not.</summary>
        public bool IsTold => ledger.Debits.Any(debit => debit.Notices.Count > 0);

        /// <summary>What has to be sent, in the order in which it was asked for within each debit.</summary>
        public IReadOnlyList<PendingNotice> PendingNotices() =>
            [
                .. from debit in ledger.Debits
                from notice in debit.Notices
                where notice.IsWaiting
                select new PendingNotice(
                    debit.Id,
                    notice.Number,
                    notice.Kind,
                    notice.AskedOn,
                    ledger.IsToldByLetter(debit)
                ),
            ];

        /// <summary>Where no e-mail can be sent, or one about the debit has not arrived at the address.</summary>
        public bool IsToldByLetter(Debit debit) =>
            ledger.Enrolment is not { Email: { Length: > 0 } email }
            || debit.Notices.Any(notice =>
                notice is { State: NoticeState.Failed, Channel: not NoticeChannel.Letter }
                && notice.FailedAddress == email
            );

        /// <summary>Notices that did not arrive and that nothing has made good: neither a later one that was sent, nor
        /// another e-mail address; and of those sent to people who need not know any more, none.</summary>
        public IEnumerable<(Debit Debit, Notice Notice)> UndeliveredNotices() =>
            from debit in ledger.Debits
            from notice in debit.Notices
            where notice.State == NoticeState.Failed
            where !debit.Notices.Any(later => later.Number > notice.Number && later.State == NoticeState.Sent)
            where
                notice.Channel == NoticeChannel.Letter
                    ? !debit.IsTerminal
                    : notice.FailedAddress == ledger.Enrolment?.Email
            select (debit, notice);
    }
}
