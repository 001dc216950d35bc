using System.Text.RegularExpressions;
using Autopay.Mutated.Trial;
using Autopay.Tests.Fixtures;

string[] usual = ["2000", "60000"];
AzuriteFixture.AreKept = true;

// What a stranger types, and what this program types itself: docs/simulator.md, Mutants.
return args switch
{
    ["try", var files, var tests, .. { Length: <= 2 } limits] => await Trials.RunAsync(
        new Regex(files),
        tests,
        [.. limits, .. usual.Skip(limits.Length)]
    ),
    ["cover", var tests] => await Worker.CoverAsync(tests),
    ["judge", var tests, var longest, var most, var ids] => await Worker.JudgeAsync(
        tests,
        (int.Parse(longest), int.Parse(most)),
        ids
    ),
    _ => throw new ArgumentException(
        "try FILES TESTS [MILLISECONDS [MOST]]: two patterns, of files of the app and of names of test classes; "
            + "tests that take longer are left out, and for one mutant those that take longer than MOST together"
    ),
};
