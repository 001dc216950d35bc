using System.Globalization;

namespace Autopay.Domain.Previews;

/// <summary>A preview in words, as it is read before a person presses the button.</summary>
public static class PreviewSentence
{
    /// <param name="before">The controls as they are.</param>
    /// <param name="isEstimate">Some of it is from kept sums.</param>
    public static string Of(
        ControlChange change,
        Controls before,
        ChangePreview preview,
        bool isEstimate,
        CityCalendar city
    )
    {
        var about = isEstimate ? "About " : "";
        var loosens = change is BacklogCleared || HoldOf(change, before) is { Action: DeferralAction.Hold };
        string?[] sentences =
        [
            preview.Moved.Debits == 0
                ? "No debit changes."
                : $"{about}{Debits(preview.Moved)}{OfAccounts(preview)} {WhatHappens(change, before)}.",
            FirstOf(preview, before, city),
            loosens && preview.Moved.Debits > 0 && before.Policies.ReleaseApproval
                ? "Nothing is charged by this: a release has to be approved first."
                : null,
            preview.AlreadyHeld.Debits == 0
                ? null
                : $"{about}{Debits(preview.AlreadyHeld)}, {Verb(preview.AlreadyHeld, "is", "are")} held, with this or "
                    + "without it.",
            preview.InFlight.Debits == 0
                ? null
                : $"{about}{Debits(preview.InFlight)}, {Verb(preview.InFlight, "is", "are")} with the bank already: "
                    + "this does not reach them.",
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    private static Deferral? HoldOf(ControlChange change, Controls before) =>
        change is DeferralWithdrawn withdrawn ? before.Find(withdrawn.Id) : null;

    private static string WhatHappens(ControlChange change, Controls before) =>
        change switch
        {
            DeferralDeclared { Action: DeferralAction.Hold } => "will be held",
            DeferralDeclared => "will join a later debit of the account, or wait for one",
            DeferralWithdrawn when HoldOf(change, before) is { Action: DeferralAction.Merge } =>
                "will not be merged any more",
            BacklogReopened => "will be held again",
            _ => "will not be held any more",
        };

    private static string? FirstOf(ChangePreview preview, Controls before, CityCalendar city) =>
        before.WhyNothingIsCharged is not null && preview.Moved.Debits > 0
            ? "Nothing leaves as things are: charging is stopped."
        : preview.FirstDue is { } first && city.At(first) is var at
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The first would leave on {at.Today:yyyy-MM-dd} at {at.TimeOfDay:HH:mm}."
            )
        : null;

    private static string Debits(DebitCount count) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count.Debits:N0} debit{(count.Debits == 1 ? "" : "s")}, ${count.Cents / 100m:N2}"
        );

    private static string OfAccounts(ChangePreview preview) =>
        preview.Accounts is { } accounts
            ? string.Create(CultureInfo.InvariantCulture, $", of {accounts:N0} account{(accounts == 1 ? "" : "s")},")
            : ",";

    private static string Verb(DebitCount count, string one, string more) => count.Debits == 1 ? one : more;
}
