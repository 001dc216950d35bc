using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Importing;

/// <summary>What became of a file's rows is counted to the cent over all buckets, and each finding is kept.</summary>
public sealed class CountedRowsTests
{
    private readonly ImportWorld world = new();

    [Fact]
    public async Task Payments_of_unknown_accounts_are_added_up_in_and_over_buckets()
    {
        var (one, other) = OfTwoBuckets();

        var record = await world.ImportAsync(
            ImportKind.Payments,
            Payment("P1", one, "1.25"),
            Payment("P2", one, "2.50"),
            Payment("P3", other, "4.00")
        );

        Assert.Equal((3, new Money(7_75)), (record.UnknownAccounts, record.UnknownTotal));
        Assert.Equal(3, (await world.FindingsAsync(record)).Count);
        Assert.All(record.Findings, finding => Assert.False(finding.ToAct));
    }

    [Fact]
    public async Task Adjustments_that_came_too_early_are_added_up_in_and_over_buckets()
    {
        var (one, other) = OfTwoBuckets();

        var record = await world.ImportAsync(
            ImportKind.BillAdjustments,
            $"J1,{one},B1,1.25,read again",
            $"J2,{one},B2,2.50,read again",
            $"J3,{other},B3,4.00,read again"
        );

        Assert.Equal((3, new Money(7_75)), (record.Waiting, record.WaitingTotal));
    }

    [Fact]
    public async Task Adjustments_of_bills_that_a_known_account_does_not_have_are_added_up_one_by_one()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");

        var record = await world.ImportAsync(
            ImportKind.BillAdjustments,
            "J1,A1,B1,1.25,read again",
            "J2,A1,B2,2.50,read again"
        );

        Assert.Equal((2, new Money(3_75)), (record.Waiting, record.WaitingTotal));
    }

    [Fact]
    public async Task Rows_that_are_set_aside_are_added_up_and_are_a_persons_to_act_on()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");

        var record = await ApplyAsync(
            ImportKind.Bills,
            new ImportOptions { SetsAside = true },
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.25,0.00,55.00",
            "B2,A1,1,2020-01-08,2020-01-22,2020-01-29,20.50,0.00,55.00"
        );

        Assert.Equal((2, new Money(70_75)), (record.SetAside, record.SetAsideTotal));
        Assert.Equal([true, true], (await world.FindingsAsync(record)).Select(finding => finding.ToAct));
    }

    // The row is bad, and still names its account.
    [Fact]
    public async Task R39_A_complete_file_misses_who_is_in_no_row_and_not_whose_row_is_set_aside()
    {
        await world.ImportAsync(
            ImportKind.Accounts,
            "A1,1,west,on,cus_1,pm_1,,,",
            "A2,1,west,on,cus_2,pm_2,,,",
            "A3,1,west,on,cus_3,pm_3,,,"
        );

        var record = await ApplyAsync(
            ImportKind.Accounts,
            new ImportOptions { SetsAside = true, IsComplete = true },
            "A1,1,west,on,cus_1,pm_1,,,",
            "A1,1,west,on,cus_1,pm_9,,,",
            "A2,1,west,on,cus_2,pm_2,,,"
        );

        Assert.Equal((1, 1), (record.SetAside, record.Missing));
        var missing = record.Findings.Single(finding => finding.Line == 0);
        Assert.Equal(("A3", true), (missing.Account, missing.ToAct));
    }

    [Fact]
    public async Task A_finding_that_a_person_must_act_on_says_so()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");

        var record = await world.ImportAsync(
            ImportKind.Bills,
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,60.00,0.00,60.00"
        );

        Assert.True(Assert.Single(await world.FindingsAsync(record)).ToAct);
    }

    [Fact]
    public async Task R41_What_looks_like_other_bills_is_left_out_at_every_account_and_counted()
    {
        var (one, other) = OfTwoBuckets();
        await world.ImportAsync(ImportKind.Accounts, Account("A1"), Account(one), Account(other));
        await world.ImportAsync(
            ImportKind.Bills,
            Bill("B1", one, "50.00"),
            Bill("B2", one, "30.00"),
            Bill("B3", one, "70.00"),
            Bill("B4", other, "20.00")
        );
        var again = await world.ImportAsync(
            ImportKind.Bills,
            Bill("N1", one, "50.00"),
            Bill("N2", one, "30.00"),
            Bill("N4", other, "20.00"),
            Bill("N5", "A1", "10.00")
        );
        world.Queue.Evaluations.Clear();

        Assert.Equal(new ChangedBills(3, 2, 10_000), await world.SkipLookAlikesAsync(again.Id));

        Assert.Equal(
            new[] { one, other }.Select(id => Bucket.Of(new AccountId(id)).Number).Order(),
            world.Queue.Evaluations.Select(hint => hint.Bucket).Order()
        );
        Assert.Equal(new ChangedBills(0, 0, 0), await world.SkipLookAlikesAsync(again.Id));
        Assert.Null(await world.SkipLookAlikesAsync("bills-unknown"));
    }

    private static (string One, string Other) OfTwoBuckets()
    {
        var ids = Enumerable.Range(2, 50).Select(number => $"A{number}").ToList();
        return (ids[0], ids.First(id => Bucket.Of(new AccountId(id)) != Bucket.Of(new AccountId(ids[0]))));
    }

    private static string Account(string id) => $"{id},1,west,on,cus_{id},pm_{id},,,";

    private static string Payment(string id, string account, string amount) =>
        $"{id},{account},{amount},cash,,2020-01-10,";

    private static string Bill(string id, string account, string charges) =>
        $"{id},{account},1,2020-01-08,2020-01-22,2020-01-29,{charges},0.00,{charges}";

    private async Task<ImportRecord> ApplyAsync(ImportKind kind, ImportOptions options, params string[] rows)
    {
        var receipt = await world.ReceiveAsync(kind, Csv.File(kind, rows), options);
        Assert.Empty(receipt.Check.Problems);
        Assert.True(await world.ApplyAsync(receipt.Import!.Id));
        return await world.RecordAsync(receipt.Import.Id);
    }
}
