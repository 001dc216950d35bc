using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// Customers off autopay, and customers who are missing in a file (R39): their file was refused, and nobody noticed who
/// was left out.
/// </summary>
public sealed class R39EveryCustomerCaseTests
{
    [Fact]
    public async Task R39_A_customer_off_autopay_needs_no_ids_of_the_provider_and_the_others_are_collected()
    {
        using var drill = CaseDrill.Of("off-no-stripe");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
        Assert.Equal(["A1", "A2"], played.Report.Accounts.Select(account => account.Account));
        Assert.Equal((100_00, 0, 0, 0), played.Money());
    }

    [Fact]
    public async Task R39_Money_of_a_customer_off_autopay_is_posted_and_is_not_in_suspense()
    {
        using var drill = CaseDrill
            .Of("off-no-stripe")
            .Import("2020-01-13T08:06", ImportKind.Bills, "B2,A2,1,2020-01-08,2020-01-22,2020-01-29,60.00,0.00,60.00")
            .Import("2020-01-15T08:00", ImportKind.Payments, "P2,A2,45.00,cash,D1,2020-01-14,");
        var played = await drill.PlayAsync();
        Assert.Equal((100_00, 45_00, 15_00, 0), played.Money());
        Assert.Equal((0, 0), (played.Report.Totals.WaitingRows, played.Report.Totals.NotCollectedCents));
        Assert.Empty(played.Debits("A2"));
    }

    [Fact]
    public async Task R39_The_row_of_a_real_city_s_file_is_taken()
    {
        var row = File.ReadAllLines(Path.Combine(CaseDrill.FolderOf("09-a-real-citys-files"), "accounts-off.csv"))[1];
        using var drill = CaseDrill.Of("off-no-stripe").Change("a.csv", "A2,1,west,off,,,,,", row);
        var played = await drill.PlayAsync();
        Assert.False(played.LedgerOf("10-0501").Enrolment!.Autopay);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task R39_A_complete_file_lists_who_is_missing_and_switches_nobody_off(bool complete, int missing)
    {
        using var drill = CaseDrill.Of("omitted").Mark("a2.csv", "complete", complete);
        var played = await drill.PlayAsync();
        var import = await played
            .World.Imports.ReadAllAsync(CancellationToken.None)
            .SingleAsync(it => it.FileName == "a2.csv");
        Assert.Equal(missing, import.Missing);
        Assert.Equal(complete ? ["A1"] : [], import.Findings.Select(finding => finding.Account));
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
    }

    [Fact]
    public async Task R39_A_complete_file_that_names_everybody_lists_nobody()
    {
        using var drill = CaseDrill
            .Of("omitted")
            .Mark("a2.csv", "complete", true)
            .Change("a2.csv", "A2,1", "A1,1,west,on,cus_A1,pm_good_A1,,,\nA2,1");
        Assert.DoesNotContain(
            (await drill.PlayAsync()).Lines,
            line => line.Contains("missing", StringComparison.Ordinal)
        );
    }
}
