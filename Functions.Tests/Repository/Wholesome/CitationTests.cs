using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>What comments and documents cite is in this repository.</summary>
public sealed partial class CitationTests
{
    // Each kind of number and the place that explains it.
    private static readonly Dictionary<char, Func<int, bool>> Anchors = new()
    {
        ['R'] = number => SourceTree.Read("docs/rules.md").Contains($"**R{number}**", StringComparison.Ordinal),
        ['F'] = number => SourceTree.Read("docs/reliability.md").Contains($"| F{number} |", StringComparison.Ordinal),
        ['N'] = number => SourceTree.Read("docs/reliability.md").Contains($"| N{number} |", StringComparison.Ordinal),
        ['I'] = number => SourceTree.Read("docs/reliability.md").Contains($"| I{number} |", StringComparison.Ordinal),
        ['D'] = number => SourceTree.Read("docs/decisions.md").Contains($"| D{number} |", StringComparison.Ordinal),
        ['P'] = number => SourceTree.Read("docs/charging.md").Contains($"| P{number} |", StringComparison.Ordinal),
    };

    // R01 to R85 with two digits are also the bank's return codes.
    private static readonly HashSet<string> ReturnCodes = [.. Enumerable.Range(1, 85).Select(code => $"R{code:00}")];

    [Fact]
    public void Every_number_in_a_comment_is_explained_in_the_documents() =>
        Assert.Empty(
            from file in SourceTree.Projects.SelectMany(SourceTree.Sources)
            from comment in CommentPattern().Matches(SourceTree.Read(file)).Select(match => match.Value)
            from cited in NumberPattern().Matches(comment).Select(match => match.Value)
            where !IsExplained(cited)
            select $"{file}: {cited}"
        );

    [Fact]
    public void Every_number_in_a_document_is_explained_in_one() =>
        Assert.Empty(
            from file in SourceTree.Documents
            from cited in NumberPattern().Matches(SourceTree.Read(file)).Select(match => match.Value).Distinct()
            where !IsExplained(cited)
            select $"{file}: {cited}"
        );

    [Fact]
    public void Comments_cite_no_section_of_a_page_that_is_not_here() =>
        Assert.Empty(
            from file in SourceTree.Projects.SelectMany(SourceTree.Sources)
            from comment in CommentPattern().Matches(SourceTree.Read(file)).Select(match => match.Value)
            where SectionPattern().IsMatch(comment)
            select $"{file}: {comment.Trim()}"
        );

    [Fact]
    public void Nobody_cites_a_design_that_is_not_here() =>
        Assert.Empty(
            from file in SourceTree.Projects.SelectMany(SourceTree.Sources).Concat(SourceTree.Documents)
            let text = SourceTree.Read(file)
            from said in file.EndsWith(".cs", StringComparison.Ordinal)
                ? CommentPattern().Matches(text).Select(match => match.Value)
                : [text]
            from cited in DesignPattern().Matches(said).Select(match => match.Value)
            select $"{file}: {cited}"
        );

    [Fact]
    public void The_rules_list_every_move_that_a_debit_may_make()
    {
        var listed = StatesPattern()
            .Matches(SourceTree.Read("docs/rules.md"))
            .SelectMany(row =>
                WordPattern()
                    .Matches(row.Groups["to"].Value)
                    .Select(to => $"{row.Groups["from"].Value} to {to.Groups[1].Value}")
            );
        var allowed =
            from one in Enum.GetValues<DebitState>()
            from next in Enum.GetValues<DebitState>()
            where DebitTransitions.IsAllowed(one, next)
            select $"{one} to {next}";
        Assert.Equal(allowed.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_number_that_no_document_explains_is_noticed()
    {
        Assert.Equal(
            ["R28", "D45", "P2"],
            NumberPattern().Matches("// what R28, D45 and P2 say of 'P9' and B12").Select(match => match.Value)
        );
        Assert.Equal([true, false, false, false], new[] { "R28", "R99", "D9000", "P9" }.Select(IsExplained));
    }

    private static bool IsExplained(string cited) =>
        ReturnCodes.Contains(cited)
        || (
            Anchors.TryGetValue(cited[0], out var anchor)
            && anchor(int.Parse(cited[1..], System.Globalization.CultureInfo.InvariantCulture))
        );

    [GeneratedRegex("//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"(?<![\w`'"".-])[RFNIDP][0-9]{1,3}(?![\w'""-])")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\b(section|chapter|page) \d", RegexOptions.IgnoreCase)]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"\b(the|this) design('s)?\b|\breliability plan\b", RegexOptions.IgnoreCase)]
    private static partial Regex DesignPattern();

    [GeneratedRegex(@"^\| `(?<from>[A-Z]\w+)` \| (?<to>`[A-Z]\w+`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex StatesPattern();

    [GeneratedRegex(@"`([A-Z]\w+)`")]
    private static partial Regex WordPattern();
}
