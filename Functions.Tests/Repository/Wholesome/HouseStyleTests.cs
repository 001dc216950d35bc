using System.Text.RegularExpressions;
using Autopay.Application.Ledgers;

namespace Autopay.Tests.Repository.Wholesome;

public sealed partial class HouseStyleTests
{
    private static readonly string[] Projects = ["Functions", "Functions.LocalHost", "Functions.StripeSandbox"];

    [Fact]
    public void Files_stay_small()
    {
        var lengths = Projects
            .SelectMany(SourceTree.Sources)
            .Select(path => SourceTree.Read(path).Count(letter => letter == '\n'))
            .Order()
            .ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 80);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 175);
    }

    /// <summary>Names that are sentences, and texts that are written as they are, may be longer.</summary>
    [Fact]
    public void Code_is_at_most_120_columns_wide() =>
        Assert.Empty(
            SourceTree
                .Projects.SelectMany(SourceTree.Sources)
                .SelectMany(path =>
                    TextPattern()
                        .Replace(SourceTree.Read(path), "")
                        .Split('\n')
                        .Where(line => line.Length > 120 && !OneNameOrTextPattern().IsMatch(line))
                        .Select(line => $"{path}: {line.Trim()}")
                )
        );

    [Fact]
    public void A_folder_has_at_most_18_files_of_code() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources).CountBy(file => Path.GetDirectoryName(file)!),
            folder => folder.Value > 18
        );

    [Fact]
    public void The_namespace_of_the_app_is_its_folder() =>
        Assert.DoesNotContain(
            SourceTree.Sources("Functions"),
            path =>
                NamespacePattern().Match(SourceTree.Read(path)) is { Success: true } found
                && found.Groups[1].Value
                    != Path.GetDirectoryName(path)!.Replace('/', '.').Replace("Functions", "Autopay")
        );

    /// <summary>Those that visit many things in turn; the reason is D121.</summary>
    private static readonly string[] Visitors =
    [
        "ApplyImport",
        "ApplyRows",
        "AssignSuspense",
        "CheckInvariants",
        "DecideCorrection",
        "DecideWaitingRow",
        "MeasureBooks",
        "ReadStuck",
        "Reconcile",
        "ResolveStuck",
        "RestoreBackup",
        "RunSweep",
        "Sweep",
    ];

    [Fact]
    public void A_constructor_has_at_most_five_parameters() =>
        Assert.Equal(
            Visitors,
            from type in typeof(AccountBooks).Assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is null
            where type.Namespace?.StartsWith("Autopay", StringComparison.Ordinal) is true && !type.Name.Contains('<')
            where type.GetConstructors().Any(made => made.GetParameters().Length > 5)
            orderby type.Name
            select type.Name
        );

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources),
            path =>
                !path.EndsWith(nameof(HouseStyleTests) + ".cs", StringComparison.Ordinal)
                && LaterPattern().IsMatch(SourceTree.Read(path))
        );

    [Fact]
    public void No_test_is_skipped() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources),
            path =>
                !path.EndsWith(nameof(HouseStyleTests) + ".cs", StringComparison.Ordinal)
                && SkipPattern().IsMatch(SourceTree.Read(path))
        );

    [GeneratedRegex("\"{3}.*?\"{3}|@\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"^ +(public (async Task|void) \w+\(.*|@?""[^""]*"",?)$")]
    private static partial Regex OneNameOrTextPattern();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex LaterPattern();

    [GeneratedRegex(@"\bSkip\s*=\s*""")]
    private static partial Regex SkipPattern();
}
