namespace Autopay.Domain.Deciding;

/// <summary>
/// What the accounts file and people say of an account: autopay, payer, payment method (R19, R23, R34).
/// </summary>
internal static class Enrolling
{
    /// <summary>
    /// A row of the accounts file counts from when its file was received, however late it is applied: it changes
    /// nothing that a later file has changed. Its word on autopay counts only when the file itself has changed its mind
    /// since the last one, and no person has switched since (R23).
    /// </summary>
    public static void Enrol(Draft draft, Enrol command)
    {
        var received = command.ReceivedAt ?? draft.Now.Utc;
        var (before, said) = (draft.Ledger.Enrolment, command.Enrolment.Autopay);
        var switches = before is null || (said != draft.Ledger.FileAutopay && !(received < draft.Ledger.SwitchedAt));
        var means = draft.Ledger.LastMeans;
        var enrolment = WithWhatStays(command, before) with
        {
            Autopay = before is null || switches ? said : before.Autopay,
        };
        enrolment =
            enrolment is { Autopay: true, CanBeCharged: false } && before is { CanBeCharged: true }
                ? WithIdsOf(enrolment, before)
                : enrolment;
        // What has expired does not come back with every file; only "on" is a new authorisation.
        enrolment =
            enrolment.Autopay || !draft.Ledger.IsAuthorisationOver(draft.Today, draft.Policies.KeepAuthorisationsDays)
                ? enrolment
                : enrolment.WithoutMeans();
        if (received < draft.Ledger.EnrolledAt || (before == enrolment && said == draft.Ledger.FileAutopay))
        {
            return;
        }

        NotePayer(draft, enrolment.Customer);
        draft.Emit(
            new AccountEnrolled(
                enrolment with
                {
                    Autopay = before?.Autopay ?? said,
                },
                command.Source,
                before is null ? "Account enrolled" : "Account updated"
            )
            {
                ReceivedAt = received,
                FileAutopay = said,
                On = draft.Today,
            }
        );
        LiftWhatTheOldMethodCaused(draft, means, enrolment.Means);
        Switch(draft, new AutopaySwitched(enrolment.Autopay, draft.Today, "The accounts file says so"));
        Reviewing.SendFormerPayersDebits(draft);
    }

    /// <exception cref="RefusedException">Autopay cannot be on: the provider's ids of the account are not known
    /// (R39).</exception>
    public static void SwitchAutopay(Draft draft, SwitchAutopay command)
    {
        if (command.On && draft.Ledger.Enrolment is { CanBeCharged: false })
        {
            throw new RefusedException(
                $"Autopay of account {draft.Ledger.Id} cannot be switched on: it has no provider customer or "
                    + "payment method yet. "
                    + "Send both in an accounts file first."
            );
        }

        Switch(draft, new AutopaySwitched(command.On, draft.Today, command.Why) { ByPersonAt = draft.Now.Utc });
    }

    // What a file has no column for stays. A mandate and a card's last month are one payment method's: they do not stay
    // with another one.
    private static Enrolment WithWhatStays(Enrol command, Enrolment? before)
    {
        var (now, unsaid) = (command.Enrolment, command.Unsaid);
        if (before is null || unsaid == EnrolmentParts.None)
        {
            return now;
        }

        now = now with
        {
            ServiceArea = unsaid.HasFlag(EnrolmentParts.ServiceArea) ? before.ServiceArea : now.ServiceArea,
            Customer = unsaid.HasFlag(EnrolmentParts.Customer) ? before.Customer : now.Customer,
            PaymentMethod = unsaid.HasFlag(EnrolmentParts.PaymentMethod) ? before.PaymentMethod : now.PaymentMethod,
            MaxDebit = unsaid.HasFlag(EnrolmentParts.MaxDebit) ? before.MaxDebit : now.MaxDebit,
            Email = unsaid.HasFlag(EnrolmentParts.Email) ? before.Email : now.Email,
            Language = unsaid.HasFlag(EnrolmentParts.Language) ? before.Language : now.Language,
        };
        return now.PaymentMethod != before.PaymentMethod
            ? now
            : now with
            {
                Mandate = unsaid.HasFlag(EnrolmentParts.Mandate) ? before.Mandate : now.Mandate,
                CardExpires = unsaid.HasFlag(EnrolmentParts.CardExpires) ? before.CardExpires : now.CardExpires,
            };
    }

    // Autopay is on by a person's word while the file still says "off" and names no ids: the known ones stay (D101).
    private static Enrolment WithIdsOf(Enrolment now, Enrolment before) =>
        now with
        {
            Customer = before.Customer,
            PaymentMethod = before.PaymentMethod,
            Mandate = before.Mandate,
        };

    // Another method or mandate of the same customer is no change of payer.
    private static void NotePayer(Draft draft, string customer)
    {
        if (customer.Length > 0 && draft.Ledger.Payer is { } payer && payer != customer)
        {
            draft.Emit(
                new PayerChanged(
                    payer,
                    customer,
                    draft.Today,
                    $"The payer changed from {payer} to {customer}: bills and credit until now are the former one's"
                )
            );
        }
    }

    // No payment method is no new one; and the old one that comes back after that is not new either.
    private static void LiftWhatTheOldMethodCaused(Draft draft, MeansOfPayment? before, MeansOfPayment? now)
    {
        if (
            before is not null
            && now is not null
            && before != now
            && draft.Ledger.Suspension is { Kind: SuspensionKind.PaymentMethod }
        )
        {
            draft.Emit(
                new SuspensionLifted(
                    before.PaymentMethod != now.PaymentMethod ? "A new payment method" : "A new mandate"
                )
            );
        }
    }

    private static void Switch(Draft draft, AutopaySwitched switched)
    {
        if (draft.Ledger.AutopayIsOn == switched.On)
        {
            return;
        }

        var undone = draft.Ledger.LastOff;
        draft.Emit(switched);
        if (switched.On)
        {
            ScheduleOpenBills(draft, undone, $"Autopay switched on: {switched.Reason}");
        }
        else
        {
            CancelUnsent(draft, $"Autopay switched off: {switched.Reason}");
        }
    }

    // Due from today on, deferred, or taken out by an "off" that is undone soon; every other open bill is on finance's
    // list (R23, R32).
    private static void ScheduleOpenBills(Draft draft, AutopayOff? undone, string why)
    {
        IReadOnlyList<CancelledLine> back =
            undone is { } off && draft.Today.DayNumber - off.On.DayNumber <= draft.Policies.UndoOffWithinDays
                ? off.Lines
                : [];
        foreach (var retry in back.GroupBy(line => line.RetryOn, line => line.Bill))
        {
            if (retry.Key is { } day)
            {
                Billing.ScheduleOn(draft, day, [.. retry], why);
            }
        }

        foreach (
            var bill in draft
                .Ledger.BillsOldestFirst()
                .Where(bill =>
                    bill.DueDate >= draft.Today
                    || draft.Controls.IsDeferred(bill)
                    || back.Any(line => line.Bill == bill.Id)
                )
                .ToList()
        )
        {
            Billing.ScheduleAgain(draft, bill.Id, why);
        }
    }

    private static void CancelUnsent(Draft draft, string why)
    {
        foreach (
            var debit in draft
                .Ledger.Debits.Where(debit => debit.IsUnsent || debit.State == DebitState.NeedsReview)
                .ToList()
        )
        {
            draft.Emit(new DebitCancelled(debit.Id, draft.Today, why) { AutopayOff = true });
        }
    }
}
