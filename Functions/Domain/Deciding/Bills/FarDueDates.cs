namespace Autopay.Domain.Deciding.Bills;

/// <summary>Due dates that a typing error or a first file makes (R35).</summary>
internal static class FarDueDates
{
    /// <summary>
    /// Why a person must look at the due date; null when the bill came in time, or a deferral explains it.
    /// </summary>
    /// <param name="arrived">When its file came: a person who decides later makes no bill late.</param>
    public static string? WhyFarFromArrival(Draft draft, Bill bill, DateOnly arrived)
    {
        var late = arrived.DayNumber - bill.DueDate.DayNumber;
        return
            (late > draft.Policies.MaxDaysAfterDueDate || -late > draft.Policies.MaxDaysBeforeDueDate)
            && !draft.Controls.IsDeferred(bill)
            ? $"due date far from arrival: due {bill.DueDate:yyyy-MM-dd}, arrived {arrived:yyyy-MM-dd}"
            : null;
    }
}
