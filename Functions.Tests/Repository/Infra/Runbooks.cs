using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>docs/operating.md by its anchors: those of headings, and those that are written down.</summary>
internal static partial class Runbooks
{
    public static string Text { get; } = SourceTree.Read("docs/operating.md");

    /// <summary>From each anchor to the next.</summary>
    public static IReadOnlyList<(string Anchor, string Text)> Sections { get; } = Read();

    public static IReadOnlySet<string> Anchors { get; } = Sections.Select(section => section.Anchor).ToHashSet();

    /// <summary>What stands at the anchor: the heading, or the words in bold.</summary>
    public static string TitleOf(string anchor) =>
        TitlePattern().Match(Sections.First(section => section.Anchor == anchor).Text) is { Success: true } title
            ? title.Groups[1].Value.TrimEnd('.')
            : throw new InvalidOperationException($"Nothing stands at the anchor '{anchor}'.");

    private static List<(string Anchor, string Text)> Read()
    {
        var anchors = AnchorPattern().Matches(Text).ToList();
        return
        [
            .. anchors.Select(
                (anchor, n) =>
                    (
                        anchor.Groups[1].Success ? anchor.Groups[1].Value : OfHeading(anchor.Groups[2].Value),
                        Text[anchor.Index..(n + 1 < anchors.Count ? anchors[n + 1].Index : Text.Length)]
                    )
            ),
        ];
    }

    private static string OfHeading(string heading) =>
        heading.Trim().ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace(' ', '-');

    [GeneratedRegex(@"<a id=""([a-z-]+)""></a>|^#{1,4} (.+)$", RegexOptions.Multiline)]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"\A(?:#{1,4} |<a [^>]*></a>\*\*)([^*\n]+)")]
    private static partial Regex TitlePattern();
}
