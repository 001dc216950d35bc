using Autopay.Application.Importing;
using Autopay.Imports;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>How a file is to be taken: checked only, with rows set aside, or as a complete one.</summary>
public sealed class ReceiveOptionsTests
{
    private static readonly string Good = Csv.File(ImportKind.Payments, "P1,A1,12.50,cash,D1,2020-01-10,");
    private static readonly string WithBadRow = Csv.File(
        ImportKind.Payments,
        "P1,A1,12.50,cash,D1,2020-01-10,",
        "P2,A1,0.00,cash,D1,2020-01-10,"
    );
    private readonly ImportWorld world = new();

    [Fact]
    public async Task A_dry_run_checks_everything_and_stores_nothing()
    {
        var receipt = await world.ReceiveAsync(ImportKind.Payments, Good, new ImportOptions { OnlyChecks = true });

        Assert.Equal(
            (true, 1, 12_50L, null),
            (receipt.Check.IsGood, receipt.Check.Rows, receipt.Check.Total.Cents, receipt.Import)
        );
        Assert.Empty(world.Imports.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable());
        Assert.Empty(world.Queue.Imports);
        Assert.False(
            (await world.ReceiveAsync(ImportKind.Payments, WithBadRow, new ImportOptions { OnlyChecks = true }))
                .Check
                .IsGood
        );
        Assert.Equal((true, 1), await CheckedAsync(new ImportOptions { OnlyChecks = true, SetsAside = true }));
    }

    [Fact]
    public async Task A_dry_run_compares_the_senders_totals() =>
        Assert.Equal(
            "a total of 12.50",
            Assert
                .Single(
                    (
                        await world.ReceiveAsync(
                            ImportKind.Payments,
                            Good,
                            new ImportOptions { OnlyChecks = true, Expected = new(1, new Money(12_51)) }
                        )
                    )
                        .Check
                        .Problems
                )
                .Found
        );

    [Theory]
    [InlineData(ImportKind.PaymentReversals)]
    [InlineData(ImportKind.Accounts)]
    public async Task A_total_of_rows_without_cents_says_what_to_compare(ImportKind kind) =>
        Assert.Equal(
            $"Rows of {kind.ToText()} have no cents: compare their number only (X-Row-Count).",
            Assert
                .Single(
                    (
                        await world.ReceiveAsync(
                            kind,
                            Csv.File(kind, Csv.GoodRow(kind)),
                            new ImportOptions { Expected = new(1, new Money(363_00)) }
                        )
                    )
                        .Check
                        .Problems
                )
                .Advice
        );

    [Fact]
    public async Task R40_what_the_options_say_is_kept_with_the_import_and_a_second_request_changes_nothing_of_it()
    {
        var first = await world.ReceiveAsync(ImportKind.Payments, WithBadRow, new ImportOptions { SetsAside = true });
        var same = await world.ReceiveAsync(ImportKind.Payments, WithBadRow, new ImportOptions { SetsAside = true });

        Assert.Equal(
            (true, false, 2, 1),
            (first.Import!.SetsAside, first.Import.IsComplete, first.Import.Rows, first.Check.SetAside)
        );
        Assert.Equal((true, null), (same.AlreadyImported, same.OtherOptions));
    }

    [Fact]
    public async Task R39_an_accounts_file_that_was_not_complete_does_not_become_so_by_being_sent_again()
    {
        var file = Csv.File(ImportKind.Accounts, Csv.GoodRow(ImportKind.Accounts));
        await world.ReceiveAsync(ImportKind.Accounts, file, new ImportOptions());

        var again = await world.ReceiveAsync(
            ImportKind.Accounts,
            file,
            new ImportOptions { IsComplete = true, SetsAside = true }
        );

        Assert.Equal((true, false), (again.AlreadyImported, again.Import!.IsComplete));
        Assert.Equal(
            "This file was taken without badRows=setAside and without complete=true, and that stays.",
            again.OtherOptions
        );
    }

    [Fact]
    public async Task The_senders_totals_are_among_the_problems_that_are_listed()
    {
        var rows = Enumerable.Range(1, 2_000).Select(number => $"P{number},A1,0.00,cash,,2020-01-10,");
        var check = (
            await world.ReceiveAsync(
                ImportKind.Payments,
                Csv.File(ImportKind.Payments, [.. rows]),
                new ImportOptions { Expected = new(1, null) }
            )
        ).Check;
        Assert.Equal(
            (2_001, ImportReader.MostProblems, true, "2000 rows"),
            (check.ProblemCount, check.Problems.Count, check.IsCut, check.Problems[0].Found)
        );
    }

    private async Task<(bool IsGood, int SetAside)> CheckedAsync(ImportOptions options)
    {
        var check = (await world.ReceiveAsync(ImportKind.Payments, WithBadRow, options)).Check;
        return (check.IsGood, check.SetAside);
    }
}
