using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// The tests can fail. In a soak every mutant is really built; the normal run sees that the list fits the sources.
/// </summary>
[Collection(App.EndToEnd.RealProcesses.Name)]
public sealed partial class MutantTests(ITestOutputHelper output)
{
    /// <summary>A pattern of the names of those that are to be tried; all of them without it.</summary>
    private const string Some = "AUTOPAY_MUTANTS";

    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> TestClasses = [];

    public static TheoryData<string> Names() => [.. MutantList.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutant_fits_one_place_of_its_source_and_names_tests_that_exist(string name)
    {
        var mutant = MutantList.All.Single(mutant => mutant.Name == name);
        var tests = TestClasses.GetOrAdd(mutant.TestProject, ClassesOf);

        Assert.Equal(1, mutant.Places);
        Assert.All(
            mutant.CaughtBy,
            part => Assert.Contains(tests, test => $"{test}.".Contains(part, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Every_mutant_of_a_soak_is_caught()
    {
        Soak.Only();
        List<MutantVerdict> verdicts = [];
        var some = Environment.GetEnvironmentVariable(Some);
        var tried = MutantList.All.Where(it => some is null || Regex.IsMatch(it.Name, some)).ToList();
        using var workshop = await MutantWorkshop.OpenAsync();
        foreach (var mutant in tried)
        {
            verdicts.Add(await workshop.JudgeAsync(mutant));
            output.WriteLine($"{verdicts[^1].Name}: {(verdicts[^1].Caught ? "caught" : "SURVIVED")}");
            await Soak.ReportAsync(
                some is null ? "mutants" : "mutants-some",
                new
                {
                    Caught = verdicts.Count(verdict => verdict.Caught),
                    Total = tried.Count,
                    Mutants = verdicts,
                }
            );
        }

        Assert.All(verdicts, verdict => Assert.True(verdict.Caught, $"Survived: {verdict.Name}"));
    }

    // Read from the sources: the tests of the local host are not in this assembly.
    private static IReadOnlyList<string> ClassesOf(string project) =>
        [
            .. from file in SourceTree.Sources(project)
            let text = SourceTree.Read(file)
            from test in ClassPattern().Matches(text)
            select $"{NamespacePattern().Match(text).Groups[1].Value}.{test.Groups[1].Value}",
        ];

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^public .*\bclass (\w+Tests)\b", RegexOptions.Multiline)]
    private static partial Regex ClassPattern();
}
