using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Penalties that the billing system has charged; they are compared and never collected (R42).</summary>
internal static class PenaltiesFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.Penalties,
            "penalty_id",
            [
                new("penalty_id"),
                new("account_id"),
                new("bill_id"),
                new("amount"),
                new("charged_on") { IsDay = true },
                new("reversed_on")
                {
                    IsDay = true,
                    MayLeaveOut = true,
                    Note = "empty while the penalty stands",
                },
            ]
        )
        {
            Read = Read,
            Names = ImportedItem.Bill,
            Waits = false,
        };

    private static ImportRow Read(FieldReader row)
    {
        var (id, account, bill) = (row.Id("penalty_id"), row.Id("account_id"), row.Id("bill_id"));
        var penalty = new ChargedPenalty(
            id,
            new BillId(bill),
            row.Amount("amount", signed: false),
            row.Date("charged_on")
        )
        {
            ReversedOn = row.OptionalDate("reversed_on"),
        };
        row.Require(penalty.Amount.IsPositive, "amount", "an amount above zero");
        row.Require(!(penalty.ChargedOn > row.Today), "charged_on", "a date that is not after today");
        row.Require(!(penalty.ReversedOn > row.Today), "reversed_on", "a date that is not after today");
        row.Require(!(penalty.ReversedOn < penalty.ChargedOn), "reversed_on", "a date on or after charged_on");
        return new ImportRow(
            row.Line,
            new AccountId(account),
            id,
            penalty.Amount,
            now => new RecordPenalty(penalty, now)
        );
    }
}
