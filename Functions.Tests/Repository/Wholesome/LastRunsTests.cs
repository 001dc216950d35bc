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
    public async Task Only_a_soak_leaves_counts()
    {
        var path = Path.Combine(SourceTree.Root, "artifacts", "reliability", "nothing.json");

        await Soak.ReportAsync("nothing", new { Seeds = 1 });

        Assert.Equal(Soak.IsOn, File.Exists(path));
        if (Soak.IsOn)
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task What_was_not_run_again_is_told_as_before()
    {
        using var folder = new ScratchFolder();
        await Soak.ReportAsync(folder.Path, "kills", new { Cities = 20 });
        const string Before =
            "Tests: 9 cases, 0 failed.\n\n| soak | counts | commit | day |\n|---|---|---|---|\n"
            + "| kills | cities 1 | 0123456789 | 2026-11-26 |\n| simulator | seeds 2000 | 0123456789 | 2026-11-27 |\n";

        var lines = new LastRuns(folder.Path).Describe(Before).Split('\n');

        Assert.Equal("Tests: 9 cases, 0 failed.", lines[0]);
        Assert.StartsWith($"| kills | cities 20 | {Soak.Commit} |", lines[4], StringComparison.Ordinal);
        Assert.Equal(["| simulator | seeds 2000 | 0123456789 | 2026-11-27 |", ""], lines[5..]);
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
