using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Rules.Mutants;

/// <summary>One small piece of wrong code that the tests must notice.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="File">Where, below the root.</param>
/// <param name="Find">The right code, in one place of the file; white space does not count.</param>
/// <param name="Replacement">The wrong code.</param>
/// <param name="CaughtBy">Names, or parts of names, of the tests of which one must fail.</param>
internal sealed record Mutant(
    string Name,
    string File,
    string Find,
    string Replacement,
    params IReadOnlyList<string> CaughtBy
)
{
    /// <summary>The project whose tests must notice it.</summary>
    public string TestProject => $"{File.Split('/')[0]}.Tests";

    public int Places => Pattern.Count(SourceTree.Read(File));

    private Regex Pattern =>
        new(
            string.Join(@"\s*", Find.Where(letter => letter != ' ').Select(letter => Regex.Escape($"{letter}"))),
            RegexOptions.CultureInvariant
        );

    public string ApplyTo(string source) => Pattern.Replace(source, _ => Replacement);

    public override string ToString() => Name;
}
