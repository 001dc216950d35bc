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
    public void The_document_shows_the_tests_that_there_are_and_none_that_failed()
    {
        var before = File.Exists(Path.Combine(SourceTree.Root, ReliabilityDocument.Path))
            ? SourceTree.Read(ReliabilityDocument.Path)
            : "";
        if (Environment.GetEnvironmentVariable("AUTOPAY_WRITE_DOCS") == "1")
        {
            var runs = new LastRuns();
            before = ReliabilityDocument.Render(
                row => runs.ResultOf(row.Tests),
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
        Assert.DoesNotContain("FAILED", before, StringComparison.Ordinal);
    }

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\b(Task|void) [FN][0-9]{1,2}_\w+")]
    private static partial Regex NumberedPattern();
}
