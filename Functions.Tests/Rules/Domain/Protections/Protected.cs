using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What R42 and R43 answer for an account.</summary>
internal static class Protected
{
    public static PenaltyAnswer Penalty(this AccountScenario account, string bill, string on) =>
        PenaltyAnswer.OfWhole(
            new ProtectedBill(
                account.Ledger,
                account.Ledger.BillOf(new BillId(bill)),
                account.Controls,
                City,
                account.Archived
            ),
            Day(on)
        );

    public static AccountScenario ThenPenalty(
        this AccountScenario account,
        string bill,
        string on,
        PenaltyVerdict verdict,
        string? earliest = null
    )
    {
        var answer = account.Penalty(bill, on);
        Assert.Equal((verdict, earliest), (answer.Verdict, answer.EarliestOn?.ToString("yyyy-MM-dd", null)));
        return account;
    }

    public static AccountScenario ThenTheCity(
        this AccountScenario account,
        string bill,
        string on,
        CityActionKind? kind
    )
    {
        Assert.Equal(kind, account.Penalty(bill, on).City?.Kind);
        return account;
    }

    public static DisconnectAnswer Disconnect(this AccountScenario account, string on) =>
        DisconnectAnswer.Of(account.Ledger, account.Controls, City, account.Archived, Day(on));

    public static AccountScenario ThenDisconnect(
        this AccountScenario account,
        string on,
        DisconnectVerdict verdict,
        string? earliest = null
    )
    {
        var answer = account.Disconnect(on);
        Assert.Equal((verdict, earliest), (answer.Verdict, answer.EarliestOn?.ToString("yyyy-MM-dd", null)));
        return account;
    }

    public static AccountScenario Waived(this AccountScenario account, string id, string due, params int[] cycles) =>
        account.Change(
            new PenaltyWaived(id, Day(due), Day(due), Day(due), Day(due).AddDays(7)) { Cycles = Numbers(cycles) }
        );

    public static AccountScenario Shielded(
        this AccountScenario account,
        string id,
        string[] dates,
        params int[] cycles
    ) => account.Change(new DisconnectShielded(id, [.. dates.Select(Day)]) { Cycles = Numbers(cycles) });

    private static CycleNumber[] Numbers(int[] cycles) => [.. cycles.Select(cycle => new CycleNumber(cycle))];
}
