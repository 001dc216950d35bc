using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// A bank that confirms part of a batch, as its README worked it out by hand: nobody is charged twice, nobody is
/// forgotten.
/// </summary>
public sealed class SedaliaRehearsalTests
{
    private static readonly string Folder = Drills.FolderOf("sedalia-2019");
    private static readonly Dictionary<string, string[]> Table = WorkedOut.Table(Folder);
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(Folder));

    public static TheoryData<string> Bills => [.. Table.Keys];

    [Fact]
    public async Task Everything_that_the_timeline_expects_holds()
    {
        Assert.Empty((await City.Value).Failures);
        Assert.Equal(36, Table.Count);
        Assert.Equal(Table.Count, (await City.Value).Report.Accounts.Sum(account => account.Bills.Count));
    }

    [Theory]
    [MemberData(nameof(Bills))]
    public async Task A_bill_comes_out_as_its_line_in_the_table(string id) => (await City.Value).ComesOutAs(Table[id]);

    [Fact]
    public async Task The_bank_has_one_charge_for_each_debit_that_was_collected_and_no_other_that_lives() =>
        Assert.Equal(
            [(10, 12, 0), (11, 12, 9), (12, 11, 23)],
            (await City.Value)
                .World.Bank.Intents.GroupBy(intent => intent.CreatedAt.Month)
                .Select(month =>
                    (
                        month.Key,
                        month.Count(intent => intent.Status == IntentStatus.Succeeded),
                        month.Count(intent => intent.Status == IntentStatus.Cancelled)
                    )
                )
                .Order()
        );

    [Fact]
    public async Task The_bank_says_how_many_answers_were_lost() =>
        Assert.Equal(
            ["7 charges", "9 charges", "23 charges"],
            (await City.Value)
                .Lines.Where(line => line.Contains("had no answer", StringComparison.Ordinal))
                .Select(line => line.Split("; ")[1].Split(" had ")[0])
        );
}
