using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>The pages lead to each other, and the map of the folders is the folders.</summary>
public sealed partial class PagesTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading_in_it() =>
        Assert.Empty(
            from page in SourceTree.Documents
            from link in LinkPattern().Matches(SourceTree.Read(page)).Select(match => match.Groups[1].Value)
            where !link.Contains("://", StringComparison.Ordinal) && !Leads(page, link)
            select $"{page}: {link}"
        );

    [Fact]
    public void Every_file_of_code_that_a_page_names_is_there() =>
        Assert.Empty(
            from page in SourceTree.Documents
            from file in SourcePattern().Matches(SourceTree.Read(page)).Select(match => match.Groups[1].Value)
            where
                !File.Exists(Path.Combine(SourceTree.Root, file))
                && !File.Exists(Path.Combine(SourceTree.Root, "Functions", file))
                && !File.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(page)!, file))
            select $"{page}: {file}"
        );

    [Fact]
    public void The_map_shows_every_folder_of_the_app_and_every_project()
    {
        var folders = SourceTree
            .Sources("Functions")
            .Select(file => file.Split('/')[1..^1])
            .SelectMany(parts => new[] { string.Join('/', parts.Take(1)), string.Join('/', parts.Take(2)) })
            .Where(folder => folder.Length > 0)
            .Select(folder => $"Functions/{folder}")
            .Concat(SourceTree.Projects.Where(project => !project.Contains('/', StringComparison.Ordinal)))
            .Distinct();

        Assert.Equal(folders.Order(StringComparer.Ordinal), Mapped().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_architecture_is_short() =>
        Assert.InRange(SourceTree.Read("docs/architecture.md").Count(letter => letter == '\n'), 1, 150);

    [Fact]
    public void A_link_that_leads_nowhere_is_noticed() =>
        Assert.Equal(
            [true, true, false, false],
            new[] { "rules.md", "rules.md#words", "rules.md#wards", "roles.md" }.Select(link =>
                Leads("docs/architecture.md", link)
            )
        );

    private static bool Leads(string page, string link)
    {
        var (file, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, "");
        var path = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        var full = Path.Combine(SourceTree.Root, path);
        return heading.Length == 0
            ? File.Exists(full) || Directory.Exists(full)
            : File.Exists(full) && Anchors(File.ReadAllText(full)).Contains(heading);
    }

    private static IEnumerable<string> Anchors(string page) =>
        HeadingPattern()
            .Matches(page)
            .Select(Anchor)
            .Concat(AnchorPattern().Matches(page).Select(match => match.Groups[1].Value));

    // As GitHub makes them: small letters, blanks are hyphens, other signs go.
    private static string Anchor(Match heading) =>
        SignPattern().Replace(heading.Groups[1].Value.Trim(), "").Replace(' ', '-').ToLowerInvariant();

    // The indentation says whose folder a line is.
    private static IEnumerable<string> Mapped()
    {
        var map = SourceTree.Read("docs/architecture.md").Split("## Layout")[1].Split("```")[1];
        string[] path = ["", "", ""];
        foreach (Match line in FolderPattern().Matches(map))
        {
            var depth = line.Groups[1].Length / 2;
            path[depth] = line.Groups[2].Value;
            if (path[0] == "Functions" || path[0].StartsWith("Functions.", StringComparison.Ordinal))
            {
                yield return string.Join('/', path.Take(depth + 1));
            }
        }
    }

    [GeneratedRegex(@"(?<!`)\[[^\]`]*(?:`[^`]*`[^\]`]*)*\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"`([\w.]+(?:/[\w.]+)+\.cs)`")]
    private static partial Regex SourcePattern();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex SignPattern();

    [GeneratedRegex(@"^( *)([\w.]+)/ ", RegexOptions.Multiline)]
    private static partial Regex FolderPattern();
}
