using Autopay.Imports;

namespace Autopay.Tests.Imports;

public sealed class HeaderTests
{
    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_file_without_a_header_is_refused(ImportKind kind) => Refused(kind, Csv.GoodRow(kind) + "\n");

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_reordered_header_is_refused(ImportKind kind) =>
        Refused(kind, Csv.File(kind).Replace(Csv.Header(kind), string.Join(',', kind.Columns().Reverse()), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_an_extra_column_is_refused(ImportKind kind) => Refused(kind, $"{Csv.Header(kind)},note\n{Csv.GoodRow(kind)},x\n");

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_missing_column_is_refused(ImportKind kind) => Refused(kind, string.Join(',', kind.Columns().Skip(1)) + "\n");

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void Capital_letters_or_spaces_make_another_header(ImportKind kind)
    {
        Refused(kind, Csv.Header(kind).ToUpperInvariant() + "\n");
        Refused(kind, Csv.Header(kind).Replace(",", ", ", StringComparison.Ordinal) + "\n");
    }

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_file_of_any_other_kind_is_refused(ImportKind kind) =>
        Assert.All(Enum.GetValues<ImportKind>().Where(other => other != kind), other => Refused(kind, Csv.File(other, Csv.GoodRow(other))));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\uFEFF")]
    public void N44_a_file_without_any_line_is_refused(string text)
    {
        var problem = Csv.Problem(ImportKind.Bills, text);
        Assert.Equal((1, ""), (problem.Line, problem.Column));
        Assert.Contains(Csv.Header(ImportKind.Bills), problem.Expected, StringComparison.Ordinal);
    }

    private static void Refused(ImportKind kind, string text)
    {
        var problem = Csv.Problem(kind, text);
        Assert.Equal((1, ""), (problem.Line, problem.Column));
        Assert.Contains(text[..10], problem.Found, StringComparison.Ordinal);
        Assert.Equal($"the header {Csv.Header(kind)}", problem.Expected);
    }
}
