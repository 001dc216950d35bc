using System.Globalization;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>The pages that somebody signs: what they claim can be looked up, and the sums add up.</summary>
public sealed partial class SignOffTests
{
    [Fact]
    public void Steps_of_the_first_deployment_are_numbered_through_and_say_what_is_expected()
    {
        var steps = SourceTree
            .Read("docs/first-deployment.md")
            .Split('\n')
            .Select(line => StepPattern().Match(line))
            .Where(match => match.Success)
            .ToList();

        Assert.InRange(steps.Count, 30, 60);
        Assert.Equal(
            Enumerable.Range(1, steps.Count),
            steps.Select(step => int.Parse(step.Groups[1].Value, CultureInfo.InvariantCulture))
        );
        Assert.All(steps, step => Assert.Contains("*Expected:* ", step.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_chapter_of_ASVS_has_a_state_and_evidence_that_is_there()
    {
        var rows = ChapterPattern().Matches(SourceTree.Read("docs/security.md")).ToList();
        var tests = SourceTree.Sources("Functions.Tests").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Equal(
            Enumerable.Range(1, 17),
            rows.Select(row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture))
        );
        Assert.All(
            rows,
            row => Assert.Matches("^(holds|holds by Entra ID|partly|does not apply)$", row.Groups["state"].Value)
        );
        Assert.All(
            rows.Where(row => row.Groups["state"].Value == "partly"),
            row => Assert.Contains("Missing: ", row.Groups["why"].Value, StringComparison.Ordinal)
        );
        Assert.All(
            TestPattern().Matches(SourceTree.Read("docs/security.md")),
            named => Assert.Contains(named.Groups[1].Value, tests)
        );
    }

    [Fact]
    public void The_costs_add_up()
    {
        var table = SourceTree.Read("infra/README.md").Split("### What it costs")[1].Split("###")[0];
        var rows = table
            .Split('\n')
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| | ", StringComparison.Ordinal)
            )
            .Select(line => line.Split('|')[2..^1].Select(Dollars).ToList())
            .ToList();

        Assert.True(rows.Count > 5);
        Assert.All(
            Enumerable.Range(0, 6),
            column => Assert.Equal((column, rows[^1][column]), (column, rows[..^1].Sum(row => row[column])))
        );
    }

    [Fact]
    public void The_changelog_says_how_to_expand_and_contract_and_of_each_version_whether_there_is_a_way_back()
    {
        var text = SourceTree.Read("CHANGELOG.md");

        Assert.Contains("Expand, then contract", text, StringComparison.Ordinal);
        Assert.All(
            Assert.Some(text.Split("\n## ")[1..]),
            version => Assert.Matches("- Way back: (yes|no way back)", version)
        );
    }

    // "4 × 21.02 = 84" is 84.
    private static int Dollars(string cell) =>
        int.Parse(NumberPattern().Match(cell).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+)\. .+$")]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"^\| V(?<number>\d+) [^|]+ \| (?<state>[^|]+) \| (?<why>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex ChapterPattern();

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex TestPattern();

    [GeneratedRegex(@"(\d+)\D*$")]
    private static partial Regex NumberPattern();
}
