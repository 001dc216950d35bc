using System.Globalization;

namespace Autopay.Domain.Previews;

/// <summary>What it would do to take one bill out of a deferral, or back into it, now (R38).</summary>
/// <param name="Moved">The debit that has the bill afterwards, with what is open on the bill; none when nothing
/// changes.</param>
/// <param name="AlreadyHeld">It waits with the change and without it, such as for another hold.</param>
/// <param name="FirstDue">When the bill would leave by itself (UTC): afterwards, or before what takes it back. Null
/// when it does not.</param>
public sealed record ExemptionPreview(
    DebitCount Moved,
    DebitCount AlreadyHeld,
    DateTimeOffset? FirstDue,
    string Sentence
)
{
    /// <exception cref="RefusedException">The rules refuse it.</exception>
    public static ExemptionPreview Of(
        AccountLedger ledger,
        ExemptBill wanted,
        Controls controls,
        CityCalendar city,
        bool takesTwo
    )
    {
        var happened = LedgerDecider.Decide(wanted, ledger, controls);
        var after = happened.Aggregate(ledger, (state, it) => state.Apply(it));
        var next = Placing.Under(controls, after, wanted.Now);
        var from = wanted.On ? next : Placing.Under(controls, ledger, wanted.Now);
        var bill = new DebitCount(1, next.BillOf(wanted.Bill).Open.Cents);
        var leaves = from.LiveDebitOf(wanted.Bill) is { } debit
            ? Departure.Of(debit, from, controls, city, wanted.Now)
            : null;
        var isChange = happened.OfType<BillExempted>().Any();
        var stillWaits = wanted.On && next.LiveDebitOf(wanted.Bill) is { State: DebitState.Deferred };
        return new ExemptionPreview(
            isChange && !stillWaits ? bill : default,
            isChange && stillWaits ? bill : default,
            isChange ? leaves : null,
            InWords(wanted, bill, (isChange, stillWaits, takesTwo), leaves is { } at ? city.At(at) : null)
        );
    }

    private static string InWords(
        ExemptBill wanted,
        DebitCount bill,
        (bool IsChange, bool StillWaits, bool TakesTwo) it,
        Moment? leaves
    )
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"Bill {wanted.Bill}, ${bill.Cents / 100m:N2},");
        var at = leaves is { } moment
            ? string.Create(CultureInfo.InvariantCulture, $"{moment.Today:yyyy-MM-dd} at {moment.TimeOfDay:HH:mm}")
            : null;
        return !it.IsChange ? "Nothing changes."
            : !wanted.On
                ? $"{what} will be deferred by '{wanted.Deferral}' again"
                    + (at is null ? "." : $"; it would leave on {at}.")
            : (
                it.StillWaits ? $"{what} will still wait."
                : at is null
                    ? $"{what} will not be deferred by '{wanted.Deferral}' any more; it does not leave by itself."
                : $"{what} will leave on {at}, without a release."
            ) + (it.TakesTwo ? " Another person has to agree." : "");
    }
}
