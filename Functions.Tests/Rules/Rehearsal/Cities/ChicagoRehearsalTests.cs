using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// The same bills file under other names, in another order and with other ids, as its README worked it out by hand:
/// every customer is charged once.
/// </summary>
public sealed class ChicagoRehearsalTests
{
    private static readonly string Folder = Drills.FolderOf("chicago-2022");
    private static readonly Dictionary<string, string[]> Table = WorkedOut.Table(Folder);
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(Folder));

    public static TheoryData<string> Bills => [.. Table.Keys];

    [Fact]
    public async Task Everything_that_the_timeline_expects_holds()
    {
        Assert.Empty((await City.Value).Failures);
        Assert.Equal(27, Table.Count);
    }

    [Theory]
    [MemberData(nameof(Bills))]
    public async Task A_bill_comes_out_as_its_line_in_the_table(string id) => (await City.Value).ComesOutAs(Table[id]);

    [Fact]
    public async Task A_re_numbered_bill_collects_nothing()
    {
        var others = (await City.Value)
            .Report.Accounts.SelectMany(account => account.Bills)
            .Where(bill => !Table.ContainsKey(bill.Bill))
            .ToList();
        Assert.Equal(28, others.Count);
        Assert.All(others, bill => Assert.Equal((0, 0), (bill.CollectedCents, bill.PaidElsewhereCents)));
        Assert.Equal(2 * 724_55, others.Sum(bill => bill.OpenCents));
    }

    [Fact]
    public async Task R42_Nobody_is_penalised_or_shut_off_for_a_re_numbered_bill()
    {
        var protections = (await City.Value).Report.Protections;
        Assert.Equal(27, protections.Penalties.Count);
        Assert.Equal(
            [("C-09-2022-10", PenaltyVerdict.Assess, new DateOnly(2022, 10, 27))],
            protections
                .Penalties.Where(it => it.Verdict != PenaltyVerdict.CityHolds)
                .Select(it => (it.Bill, it.Verdict, it.EarliestOn!.Value))
        );
        Assert.Equal(12, protections.Disconnects.Count);
        Assert.DoesNotContain(protections.Disconnects, it => it.Verdict == DisconnectVerdict.May);
    }

    [Fact]
    public async Task The_import_says_once_that_a_file_came_again()
    {
        var lines = (await City.Value).Lines.Where(line => line.Contains("renumbered.csv: 14 rows")).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(
            lines,
            line =>
                Assert.Contains(
                    "14 of 14 bills look like bills that are known under other numbers, as if a file had come "
                        + "again; the first is on line 2: looks like bill C-01-2022-09 under another number",
                    line,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task The_credits_that_came_again_are_on_finance_s_list() =>
        Assert.Equal(
            ["900110", "910110"],
            (await City.Value)
                .World.Ledgers.Ledgers.SelectMany(ledger => ledger.Work())
                .Where(item => item.Kind == WorkKind.Warning)
                .Select(item => item.Bill!.Value.Value)
        );

    /// <summary>What it is about: switched off, the rule charges everybody two and three times.</summary>
    [Fact]
    public async Task Without_the_rule_the_file_is_collected_three_times()
    {
        var copy = Directory.CreateTempSubdirectory("chicago");
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        var timeline = Path.Combine(copy.FullName, "timeline.json");
        var text = await File.ReadAllTextAsync(timeline, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            timeline,
            text.Replace(
                "\"lookAlikeBills\": \"review\"",
                "\"lookAlikeBills\": \"off\", \"previousBalance\": \"off\"",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        var played = await Played.FromAsync(copy.FullName);
        copy.Delete(recursive: true);
        Assert.True(played.Report.Totals.CollectedCents > 2 * 1253_15);
    }
}
