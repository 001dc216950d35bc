using Autopay.Rehearsal;
using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// The outage of 2020 comes out as its README worked it out by hand, bill by bill, and as its expected.json says.
/// </summary>
public sealed class CapeGirardeauRehearsalTests
{
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(CapeGirardeau.Folder));

    public static TheoryData<string> Bills => [.. CapeGirardeau.Table.Keys];

    public static TheoryData<string> Accounts =>
        [.. CapeGirardeau.Expected["accounts"]!.AsObject().Select(account => account.Key)];

    [Fact]
    public async Task Everything_that_the_timeline_expects_holds()
    {
        var city = await City.Value;
        Assert.Empty(city.Failures);
        Assert.All(city.Report.Invariants, invariant => Assert.True(invariant.Holds && invariant.Looked > 0));
        Assert.Equal(CapeGirardeau.Table.Count, city.Report.Accounts.Sum(account => account.Bills.Count));
    }

    [Theory]
    [MemberData(nameof(Bills))]
    public async Task A_bill_comes_out_as_its_line_in_the_table(string id)
    {
        var cells = CapeGirardeau.Table[id];
        var account = (await City.Value).Report.Accounts.Single(it => it.Account == cells[0]);
        var bill = account.Bills.Single(it => it.Bill == id);
        Assert.Equal(cells[2], bill.DueDate.ToString("yyyy-MM-dd", null));
        Assert.Equal(
            cells[3..7].Select(CityFiles.Cents),
            [bill.ChargesCents, bill.PaidElsewhereCents, bill.CollectedCents, bill.OpenCents]
        );
        var debit = LastCarrierOf(id, account);
        Assert.Equal(
            (cells[7], cells[8]),
            (debit?.State.ToString() ?? "-", debit?.SubmittedOn?.ToString("yyyy-MM-dd", null) ?? "-")
        );
    }

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task An_account_comes_out_as_in_the_expected_file(string id)
    {
        var account = (await City.Value).Report.Accounts.Single(it => it.Account == id);
        var expected = CapeGirardeau.Expected["accounts"]![id]!;
        Assert.Equal(ExpectedAccount.Bills(expected), account.Bills.Select(ExpectedAccount.Text));
        Assert.Equal(
            ExpectedAccount.Debits(expected),
            ExpectedAccount.InDueDateOrder(
                account.Debits.Where(debit => debit.State is not (DebitState.Merged or DebitState.Deferred))
            )
        );
        Assert.Equal((long)expected["credit"]!, account.CreditCents);
    }

    [Fact]
    public async Task The_cycles_add_up_to_the_README_s_table()
    {
        var lines = File.ReadAllLines(Path.Combine(CapeGirardeau.Folder, "README.md"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells.Length == 7);
        var table = lines
            .Where(cells => char.IsDigit(cells[0][0]))
            .Select(cells => (int.Parse(cells[0], null), cells[1], CityFiles.Cents(cells[5])));
        Assert.Equal(
            table,
            (await City.Value).Report.Cycles.Select(row =>
                (row.Cycle, row.DueDate.ToString("yyyy-MM-dd", null), row.CollectedCents)
            )
        );
    }

    [Fact]
    public async Task Penalties_are_waived_for_exactly_five_due_dates() =>
        Assert.Equal(
            ["2020-01-15", "2020-01-22", "2020-01-29", "2020-02-05", "2020-02-12"],
            (await City.Value)
                .Report.Accounts.SelectMany(account => account.Bills)
                .Where(bill => bill.PenaltyWaived)
                .Select(bill => bill.DueDate.ToString("yyyy-MM-dd", null))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task The_proof_says_that_nobody_in_the_windows_is_penalised_and_the_five_dates_are_named()
    {
        var it = (await City.Value).Report.Protections;
        Assert.Equal("88 bills in the windows, 0 penalised", it.Proof);
        Assert.Equal(
            ["2020-01-29", "2020-02-05", "2020-02-12", "2020-02-19", "2020-02-26"],
            it.ShieldedDates.Select(date => date.ToString("yyyy-MM-dd", null))
        );
        Assert.Equal(PenaltyVerdict.CityHolds, it.Penalties.Single(bill => bill.Bill == "40-0009-2020-03").Verdict);
        Assert.Equal(
            new DateOnly(2020, 3, 12),
            it.Disconnects.Single(account => account.Account == "10-0008").EarliestOn
        );
    }

    // The debit that carries or last carried the bill; a merged one has handed it on to its parent.
    private static ReportDebit? LastCarrierOf(string bill, ReportAccount account)
    {
        var ledger = City.Value.Result.World.Ledgers.Ledgers.Single(it => it.Id.Value == account.Account);
        var carrier =
            ledger.Debits.LastOrDefault(debit => debit.State != DebitState.Merged && debit.Names(new BillId(bill)))
            ?? ledger.Debits.LastOrDefault(debit =>
                debit.Lines.Count == 0 && debit.DueDate == ledger.BillOf(new BillId(bill)).DueDate
            );
        return carrier is null ? null : account.Debits.Single(debit => debit.Debit == carrier.Id.Value);
    }
}
