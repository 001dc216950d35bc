using Autopay.Application.Ledgers;
using Autopay.Domain.Deciding.Charges;

namespace Autopay.Pages.Accounts;

/// <summary>An account as a clerk asks about it.</summary>
/// <param name="IsTechnical">The steps between us and the provider are shown too.</param>
/// <param name="From">The first month of the story that is shown; null: all of them.</param>
public sealed record AccountModel(AccountView View, Controls Controls, bool IsTechnical, DateOnly? From, DateOnly Today)
{
    public AccountLedger Ledger => View.Ledger;

    /// <summary>The newest debit that the bank was asked for; null when it never was.</summary>
    public Debit? Sent =>
        Debits
            .Where(debit => debit.FirstSubmittedOn is not null)
            .MaxBy(debit => (debit.LastSubmitted!.SubmittedOn, debit.Id));

    /// <summary>The debit that leaves next, or waits for something; null when none does. One of which nothing is left
    /// to pay comes behind all others.</summary>
    public Debit? Next =>
        Debits
            .Where(debit => debit.IsUnsent || debit.State is DebitState.NeedsReview or DebitState.Charging)
            .OrderBy(debit => OpenOn(debit).IsZero)
            .ThenBy(debit => debit.DueDate)
            .ThenBy(debit => debit.Id)
            .FirstOrDefault();

    public IEnumerable<Debit> Debits => View.Debits.Select(view => view.Debit);

    /// <summary>The first day on which a debit may leave, as things are now.</summary>
    public DateOnly DayOf(Debit debit) =>
        View.Debits.First(view => view.Debit.Id == debit.Id).EarliestDay
        ?? debit.RetryOn
        ?? BankingCalendar.RollForward(debit.DueDate > Today ? debit.DueDate : Today);

    public bool WaitsForRelease(Debit debit) =>
        debit.State == DebitState.Scheduled && Releasing.WhyNot(Ledger, debit, Controls) is not null;

    /// <summary>What the bank was asked for, or would be asked for today.</summary>
    public Money AmountOf(Debit debit) =>
        debit.LastSubmitted is { } attempt && !debit.IsUnsent ? attempt.Amount : OpenOn(debit);

    public IReadOnlyList<StoryLine> Story => [.. View.Story.Where(line => IsTechnical || line.IsForTheCustomer)];

    /// <summary>Money of this account that waits for a second person.</summary>
    public IReadOnlyList<Approval> Asked(DateTimeOffset now) =>
        [
            .. Controls.Approvals.Where(it =>
                it.Decided is null
                && !it.IsExpired(now)
                && it.Act switch
                {
                    RefundAgreed refund => refund.Debit.Account == Ledger.Id,
                    ExemptionAgreed exemption => exemption.Account == Ledger.Id,
                    _ => false,
                }
            ),
        ];

    /// <summary>What a person may do about it, whoever may.</summary>
    public IReadOnlyList<AccountAct> Acts => [.. AccountAct.Of(Ledger, Controls)];

    // Bills of an archived debit have left the row with it.
    private Money OpenOn(Debit debit) =>
        debit.Lines.Select(line => Ledger.FindBill(line.Bill)).OfType<Bill>().Sum(bill => bill.Open);
}
