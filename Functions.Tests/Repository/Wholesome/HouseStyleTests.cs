using System.Text.RegularExpressions;

namespace Autopay.Tests.Wholesome;

public sealed partial class HouseStyleTests
{
    private static readonly string[] Projects = ["Functions", "Functions.LocalHost", "Functions.StripeSandbox"];

    [Fact]
    public void Files_stay_small()
    {
        var lengths = Projects
            .SelectMany(Repository.Sources)
            .Select(path => Repository.Read(path).Count(letter => letter == '\n'))
            .Order()
            .ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 80);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 175);
    }

    /// <summary>Names that are sentences, and texts that are written as they are, may be longer.</summary>
    [Fact]
    public void Code_is_at_most_120_columns_wide() =>
        Assert.Empty(
            Projects
                .Concat(["Functions.Tests", "Functions.Benchmarks", "samples"])
                .SelectMany(Repository.Sources)
                .SelectMany(path =>
                    TextPattern()
                        .Replace(Repository.Read(path), "")
                        .Split('\n')
                        .Where(line => line.Length > 120 && !OneNameOrTextPattern().IsMatch(line))
                        .Select(line => $"{path}: {line.Trim()}")
                )
        );

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.DoesNotContain(
            Projects.Append("Functions.Tests").Append("Functions.Benchmarks").SelectMany(Repository.Sources),
            path =>
                !path.EndsWith(nameof(HouseStyleTests) + ".cs", StringComparison.Ordinal)
                && LaterPattern().IsMatch(Repository.Read(path))
        );

    [Fact]
    public void No_test_is_skipped() =>
        Assert.DoesNotContain(
            Repository.Sources("Functions.Tests"),
            path =>
                !path.EndsWith(nameof(HouseStyleTests) + ".cs", StringComparison.Ordinal)
                && SkipPattern().IsMatch(Repository.Read(path))
        );

    [GeneratedRegex("\"{3}.*?\"{3}|@\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"^ +(public (async Task|void) \w+\(.*|@?""[^""]*"",?)$")]
    private static partial Regex OneNameOrTextPattern();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex LaterPattern();

    [GeneratedRegex(@"\bSkip\s*=\s*""")]
    private static partial Regex SkipPattern();
}
