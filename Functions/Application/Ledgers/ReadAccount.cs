using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>Why a debit is where it is, and when it is looked at next.</summary>
public sealed record DebitView(Debit Debit, string Why, DateTimeOffset? NextEvaluation)
{
    /// <summary>The first banking day on which it may leave (R44); null of one that has left, or while nobody has been
    /// told.</summary>
    public DateOnly? EarliestDay { get; init; }

    /// <summary>What its customer has to be told first; null when nothing.</summary>
    public string? WaitsForNotice { get; init; }
}

/// <summary>One line of an account's story.</summary>
/// <param name="Civil">The same instant in the city's time.</param>
/// <param name="Name">What the directory called this person then: for reading only.</param>
/// <param name="Role">The roles in which it was done: for reading only.</param>
/// <param name="IsForTheCustomer">False of a step between us and the provider.</param>
public sealed record StoryLine(
    DateTimeOffset At,
    DateTime Civil,
    string By,
    string? Name,
    string? Role,
    string Why,
    string What,
    string Reason,
    bool IsForTheCustomer,
    EventFacts Facts
)
{
    /// <summary>The first day of its civil month.</summary>
    public DateOnly Month => new(Civil.Year, Civil.Month, 1);
}

/// <param name="Months">Those in which something happened, oldest first, shown or not.</param>
public sealed record AccountView(
    AccountLedger Ledger,
    Money Credit,
    IReadOnlyList<DebitView> Debits,
    IReadOnlyList<StoryLine> Story,
    IReadOnlyList<DateOnly> Months
);

/// <summary>The ledger, its history, and why each debit is where it is.</summary>
public sealed class ReadAccount(ILedgerStore ledgers, IControlsStore controlsStore, CityClock clock)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<AccountView?> RunAsync(AccountId account, StoryMonths months, CancellationToken cancel) =>
        await RunAsync(account, months, (await controlsStore.LoadAsync(cancel)).Controls, cancel);

    /// <summary>The same, by the controls that a page was made of already.</summary>
    public async Task<AccountView?> RunAsync(
        AccountId account,
        StoryMonths months,
        Controls controls,
        CancellationToken cancel
    )
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        var story = await ReadStoryAsync(entry, cancel);
        var archived = await ledgers.ReadArchivedAsync(account, cancel);
        var debits = archived
            .Concat(entry.Ledger.Debits)
            .OrderBy(debit => debit.Id)
            .Select(debit => ToView(debit, entry, controls));
        return new AccountView(
            entry.Ledger,
            entry.Ledger.Credit,
            [.. debits],
            [.. story.Where(line => months.Has(line.Month))],
            [.. story.Select(line => line.Month).Distinct().Order()]
        );
    }

    private DebitView ToView(Debit debit, LedgerEntry entry, Controls controls)
    {
        var (ledger, today) = (entry.Ledger, clock.Now.Today);
        var isToCome = debit.IsUnsent && controls.Policies.NoticeClock != NoticeClockMode.Off;
        return new DebitView(debit, Why(debit, ledger, controls), entry.NextEvaluation)
        {
            EarliestDay = isToCome ? NoticeClock.EarliestDay(ledger, debit, controls, today) : null,
            WaitsForNotice = isToCome ? Noticing.WhatIsMissing(ledger, debit, controls, today) : null,
        };
    }

    private async Task<List<StoryLine>> ReadStoryAsync(LedgerEntry entry, CancellationToken cancel)
    {
        List<StoryLine> story = [];
        Dictionary<DebitId, long?> asked = [];
        await foreach (var row in ledgers.ReadHistoryAsync(entry, cancel))
        {
            story.AddRange(row.Events.Select(happened => ToLine(row.Authority, happened, asked)));
        }

        return story;
    }

    private StoryLine ToLine(Authority authority, LedgerEvent happened, Dictionary<DebitId, long?> asked)
    {
        var (_, today, time) = clock.City.At(authority.At);
        return new StoryLine(
            authority.At,
            today.ToDateTime(time),
            authority.By,
            authority.Name,
            authority.Role,
            authority.Why,
            happened.Title(),
            happened.Reason,
            happened.IsForTheCustomer(),
            WithAsked(EventFacts.Of(happened), asked)
        );
    }

    // Only the first event of an attempt has its amount; what becomes of it is about the same cents.
    private static EventFacts WithAsked(EventFacts facts, Dictionary<DebitId, long?> asked)
    {
        if (facts.Debit is not { } debit || !facts.Kind.StartsWith("attempt", StringComparison.Ordinal))
        {
            return facts;
        }

        asked[debit] = facts.Cents ?? asked.GetValueOrDefault(debit);
        return facts with { Cents = asked[debit] };
    }

    private static string Why(Debit debit, AccountLedger ledger, Controls controls) =>
        debit.State switch
        {
            DebitState.Scheduled or DebitState.RetryScheduled when controls.WhyNothingIsCharged is { } why => why,
            DebitState.Scheduled when Domain.Deciding.Charges.Releasing.WhyNot(ledger, debit, controls) is { } why =>
                $"{why}: {ledger.OpenOn(debit)} is open",
            DebitState.Scheduled =>
                $"waits for {BankingCalendar.RollForward(debit.DueDate):yyyy-MM-dd}: {ledger.OpenOn(debit)} is open",
            DebitState.RetryScheduled => $"retry on {debit.RetryOn:yyyy-MM-dd}: {debit.Reason}",
            DebitState.Merged => $"inside {debit.MergedInto}: {debit.Reason}",
            _ => debit.Discrepancy ?? debit.Reason,
        };
}
