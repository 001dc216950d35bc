using System.Text.RegularExpressions;
using Autopay.Application.Ledgers;

namespace Autopay.Tests.Repository.Wholesome;

public sealed partial class HouseStyleTests
{
    /// <summary>Lines of the file in the middle, of the longest but a tenth, and of the longest.</summary>
    [Theory]
    [InlineData("Functions", 80, 180, 400)]
    [InlineData("Functions.LocalHost", 80, 175, 400)]
    [InlineData("Functions.StripeSandbox", 80, 175, 400)]
    [InlineData("Functions.Tests", 120, 250, 520)]
    [InlineData("Functions.LocalHost.Tests", 160, 250, 400)]
    [InlineData("Functions.StripeSandbox.Tests", 120, 250, 400)]
    [InlineData("Functions.Benchmarks", 80, 175, 400)]
    [InlineData("Functions.Benchmarks.Tests", 160, 250, 400)]
    [InlineData("samples/Generator", 80, 175, 400)]
    public void Files_stay_small(string project, int middle, int most, int longest)
    {
        var lengths = SourceTree
            .Sources(project)
            .Select(path => SourceTree.Read(path).Count(letter => letter == '\n'))
            .Order()
            .ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, middle);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, most);
        Assert.InRange(lengths[^1], 1, longest);
    }

    [Fact]
    public void Every_project_is_measured() =>
        Assert.Equal(
            SourceTree.Projects.Order(StringComparer.Ordinal),
            typeof(HouseStyleTests)
                .GetMethod(nameof(Files_stay_small))!
                .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
                .Select(row => (string)((InlineDataAttribute)row).Data[0]!)
                .Order(StringComparer.Ordinal)
        );

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

    [Fact]
    public void A_file_is_one_namespace() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources),
            path => BlockNamespacePattern().IsMatch(SourceTree.Read(path))
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
        "LedgerWriter",
        "MeasureBooks",
        "ReadStuck",
        "Reconcile",
        "RemadeHints",
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

    /// <summary>Xunit's own loops hold over nothing (D129).</summary>
    [Fact]
    public void Nobody_goes_round_the_assert_that_fails_over_nothing() =>
        Assert.DoesNotContain(
            SourceTree.Sources("Functions.Tests"),
            path =>
                Path.GetFileName(path) is not ("Assert.cs" or nameof(HouseStyleTests) + ".cs")
                && OtherAssertPattern().IsMatch(SourceTree.Read(path))
        );

    /// <summary>
    /// Every way in which a test is not run: what only a soak runs (each by <c>Soak.Only</c>), what needs bash or
    /// signals, and what one seed cannot show.
    /// </summary>
    private static readonly string[] Skips =
    [
        "AzuriteProcessTests.cs: Assert.SkipWhen(OperatingSystem.IsWindows()",
        "EveryLookTests.cs: Soak.Only(",
        "MutantTests.cs: Soak.Only(",
        "OperatingDrillTests.cs: Assert.SkipWhen(OperatingSystem.IsWindows()",
        "ScriptTests.cs: Assert.SkipWhen(OperatingSystem.IsWindows()",
        "SimulatorTests.cs: Assert.SkipWhen(Seed is not null",
        "Soak.cs: Assert.SkipUnless(IsOn",
        "WalkthroughTests.cs: Assert.SkipWhen(OperatingSystem.IsWindows()",
    ];

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources),
            path =>
                !path.EndsWith(nameof(HouseStyleTests) + ".cs", StringComparison.Ordinal)
                && LaterPattern().IsMatch(SourceTree.Read(path))
        );

    [Fact]
    public void No_test_is_skipped_but_these() =>
        Assert.Equal(
            Skips,
            SourceTree
                .Projects.SelectMany(SourceTree.Sources)
                .Where(path => Path.GetFileName(path) != nameof(HouseStyleTests) + ".cs")
                .SelectMany(path =>
                    SkipPattern()
                        .Matches(SourceTree.Read(path))
                        .Select(match => $"{Path.GetFileName(path)}: {match.Value}")
                )
                .Order(StringComparer.Ordinal)
        );

    /// <summary>What the table of faults and refusals tells of is in every run.</summary>
    [Fact]
    public void No_test_of_a_fault_or_refusal_is_where_tests_are_skipped() =>
        Assert.Empty(
            from test in Assert.Some(NumberedTest.All)
            from skip in Skips
            where test.Class.EndsWith($".{skip.Split(".cs")[0]}", StringComparison.Ordinal)
            select $"{test.FullName}: {skip}"
        );

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex BlockNamespacePattern();

    [GeneratedRegex("\"{3}.*?\"{3}|@\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"^ +(public (async Task|void) \w+\(.*|@?""[^""]*"",?)$")]
    private static partial Regex OneNameOrTextPattern();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"Xunit\.Assert\.|\bAssert\.AllAsync\(|Assert = |using static Xunit")]
    private static partial Regex OtherAssertPattern();

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b")]
    private static partial Regex LaterPattern();

    [GeneratedRegex(
        @"Assert\.Skip\w*\([^,;]*|Soak\.Only\(|\b(Skip(When|Unless|Type|Exceptions)?|Explicit)\s*=[^=>].*"
            + @"|SkipException|DynamicSkip|^\s*#if\b.*",
        RegexOptions.Multiline
    )]
    private static partial Regex SkipPattern();
}
