using System.Globalization;
using System.Text;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Telemetry;

/// <summary>Draws a trace for the documentation, from what the app really sent.</summary>
internal static class SpanPicture
{
    private const string Switch = "AUTOPAY_WRITE_DOCS";
    private const int RowHeight = 26;

    /// <summary>With AUTOPAY_WRITE_DOCS=1 the picture in docs/ is drawn anew.</summary>
    public static void KeepWhenAsked(SpanTree tree)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, "docs", "trace.svg"), Draw(tree));
        }
    }

    private static string Draw(SpanTree tree)
    {
        var svg = new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"""<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{tree.Rows.Count * RowHeight + 20}" font-family="sans-serif" font-size="13">"""
            )
            .Append('\n');
        for (var row = 0; row < tree.Rows.Count; row++)
        {
            var (depth, span) = tree.Rows[row];
            var (x, y) = (12 + depth * 28, 10 + row * RowHeight);
            var color = span.DisplayName.StartsWith("stripe", StringComparison.Ordinal) ? "#635bff" : "#0b6e4f";
            svg.Append(
                    CultureInfo.InvariantCulture,
                    $"""<rect x="{x}" y="{y}" width="{Math.Clamp(span.Duration.TotalMilliseconds * 2, 4, 220):0}" height="18" rx="3" fill="{color}" opacity="0.25"/>"""
                )
                .Append(CultureInfo.InvariantCulture, $"""<text x="{x + 4}" y="{y + 14}">{span.DisplayName}</text>""")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"""<text x="620" y="{y + 14}" fill="#555">{span.Duration.TotalMilliseconds:0.0} ms{Result(span)}</text>"""
                )
                .Append('\n');
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Result(System.Diagnostics.Activity span) =>
        span.TagObjects.FirstOrDefault(tag => tag.Key is "outcome" or "answer" or "http.response.status_code").Value
            is { } value
            ? $"  {value}"
            : "";
}
