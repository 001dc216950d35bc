namespace Autopay.Domain.Previews;

/// <summary>Bills that a waiver is about, and the cents that are open on them.</summary>
/// <param name="AlreadyWaived">Those that another waiver in force waives too; null where sums were taken.</param>
public sealed record WaiverPreview(int Bills, long OpenCents, int? AlreadyWaived);

/// <summary>
/// Counts the bills whose due date and penalty date both fall into the windows. Sums know no penalty dates: of a
/// bucket that is not looked at account by account every bill of the due dates counts.
/// </summary>
/// <param name="controls">Without that waiver.</param>
public sealed class WaiverTally(PenaltyWaiver waiver, Controls controls)
{
    private int bills;
    private int alreadyWaived;
    private long openCents;
    private bool tookSums;

    public WaiverPreview Preview => new(bills, openCents, tookSums ? null : alreadyWaived);

    public void Add(AccountLedger ledger)
    {
        foreach (
            var bill in ledger.Bills.Where(bill =>
                bill.Id is { IsPart: false, IsPrevious: false } && waiver.Waives(bill)
            )
        )
        {
            bills++;
            openCents = checked(openCents + bill.Open.Cents);
            alreadyWaived += controls.IsPenaltyWaived(bill) ? 1 : 0;
        }
    }

    public void Add(CycleSum sum)
    {
        tookSums = true;
        foreach (var day in sum.DueDates.Where(day => waiver.IsAbout(sum.Cycle, day.DueDate)))
        {
            bills += day.Bills;
            openCents = checked(openCents + day.OpenCents);
        }
    }
}
