using System.Text.RegularExpressions;
using Autopay.Mutated.Trial;

// What a stranger types, and what this program types itself: docs/simulator.md, Mutants.
return args switch
{
    ["try", var files, var tests] => await Trials.RunAsync(new Regex(files), tests, "2000"),
    ["try", var files, var tests, var longest] => await Trials.RunAsync(new Regex(files), tests, longest),
    ["cover", var tests] => await Worker.CoverAsync(tests),
    ["judge", var tests, var longest, var ids] => await Worker.JudgeAsync(tests, int.Parse(longest), ids),
    _ => throw new ArgumentException(
        "try FILES TESTS [MILLISECONDS]: two patterns, of files of the app and of names of test classes; "
            + "tests that take longer are left out"
    ),
};
