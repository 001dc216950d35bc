namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>Totals and payments of January 28, 2020, in few words.</summary>
internal static class Counting
{
    public static readonly CycleNumber One = new(1);
    public static readonly CycleNumber Two = new(2);
    public static readonly DateOnly Day = new(2020, 1, 28);
    public static readonly Authority Office = new(
        "supervisor",
        "the slips",
        new DateTimeOffset(2020, 2, 1, 0, 0, 0, default)
    );

    public static TotalKey Key(
        string drawer,
        CycleNumber? cycle = null,
        string channel = "cash",
        DateOnly? day = null
    ) => new(day ?? Day, channel, drawer, cycle);

    public static ControlTotal Total(
        string drawer,
        int count,
        long cents,
        CycleNumber? cycle = null,
        string channel = "cash",
        DateOnly? day = null
    ) => new(Key(drawer, cycle, channel, day), count, new Money(cents), Office);

    public static PostedPayment Paid(
        string id,
        long cents,
        string drawer,
        CycleNumber? cycle = null,
        string channel = "cash",
        DateOnly? day = null
    ) =>
        new(new AccountId($"A-{id}"), new PaymentId(id), day ?? Day, channel, drawer, new Money(cents), Money.Zero)
        {
            Cycle = cycle ?? One,
        };

    public static Certificate Certificate(IReadOnlyList<ControlTotal> totals, params PostedPayment[] posted) =>
        new(One, new Dictionary<string, DateOnly>(), Comparison.Of(One, totals, posted));

    public static IEnumerable<string> Lines(IReadOnlyList<ControlTotal> totals, params PostedPayment[] posted) =>
        Comparison.Of(One, totals, posted).Select(line => line.ToString());
}
