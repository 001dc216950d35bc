using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>Months of unsent bills, as its README worked them out by hand: in parts, told before, and nobody twice.
/// </summary>
public sealed class MiddletownRehearsalTests
{
    private static readonly string Folder = Drills.FolderOf("middletown-2025");
    private static readonly Dictionary<string, string[]> Table = WorkedOut.Table(Folder);
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(Folder));

    public static TheoryData<string> Bills => [.. Table.Keys];

    [Fact]
    public async Task Everything_that_the_timeline_expects_holds()
    {
        Assert.Empty((await City.Value).Failures);
        Assert.Equal(61, Table.Count);
        Assert.Equal(Table.Count, (await City.Value).Report.Accounts.Sum(account => account.Bills.Count));
    }

    [Theory]
    [MemberData(nameof(Bills))]
    public async Task A_bill_comes_out_as_its_line_in_the_table(string id) => (await City.Value).ComesOutAs(Table[id]);

    [Fact]
    public async Task R44_Every_later_part_was_told_seven_days_before_it_left()
    {
        var parts = (await City.Value)
            .World.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits)
            .Where(debit => debit is { SplitFrom: not null, State: DebitState.Collected })
            .ToList();
        Assert.Equal(13, parts.Count);
        Assert.All(
            parts,
            part => Assert.True(Assert.Single(part.Notices).SentOn!.Value.AddDays(7) <= part.FirstSubmittedOn)
        );
    }

    [Fact]
    public async Task Nobodys_autopay_was_switched_off() =>
        Assert.All((await City.Value).World.Ledgers.Ledgers, ledger => Assert.True(ledger.AutopayIsOn));
}
