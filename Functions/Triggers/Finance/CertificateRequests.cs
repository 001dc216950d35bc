using Autopay.Hosting;

namespace Autopay.Triggers.Finance;

/// <summary>One total as it is typed; cents.</summary>
/// <param name="Count">Receipts; zero of none.</param>
/// <param name="Drawer">Left out: every drawer of the channel that has no total of its own.</param>
internal sealed record TotalRequest(
    DateOnly ReceivedOn,
    string Channel,
    int Count,
    long AmountCents,
    string Drawer = ""
)
{
    private const int MostCount = 9_999_999;
    private const long MostCents = 999_999_999;
    private const int LongestDrawer = 64;

    /// <exception cref="BadRequestException">No office can have counted that.</exception>
    public ControlTotal ToTotal(CycleNumber cycle, DateOnly today, Authority counted)
    {
        Require(ReceivedOn <= today, "receivedOn", "a day that is not after today");
        Require(Count is >= 0 and <= MostCount, "count", $"a whole number from 0 to {MostCount}");
        Require(AmountCents is >= 0 and <= MostCents, "amountCents", $"cents from 0 to {MostCents}");
        Require(Count == 0 == (AmountCents == 0), "amountCents", "an amount above zero, or zero of no receipts");
        Require(
            Drawer.Length <= LongestDrawer && !Drawer.Any(char.IsControl),
            "drawer",
            $"at most {LongestDrawer} characters"
        );
        return new ControlTotal(
            new TotalKey(ReceivedOn, Requests.Channel(Channel), Drawer.Trim(), cycle),
            Count,
            new Money(AmountCents),
            counted
        );
    }

    private static void Require(bool holds, string field, string expected)
    {
        if (!holds)
        {
            throw new BadRequestException($"totals: {field}: expected {expected}.");
        }
    }
}

internal sealed record CertificateRequest(IReadOnlyList<TotalRequest> Totals, string Reason) : ChangeTerms
{
    /// <exception cref="BadRequestException">One cannot be, or two are of the same day, channel and
    /// drawer.</exception>
    public IReadOnlyList<ControlTotal> ToTotals(CycleNumber cycle, DateOnly today, Authority counted)
    {
        List<ControlTotal> totals = [.. Totals.Select(total => total.ToTotal(cycle, today, counted))];
        return totals.CountBy(total => total.Key).FirstOrDefault(key => key.Value > 1).Key is { } twice
            ? throw new BadRequestException($"totals: {twice} is there twice.")
            : totals;
    }
}

/// <param name="ReceivedThrough">Left out: late receipts of a cleared cycle are accepted.</param>
internal sealed record OverrideRequest(string Reason, IReadOnlyDictionary<string, DateOnly>? ReceivedThrough = null)
    : ChangeTerms;
