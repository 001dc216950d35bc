using System.Text.RegularExpressions;
using Autopay.Mutated.Trial;

// What a stranger types, and what this program types itself: docs/simulator.md, Mutants.
return args switch
{
    ["try", var files, var tests] => await Trials.RunAsync(new Regex(files), tests),
    ["cover", var tests] => await Worker.CoverAsync(tests),
    ["judge", var tests, var ids] => await Worker.JudgeAsync(tests, ids),
    _ => throw new ArgumentException("try FILES TESTS: two patterns, of files of the app and of names of test classes"),
};
