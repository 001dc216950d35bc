using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// The project of the mutation tool is built by nobody but the tool (D150, D283): what its files use of the tests is
/// among them, so that it still compiles on the day on which somebody runs it.
/// </summary>
public sealed partial class MutatedTests
{
    private const string Tests = "Functions.Tests";

    private const string Project = "Functions.Mutated/Functions.Mutated.csproj";

    [Fact]
    public void Whatever_the_mutation_tools_tests_use_of_the_tests_is_linked_too()
    {
        var linked = Assert.Some(Linked(Project)).Select(file => (File: file, Text: SourceTree.Read(file))).ToList();
        var namespaces = linked.Select(it => NamespacePattern().Match(it.Text).Groups[1].Value).ToHashSet();

        Assert.Empty(
            from it in linked
            from used in UsingPattern().Matches(it.Text).Select(NamespaceOf)
            where !namespaces.Any(known => $"{known}.".StartsWith($"{used}.", StringComparison.Ordinal))
            select $"{it.File} uses {used}"
        );
        Assert.Contains("Autopay.Tests.Fixtures.Ledger", namespaces);
    }

    // A static using, and an alias, name a class.
    private static string NamespaceOf(Match used) =>
        used.Groups[1].Length == 0
            ? used.Groups[2].Value
            : used.Groups[2].Value[..used.Groups[2].Value.LastIndexOf('.')];

    // In the order of the project file: a Remove takes away what stands above it.
    private static IEnumerable<string> Linked(string project)
    {
        var items = XDocument.Parse(SourceTree.Read(project)).Descendants("Compile").ToList();
        return SourceTree
            .Sources(Tests)
            .Where(file =>
                items.LastOrDefault(item => PatternsOf(item).Any(pattern => pattern.IsMatch(file))) is { } last
                && last.Attribute("Include") is not null
            );
    }

    private static IEnumerable<Regex> PatternsOf(XElement item) =>
        (item.Attribute("Include") ?? item.Attribute("Remove"))!
            .Value.Split(';')
            .Select(glob => glob.Replace("$(Tests)", Tests, StringComparison.Ordinal).TrimStart('.', '/'))
            .Select(glob =>
                Regex
                    .Escape(glob)
                    .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
                    .Replace(@"\*\*", ".*", StringComparison.Ordinal)
                    .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            )
            .Select(pattern => new Regex($"^{pattern}$", RegexOptions.CultureInvariant));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^using (static |\w+ = )?(Autopay\.Tests\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();
}
