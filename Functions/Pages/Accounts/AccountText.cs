using System.Text.RegularExpressions;
using Autopay.Application.Ledgers;

namespace Autopay.Pages.Accounts;

/// <summary>What is said of an account in one sentence.</summary>
internal static partial class AccountText
{
    /// <summary>What was debited last, and what became of it.</summary>
    public static string Answer(PageWords words, AccountModel model)
    {
        if (model.Sent is not { } debit)
        {
            return words["Account.NeverDebited"];
        }

        var attempt = debit.LastSubmitted!;
        (string, object)[] values =
        [
            ("amount", attempt.Amount),
            ("day", attempt.SubmittedOn!.Value),
            ("answered", attempt.AnsweredOn ?? attempt.SubmittedOn.Value),
            ("returned", debit.ReturnedCents),
        ];
        return words.Of(
            debit switch
            {
                { State: DebitState.Collected, ReturnedCents.IsPositive: true } => "Account.SentReturned",
                { State: DebitState.Collected } => "Account.SentCollected",
                { IsCharging: true } => "Account.SentAsked",
                { IsUnsent: true } => "Account.SentRefusedOnce",
                _ => "Account.SentNot",
            },
            values
        );
    }

    /// <summary>What happens next.</summary>
    public static string Next(PageWords words, AccountModel model) =>
        model.Next is not { } debit
            ? words["Account.NextNothing"]
            : words.Of(
                debit switch
                {
                    _ when model.Controls.WhyNothingIsCharged is not null => "Account.NextHalted",
                    { State: DebitState.NeedsReview } => "Account.NextReview",
                    { State: DebitState.Charging } => "Account.NextSending",
                    { State: DebitState.Deferred } => "Account.NextHeld",
                    { State: DebitState.RetryScheduled } => "Account.NextRetry",
                    _ when model.WaitsForRelease(debit) => "Account.NextRelease",
                    _ => "Account.NextDay",
                },
                ("amount", model.AmountOf(debit)),
                ("day", model.DayOf(debit)),
                ("due", debit.DueDate)
            );

    /// <summary>What a line of the story is about: amount, bill, debit, payment, code.</summary>
    public static string Facts(PageWords words, EventFacts facts, bool isTechnical) =>
        string.Join(
            " · ",
            new[]
            {
                facts.Cents is { } cents ? PageWords.Amount(new Money(cents)) : null,
                facts.Bill is { } bill ? words.Of("Account.OfBill", ("bill", bill)) : null,
                facts.Debit is { } debit ? words.Of("Account.OfDebit", ("number", debit.Sequence)) : null,
                facts.Payment is { } payment && isTechnical
                    ? words.Of("Account.OfPayment", ("payment", payment))
                    : null,
                facts.Code,
            }.OfType<string>()
        );

    /// <summary>
    /// Why, as whoever did it said; of a debit on hold why it was held. What our own steps say of themselves tells a
    /// customer nothing.
    /// </summary>
    public static string Why(AccountModel model, StoryLine line) =>
        line.Facts.Deferral is { } id && model.Controls.Find(id) is { } deferral ? deferral.Reason
        : line.Role is not null ? line.Why
        : OfControls().Match(line.Why) is { Success: true } said ? said.Groups[1].Value
        : "";

    // A walk after a change of the controls names the change and its reason.
    [GeneratedRegex(@"^controls version \d+: (.+)$")]
    private static partial Regex OfControls();
}
