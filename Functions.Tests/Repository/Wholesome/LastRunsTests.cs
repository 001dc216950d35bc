using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Repository.Wholesome;

public sealed class LastRunsTests
{
    [Fact]
    public async Task The_counts_of_a_soak_carry_the_build_that_ran_it_and_not_the_one_that_writes_the_document()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "kills.json");

        await Soak.ReportAsync(folder.Path, "kills", new { Cities = 2, ChargedTwice = 0 });
        Assert.Matches(
            $@"^\| kills \| cities 2, chargedTwice 0 \| {Soak.Commit} \| 20\d\d-\d\d-\d\d \|$",
            LastRuns.RowOf(path)
        );

        await File.WriteAllTextAsync(
            path,
            (await File.ReadAllTextAsync(path)).Replace(Soak.Commit, "0123456789", StringComparison.Ordinal)
        );
        Assert.Contains("| 0123456789 |", LastRuns.RowOf(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_from_before_that_was_kept_claim_no_build()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "old.json");
        await File.WriteAllTextAsync(path, """{"Seeds":3}""");

        Assert.Equal("| old | Seeds 3 | unknown | unknown |", LastRuns.RowOf(path));
    }
}
