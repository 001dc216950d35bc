using Autopay.Rehearsal;
using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.Rules.Cases;

/// <summary>What a case came to, in the words of its README.</summary>
internal static class CaseAnswers
{
    public static (long Collected, long Paid, long Open, long Review) Money(this Played played)
    {
        var totals = played.Report.Totals;
        return (totals.CollectedCents, totals.PaidElsewhereCents, totals.OpenCents, played.Report.Counts.NeedsReview);
    }

    public static ReportAccount Of(this Played played, string account) =>
        played.Report.Accounts.Single(it => it.Account == account);

    public static AccountLedger LedgerOf(this Played played, string account) =>
        played.World.Ledgers.Ledgers.Single(it => it.Id.Value == account);

    /// <summary>
    /// An account's debits in order: state, cents, and the day on which the bank got it. A debit in review has no
    /// cents: what it would take is for a person to say.
    /// </summary>
    public static (string State, long Cents, string? Day)[] Debits(this Played played, string account = "A1") =>
        [
            .. from debit in played.Of(account).Debits
            select (debit.State.ToString(), debit.AmountCents, Text(debit.SubmittedOn)),
        ];

    /// <summary>Whom the bank was asked to debit, in order.</summary>
    public static (string Customer, long Cents)[] Asked(this Played played) =>
        [.. played.World.Bank.Intents.Select(intent => (intent.Customer, intent.Amount.Cents))];

    /// <summary>What is listed as paid twice (R28), in words.</summary>
    public static string[] Twice(this Played played, string account = "A1") =>
        [.. played.LedgerOf(account).Work().Where(item => item.Kind == WorkKind.PaidTwice).Select(item => item.Reason)];

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", null);
}
