using System.Globalization;

namespace Autopay.Domain.CityControls;

/// <summary>
/// Two people for what one must not do alone. The one who asks never approves; an approval is of what was shown, and
/// only while it is still so; it ends after a day.
/// </summary>
internal static class SecondPerson
{
    extension(Controls controls)
    {
        /// <exception cref="RefusedException">There is nothing to be approved, or the id is another
        /// request's.</exception>
        public Controls Ask(ApprovalAsked asked, Authority authority)
        {
            var approval = new Approval(asked.Id, asked.Act, controls.Show(asked.Act), authority);
            var recent = controls.Recent(authority.At).ToList();
            if (recent.Find(it => it.Id == asked.Id) is { } known && !IsAnew(known, approval))
            {
                throw new RefusedException(
                    $"The id {asked.Id} is that of another request, by {known.Asked.By}: {known.Shown} Choose another "
                        + "id."
                );
            }

            return controls.Asked(approval);
        }

        /// <summary>It waits; what is too old to be approved is forgotten.</summary>
        internal Controls Asked(Approval approval) =>
            controls with
            {
                Approvals = [.. controls.Recent(approval.Asked.At).Where(it => it.Id != approval.Id), approval],
            };

        /// <summary>It is approved, and what it asks for happens.</summary>
        internal Controls Given(string id, Authority authority)
        {
            var approval = controls.Waiting(id, authority.At);
            return controls.Decide(approval with { Decided = authority }).Apply(approval.Act, authority);
        }

        /// <exception cref="NotYetKnownException">Nobody asked for it.</exception>
        /// <exception cref="AnotherPersonException">The same person asked for it.</exception>
        /// <exception cref="RefusedException">It is decided or too old, or something else was shown.</exception>
        public Controls Approve(ApprovalGiven given, Authority authority)
        {
            var approval = controls.Waiting(given.Id, authority.At);
            if (approval.IsPreparedBy(authority))
            {
                throw new AnotherPersonException(
                    approval.Act is CycleReleased
                        ? "You prepared this plan, so you cannot approve it. That is on purpose: it protects you."
                        : "You asked for this, so you cannot approve it: another person does. That protects you both."
                );
            }

            if (approval.Hash != given.Hash || approval.Shown != controls.Show(approval.Act))
            {
                throw new RefusedException(
                    "What you were shown is not what would happen now: "
                        + $"{controls.Show(approval.Act).TrimEnd('.')}. Look at it and ask anew."
                );
            }

            controls.RefuseOtherBacklog(approval);
            return controls.Given(given.Id, authority);
        }

        /// <exception cref="NotYetKnownException">Nobody asked for it.</exception>
        /// <exception cref="RefusedException">It is decided or too old.</exception>
        public Controls Reject(string id, Authority authority) =>
            controls.Decide(controls.Waiting(id, authority.At) with { Decided = authority, IsRejected = true });

        /// <summary>Once: what has an outcome keeps it.</summary>
        public Controls End(AgreedActEnded ended) =>
            controls.Approvals.FirstOrDefault(approval => approval.Id == ended.Id) is { IsToDo: true } done
                ? controls.Decide(done with { Outcome = ended.Outcome })
                : controls;

        // What it rests on was said anew since: nobody has looked at it with that in mind.
        private void RefuseOtherBacklog(Approval approval)
        {
            var since = approval
                .Cycles.Select(controls.BacklogOf)
                .FirstOrDefault(it => it.ChangedAt > approval.Asked.At);
            if (since is not null)
            {
                throw new RefusedException(
                    $"Cycle {since.Cycle} was {(since.Cleared ? "cleared anew" : "opened again")} since this was asked "
                        + $"for: {since.Reason.TrimEnd('.')}. Look at it and ask anew."
                );
            }
        }

        private Controls Decide(Approval decided) =>
            controls with
            {
                Approvals = [.. controls.Approvals.Select(approval => approval.Id == decided.Id ? decided : approval)],
            };

        private Approval Waiting(string id, DateTimeOffset now)
        {
            var approval =
                controls.Approvals.FirstOrDefault(approval => approval.Id == id)
                ?? throw new NotYetKnownException($"Nobody has asked for {id}.");
            if (approval.Decided is { } decided)
            {
                var what = approval.IsRejected ? "rejected" : "approved";
                throw new RefusedException($"{decided.Name ?? decided.By} has {what} it already: {decided.Why}");
            }

            return approval.IsExpired(now)
                ? throw new RefusedException(
                    $"It was asked for more than {Approval.Valid.TotalHours:0} hours ago and has ended. Ask anew."
                )
                : approval;
        }

        private IEnumerable<Approval> Recent(DateTimeOffset now) =>
            controls.Approvals.Where(approval => approval.IsToDo || !approval.IsExpired(now));

        // Everything that the second person must know, so that a change of any of it changes the hash.
        private string Show(ControlChange act) =>
            (act, controls.Halt) switch
            {
                (ChargingResumed, { } halt) => $"Charging goes on. {string.Join(". And ", halt.All.Select(Show))}",
                (ChargingResumed, null) => throw new RefusedException("Charging is not halted."),
                (CycleReleased released, _) => controls.ShowRelease(released.Terms),
                (RefundAgreed refund, _) => Show(refund),
                (ExemptionAgreed exemption, _) => controls.Show(exemption),
                (ImportAgreed import, _) => Show(import),
                (PublicNotePublished note, _) =>
                    $"Residents read in English: {note.English} And in Spanish: {note.Spanish}",
                (PublicNoticeRecorded notice, _) => controls.ShowNotice(notice),
                (LateReceiptsAccepted late, _) => controls.Show(late),
                (BacklogClearing { Override: { } differences } clearing, _) => Show(clearing, differences),
                _ => throw new InvalidOperationException($"{act.GetType().Name} needs no second person."),
            };

        private string Show(ExemptionAgreed exemption) =>
            controls.Find(exemption.Deferral) is { IsInForce: true } hold
                ? $"Bill {exemption.Bill} of account {exemption.Account}, ${exemption.Open}, is taken out of the hold "
                    + $"'{hold.Id}' ({hold.Reason}). It goes to the bank on its due date, or at once when that is "
                    + "past, without a release."
                : throw new RefusedException($"The hold '{exemption.Deferral}' is not in force.");

        private string Show(LateReceiptsAccepted late) =>
            controls.ClearedAt(late.Receipts.Cycle) == late.ClearedAt
                ? $"{late.Receipts.ToSentence()}. It stays cleared, and its plan can be approved. List "
                    + late.Receipts.Hash
                : throw new RefusedException($"Cycle {late.Receipts.Cycle} was opened or cleared anew since.");
    }

    // Who seals a plan once more, after a run that died, may name other terms: a plan has but one request.
    private static bool IsAnew(Approval known, Approval asked) =>
        known.Decided is null
        && known.IsAskedBy(asked.Asked.By)
        && (known.Shown == asked.Shown || (known.Act, asked.Act) is (CycleReleased, CycleReleased));

    private static string Show(Halt halt) => $"{halt.By} halted it at {Text(halt.Since)}: {halt.Reason}";

    private static string Show(RefundAgreed refund) =>
        $"${refund.Amount} of debit {refund.Debit} goes back to the customer, {refund.Kind} {refund.RequestId}. With "
        + $"it ${refund.Sum} of that debit is given back.";

    private static string Show(ImportAgreed import) =>
        $"The accounts file {import.Import} changes {import.Changes}. It came at {Text(import.Arrived)}, SHA-256 "
        + $"{import.Sha256}";

    private static string Show(BacklogClearing clearing, CertificateOverride differences) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Cycle {string.Join(", ", clearing.Cycles)} is cleared although {Although(differences)}. Received through "
                + $"{Text(clearing.ReceivedThrough)}. {Replaced(differences.InPlace)}"
                + $"Certificate {differences.Certificate}"
        );

    private static string Replaced(string? inPlace) => inPlace is null ? "" : $"Counts were replaced: {inPlace}. ";

    private static string Although(CertificateOverride differences)
    {
        List<string> although = [];
        if (differences.Differences > 0 || differences is { UncountedDays: null, Lowered: null })
        {
            although.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{differences.Differences} of {differences.Totals} counted totals differ, by ${differences.Cents}"
                )
            );
        }

        if (differences.UncountedDays is { } days)
        {
            although.Add(differences.Totals == 0 ? "nothing was counted" : $"{days} days were not counted");
        }

        if (differences.Lowered is { } lowered)
        {
            although.Add(lowered == 1 ? "1 count was lowered" : $"{lowered} counts were lowered");
        }

        return string.Join(", and ", although);
    }

    /// <summary>By channel, the last civil day of which all payments are said to be in.</summary>
    internal static string Text(IReadOnlyDictionary<string, DateOnly> through) =>
        string.Join(
            ", ",
            through
                .OrderBy(channel => channel.Key, StringComparer.Ordinal)
                .Select(channel =>
                    string.Create(CultureInfo.InvariantCulture, $"{channel.Key} {channel.Value:yyyy-MM-dd}")
                )
        );

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
