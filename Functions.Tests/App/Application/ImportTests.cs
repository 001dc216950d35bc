using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>Files are taken in whole or not at all, once, and what does not fit is listed (N43, N45, N46).</summary>
public sealed class ImportTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task A_good_file_is_stored_queued_and_applied_with_its_totals()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        var record = await world.ImportAsync(ImportKind.Bills, Bill);
        Assert.Equal(
            (ImportState.Done, 1, new Money(50_00), 1),
            (record.State, record.Rows, record.Total, record.Applied)
        );
        Assert.Equal(record.Id, world.Queue.Imports[^1].ImportId);
        Assert.Equal(new Money(50_00), Assert.Single(world.Ledger("A1").Bills).Open);
    }

    [Fact]
    [Trait("Layer", "L1")]
    public async Task F37_a_file_with_more_bills_of_one_account_than_a_transaction_holds_is_applied_in_several_saves()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);

        var record = await world.ImportAsync(
            ImportKind.Bills,
            [.. Enumerable.Range(1, 150).Select(number => Bill.Replace("B1", $"B{number}", StringComparison.Ordinal))]
        );

        Assert.Equal((150, 0), (record.Applied, record.Conflicts));
        Assert.Equal(150, world.Ledger("A1").Bills.Count);
        Assert.Equal(4, world.Ledger("A1").Operations);
    }

    [Theory]
    [InlineData("file.csv")]
    [InlineData("renamed.csv")]
    [InlineData("../../x")]
    public async Task The_same_content_again_changes_nothing_and_says_so(string name)
    {
        var first = await world.ImportAsync(ImportKind.Accounts, Account);
        var before = (world.State, world.Queue.Imports.Count);
        var again = await world.ReceiveAsync(ImportKind.Accounts, Csv.File(ImportKind.Accounts, Account), name);
        Assert.True(again.AlreadyImported);
        Assert.Equal((first.Id, "file.csv"), (again.Import!.Id, again.Import.FileName));
        Assert.True(await world.ApplyAsync(first.Id));
        Assert.Equal(before, (world.State, world.Queue.Imports.Count));
        Assert.Equal(first, await world.RecordAsync(first.Id));
    }

    [Fact]
    public async Task A_file_with_one_bad_row_leaves_nothing_behind()
    {
        var receipt = await world.ReceiveAsync(
            ImportKind.Accounts,
            Csv.File(ImportKind.Accounts, Account, "A2,one,west,on,cus_2,pm_2,,,")
        );
        Assert.Null(receipt.Import);
        Assert.Equal((3, "cycle"), (Assert.Single(receipt.Check.Problems).Line, receipt.Check.Problems[0].Column));
        Assert.Empty(world.Queue.Imports);
        Assert.Empty(world.Imports.ReadUnfinishedAsync(CancellationToken.None).ToBlockingEnumerable());
    }

    [Theory]
    [InlineData(2, null, "1 rows", "2 rows, as the sender said")]
    [InlineData(null, 50_01L, "a total of 50.00", "50.01, as the sender said")]
    public async Task Control_totals_that_do_not_match_refuse_the_file(
        int? rows,
        long? cents,
        string found,
        string expected
    )
    {
        var receipt = await world.ReceiveAsync(
            ImportKind.Bills,
            Csv.File(ImportKind.Bills, Bill),
            expected: new(rows, cents is { } total ? new Money(total) : null)
        );
        Assert.Null(receipt.Import);
        Assert.False(receipt.Check.IsGood);
        Assert.Equal(new ImportProblem(0, "", found, expected), Assert.Single(receipt.Check.Problems));
        Assert.Empty(world.Queue.Imports);
    }

    [Fact]
    public async Task Control_totals_that_match_are_accepted() =>
        Assert.NotNull(
            (
                await world.ReceiveAsync(
                    ImportKind.Bills,
                    Csv.File(ImportKind.Bills, Bill),
                    expected: new(1, new Money(50_00))
                )
            ).Import
        );

    [Fact]
    public async Task A_known_bill_with_other_content_is_listed_with_its_line_and_the_stored_bill_stays()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);
        var before = Assert.Single(world.Ledger("A1").Bills);
        var record = await world.ImportAsync(
            ImportKind.Bills,
            "B2,A1,1,2020-02-05,2020-02-19,2020-02-26,20.00,50.00,70.00",
            Bill.Replace("50.00", "60.00", StringComparison.Ordinal)
        );
        Assert.Equal((1, 1, 0), (record.Applied, record.Conflicts, record.Known));
        var finding = Assert.Single(record.Findings);
        Assert.Equal((3, "A1", "B1"), (finding.Line, finding.Account, finding.Id));
        Assert.Contains("other content", finding.Message, StringComparison.Ordinal);
        Assert.Equal(
            (before.CurrentCharges, before.DueDate),
            (world.Ledger("A1").Bills[0].CurrentCharges, world.Ledger("A1").Bills[0].DueDate)
        );
    }

    [Fact]
    public async Task A_known_bill_with_the_same_content_is_counted_as_known()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);
        var record = await world.ImportAsync(ImportKind.Bills, "", Bill);
        Assert.Equal((0, 1, 0), (record.Applied, record.Known, record.Conflicts));
        Assert.Empty(record.Findings);
    }

    [Fact]
    public async Task A_payment_of_an_unknown_account_goes_into_suspense()
    {
        var record = await world.ImportAsync(ImportKind.Payments, "P1,A9,12.50,cash,D1,2020-01-10,B1");
        Assert.Equal((1, new Money(12_50), 0), (record.UnknownAccounts, record.UnknownTotal, record.Applied));
        var suspended = Assert.Single(world.Suspended);
        Assert.Equal(("A9", record.Id, 2), (suspended.NamedAccount, suspended.ImportId, suspended.Line));
        Assert.Equal(
            (new Money(12_50), new DateOnly(2020, 1, 13)),
            (suspended.Payment.Amount, suspended.Payment.PostedOn)
        );
        Assert.Contains("suspense", Assert.Single(record.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_balance_of_an_unknown_account_is_listed_and_changes_nothing()
    {
        var record = await world.ImportAsync(ImportKind.Balances, Csv.GoodRow(ImportKind.Balances));
        Assert.Equal((1, 0, 0), (record.UnknownAccounts, record.Applied, record.Conflicts));
        Assert.Equal((2, "A1"), (Assert.Single(record.Findings).Line, record.Findings[0].Account));
        Assert.Equal(new ImportWorld().State, world.State);
    }

    [Fact]
    public async Task Every_row_is_counted_once_and_only_the_first_findings_are_listed()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        var strays = Enumerable.Range(1, 250).Select(number => $"X{number},B1,1.00,2020-01-10");
        var record = await world.ImportAsync(ImportKind.Balances, ["A1,B9,1.00,2020-01-10", .. strays]);
        Assert.Equal(
            (251, 0, 1, 250, 200),
            (record.Rows, record.Applied, record.Conflicts, record.UnknownAccounts, record.Findings.Count)
        );
    }

    // The writes of a run: the turn, its lease, the rows of the first bucket, what waits for them, its progress.
    [Theory]
    [Trait("Layer", "L4")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task F27_a_worker_that_stood_still_while_others_finished_its_file_and_a_later_one_undoes_nothing(
        int write
    )
    {
        var accounts = Enumerable
            .Range(1, 20)
            .Select(number => $"A{number},1,west,on,cus_{number},pm_{number},,,")
            .ToList();
        var older = await world.ReceiveAsync(ImportKind.Accounts, Csv.File(ImportKind.Accounts, [.. accounts]));
        var newer = await world.ReceiveAsync(
            ImportKind.Accounts,
            Csv.File(
                ImportKind.Accounts,
                [.. accounts.Select(row => row.Replace(",on,", ",off,", StringComparison.Ordinal))]
            )
        );
        world.Fuse.Meanwhile(
            write,
            async () =>
            {
                world.Wait(new ProcessingOptions().Lease);
                Assert.True(await world.ApplyAsync(older.Import!.Id));
                Assert.True(await world.ApplyAsync(newer.Import!.Id));
            }
        );

        await world.ApplyAsync(older.Import!.Id);

        Assert.All(Enumerable.Range(1, 20), number => Assert.False(world.Ledger($"A{number}").AutopayIsOn));
        Assert.Equal(ImportState.Done, (await world.RecordAsync(older.Import!.Id)).State);
    }

    // The row changes nothing, so it leaves no trace; the import dies after it, and resumes when a person has spoken.
    [Fact]
    [Trait("Layer", "L4")]
    public async Task F46_a_killed_import_that_resumes_does_not_undo_what_a_person_switched_meanwhile()
    {
        await world.ImportAsync(
            ImportKind.Accounts,
            Account.Replace(",on,", ",off,", StringComparison.Ordinal),
            "A2,1,west,on,cus_2,pm_2,,,"
        );
        var file = await world.SendAsync(
            ImportKind.Accounts,
            Account.Replace(",on,", ",off,", StringComparison.Ordinal)
        );
        world.Fuse.BlowBefore(2);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(file));
        world.Fuse.Mend();

        await world.SwitchAsync("A1", on: true);
        Assert.True(await world.ApplyAsync(file));

        Assert.True(world.Ledger("A1").AutopayIsOn);
    }

    [Fact]
    public async Task Rows_that_are_stored_since_long_ago_are_refused_and_the_others_of_the_account_are_applied()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);
        await world.ForgetAsync("A1", new BillId("B1"));

        var record = await world.ImportAsync(
            ImportKind.Bills,
            Bill,
            Bill.Replace("B1", "B2", StringComparison.Ordinal)
        );

        Assert.Equal((1, 1), (record.Applied, record.Conflicts));
        Assert.Equal((2, "B1"), (Assert.Single(record.Findings).Line, record.Findings[0].Id));
        Assert.Equal("B2", Assert.Single(world.Ledger("A1").Bills).Id.Value);
    }

    [Fact]
    public async Task An_import_that_nobody_knows_is_nothing_to_do() =>
        Assert.True(await world.ApplyAsync("bills-unknown"));
}
