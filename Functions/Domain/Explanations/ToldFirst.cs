using Autopay.Domain.Deciding.Charges;

namespace Autopay.Domain.Explanations;

/// <summary>What told the customer of the debit, where that had to come first (R44).</summary>
/// <param name="Publicly">What the city told everybody, and told of this debit too.</param>
/// <param name="On">The civil day on which the customer was told; null where the notice did not decide the day.</param>
internal sealed record ToldFirst(IReadOnlyList<PublicNotice> Publicly, DateOnly? On)
{
    private static readonly ToldFirst Nothing = new([], null);

    /// <summary>As it was when the debit was sent; of one that is to come as it is now.</summary>
    public static ToldFirst Of(AccountPast past, Debit debit, Controls controls, DebitDays days)
    {
        if (
            controls.Policies.NoticeClock == NoticeClockMode.Off
            || days.On is not { } day
            || BillSums.AsSent(past, debit) is not var (ledger, then)
        )
        {
            return Nothing;
        }

        var open = ledger.OpenOn(then);
        var publicly = NoticeClock.ToldPublicly(ledger, then, controls, open, day);
        var on = NoticeClock.ToldOn(ledger, then, controls, open, day);
        var before = DayBefore(day);
        var waited = before >= DueDebits.DayOf(then) && !(before < days.HeldTo);
        return waited && NoticeClock.WhyNot(ledger, then, controls, open, before) is not null
            ? new ToldFirst(publicly, on)
            : new ToldFirst(publicly, null);
    }

    /// <summary>The reasons of the day with this one, unless the release came later.</summary>
    public IReadOnlyList<DayReason> Of(IReadOnlyList<DayReason> why, ReleaseSum? release, DebitDays days) =>
        On is { } told && days.On is { } day && !(DayBefore(day) < release?.On)
            ? [.. why.Where(reason => reason.Kind != DayReasonKind.Later), new DayReason(DayReasonKind.Told, told)]
            : why;

    private static DateOnly DayBefore(DateOnly day)
    {
        do
        {
            day = day.AddDays(-1);
        } while (!BankingCalendar.IsBankingDay(day));

        return day;
    }
}
