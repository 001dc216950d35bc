namespace Autopay.Samples.Generator.Bills;

/// <summary>
/// Four cycles, one mailing each Wednesday: 4, 1, 2, 3, 4, ... A bill is due 14 days after its mailing and late 7 days
/// after that.
/// </summary>
internal static class BillingCalendar
{
    public const int Cycles = 4;

    private static readonly DateOnly FirstMailing = new(2020, 1, 1);

    public static DateOnly Due(int cycle, int month) =>
        FirstMailing.AddDays(14 + (7 * (cycle % Cycles)) + (28 * month));

    public static DateOnly BillDate(DateOnly due) => due.AddDays(-14);

    public static DateOnly PenaltyDate(DateOnly due) => due.AddDays(7);

    public static string Area(int cycle) => cycle <= 2 ? "west" : "east";
}
