using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

public sealed partial class ReliabilityDocumentTests
{
    [Fact]
    public void Every_fault_and_refusal_has_a_test_or_says_why_not() =>
        Assert.DoesNotContain(
            ReliabilityRow.Of('F').Concat(ReliabilityRow.Of('N')),
            row => row.Tests.Count == 0 && row.WhyUntested.Length == 0
        );

    [Fact]
    public void Every_number_of_a_test_is_a_row() =>
        Assert.Empty(
            NumberedTest.All.SelectMany(test => test.Numbers).Except(ReliabilityRow.All.Select(row => row.Number))
        );

    // The rows are found in this assembly; a numbered test of another project would be in no row.
    [Fact]
    public void Numbered_tests_are_in_this_project() =>
        Assert.Empty(
            from project in SourceTree.Projects
            where project.EndsWith(".Tests", StringComparison.Ordinal) && project != "Functions.Tests"
            from file in SourceTree.Sources(project)
            from test in NumberedPattern().Matches(SourceTree.Read(file)).Select(match => match.Value)
            select $"{file}: {test}"
        );

    [Fact]
    public void Every_test_of_a_fault_names_its_layer() =>
        Assert.DoesNotContain(
            NumberedTest.All.Where(test => test.Numbers[0][0] == 'F'),
            test => test.Layer is not ("L1" or "L2" or "L3" or "L4" or "L5" or "L6" or "L7")
        );

    [Fact]
    public void Every_invariant_is_in_the_list_or_says_where_it_is_checked()
    {
        var names = new[] { typeof(LedgerInvariants), typeof(NumberedTest) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Select(type => type.Name)
            .ToHashSet();
        var elsewhere = ReliabilityRow
            .Of('I')
            .Where(row => LedgerInvariants.All.All(invariant => invariant.Id != row.Number))
            .ToList();

        Assert.All(elsewhere, row => Assert.NotEqual("", row.Note));
        Assert.All(
            elsewhere.SelectMany(row => NamePattern().Matches(row.Note)).Select(match => match.Groups[1].Value),
            name => Assert.Contains(name, names)
        );
    }

    [Fact]
    public void The_document_shows_the_tests_that_there_are()
    {
        var before = File.Exists(Path.Combine(SourceTree.Root, ReliabilityDocument.Path))
            ? SourceTree.Read(ReliabilityDocument.Path)
            : "";
        if (Environment.GetEnvironmentVariable("AUTOPAY_WRITE_DOCS") == "1")
        {
            var runs = new LastRuns();
            var told = ReliabilityDocument.ResultsOf(before);
            before = ReliabilityDocument.Render(
                row => runs.AreTestsReported ? runs.ResultOf(row.Tests) : told.GetValueOrDefault(row.Number, ""),
                runs.Describe(ReliabilityDocument.LastRunsOf(before))
            );
            File.WriteAllText(Path.Combine(SourceTree.Root, ReliabilityDocument.Path), before);
        }

        var results = ReliabilityDocument.ResultsOf(before);
        Assert.Equal(
            ReliabilityDocument.Render(
                row => results.GetValueOrDefault(row.Number, ""),
                ReliabilityDocument.LastRunsOf(before)
            ),
            before
        );
    }

    /// <summary>Not: nothing in it says that it failed. What was skipped or never run is as red as that.</summary>
    [Fact]
    public void Every_test_that_the_document_names_was_run_and_passed()
    {
        var results = ReliabilityDocument.ResultsOf(SourceTree.Read(ReliabilityDocument.Path));

        Assert.Empty(
            from row in Assert.Some(ReliabilityRow.Of('F').Concat(ReliabilityRow.Of('N')))
            where row.Tests.Count > 0 && !HasPassed(results[row.Number], row.Tests.Count)
            select $"{row.Number}: {results[row.Number]}, of {row.Tests.Count} tests"
        );
    }

    [Theory]
    [InlineData("3 passed", 3, true)]
    [InlineData("30 passed", 3, true)]
    [InlineData("2 passed", 3, false)]
    [InlineData("3 passed, 1 FAILED", 3, false)]
    [InlineData("3 passed, 1 SKIPPED", 3, false)]
    [InlineData("2 passed, 1 not run", 2, false)]
    [InlineData("", 1, false)]
    public void Only_what_passed_as_a_whole_is_green(string result, int tests, bool green) =>
        Assert.Equal(green, HasPassed(result, tests));

    [Fact]
    public void No_soak_that_the_document_tells_of_found_anything()
    {
        var runs = ReliabilityDocument.LastRunsOf(SourceTree.Read(ReliabilityDocument.Path));

        Assert.Matches("^Tests: [0-9]+ cases, 0 failed", runs);
        Assert.Matches(@"\| kills \|.* chargedTwice 0, lost 0 \|", runs);
        Assert.Matches(@"\| simulator \|.* violations 0 \|", runs);
    }

    // A theory has more cases than the one test that it is.
    private static bool HasPassed(string result, int tests) =>
        PassedPattern().Match(result) is { Success: true } passed
        && int.Parse(passed.Groups[1].Value, CultureInfo.InvariantCulture) >= tests;

    [GeneratedRegex("^([0-9]+) passed$")]
    private static partial Regex PassedPattern();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\b(Task|void) [FN][0-9]{1,2}_\w+")]
    private static partial Regex NumberedPattern();
}
