using Autopay.Imports;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>A kind of CSV file is one format object; the table of kinds is written from them.</summary>
public sealed class FormatsDocumentTests
{
    [Fact]
    public void The_page_of_files_has_every_kind_and_its_columns() =>
        WrittenFile.HasPart("docs/files.md", "formats", Table(), GetType());

    [Fact]
    public void Every_kind_has_a_format() =>
        Assert.Equal(Enum.GetValues<ImportKind>(), ImportFormat.All.Select(format => format.Kind));

    private static string Table() =>
        "| kind | columns |\n|---|---|\n"
        + string.Concat(
            ImportFormat.All.Select(format =>
                $"| `{format.Name}` | {string.Join(", ", format.Columns.Select(Text))} |\n"
            )
        );

    private static string Text(ImportColumn column) =>
        $"`{(column.MayLeaveOut ? $"[{column.Name}]" : column.Name)}`"
        + (column.Note is null ? "" : $" ({column.Note})");
}
