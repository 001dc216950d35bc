using System.Text;
using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Files that are made to hurt: the reader gives up early and holds little (N38).</summary>
public sealed class HostileFilesTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;
    private const int Early = 1024 * 1024;

    [Theory]
    [InlineData("", "P1,A1,")]
    [InlineData("", "P1,A1,\"")]
    [InlineData("", "\"")]
    [InlineData("header instead", "")]
    public void N38_a_line_of_10_megabytes_is_given_up_early(string header, string start)
    {
        using var file = Large((header.Length == 0 ? Csv.File(ImportKind.PaymentReversals) : "") + start, 'x');
        var before = GC.GetAllocatedBytesForCurrentThread();
        var check = ImportReader.Read(ImportKind.PaymentReversals, file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * Early);
        Assert.InRange(file.Position, 1, Early);
        var problem = Assert.Single(check.Problems);
        Assert.Equal(header.Length == 0 ? 2 : 1, problem.Line);
        Assert.Equal("at most 131072 bytes in a record", problem.Expected);
    }

    [Theory]
    [InlineData("reason")]
    [InlineData("")]
    public void N38_a_line_of_10_million_columns_is_given_up_early(string header)
    {
        using var file = Large(header.Length == 0 ? "" : Csv.File(ImportKind.PaymentReversals), ',');
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(ImportReader.Read(ImportKind.PaymentReversals, file).IsGood);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * Early);
        Assert.InRange(file.Position, 1, Early);
    }

    [Fact]
    public void N38_a_row_of_10000_columns_is_counted_and_ends_the_reading()
    {
        var check = Csv.Check(
            ImportKind.Bills,
            Csv.File(ImportKind.Bills, Csv.GoodRow(ImportKind.Bills), new string(',', 9_999), "bad")
        );
        Assert.Equal(new ImportProblem(3, "", "10000 columns", "9 columns"), Assert.Single(check.Problems));
    }

    [Fact]
    public void N38_a_header_of_10000_columns_is_shown_in_short()
    {
        var problem = Csv.Problem(ImportKind.Bills, new string(',', 9_999) + "\n");
        Assert.Equal(1, problem.Line);
        Assert.InRange(problem.Found.Length, 1, 100);
    }

    [Fact]
    public void Many_problems_are_counted_and_the_first_thousand_are_listed()
    {
        var rows = Enumerable.Range(1, 5_000).Select(number => $"P{number},A1,0,cash,,2020-01-24,");
        var check = Csv.Check(ImportKind.Payments, Csv.File(ImportKind.Payments, [.. rows]));
        Assert.Equal((5_000, 5_000, ImportReader.MostProblems), (check.Rows, check.ProblemCount, check.Problems.Count));
        Assert.Equal(Enumerable.Range(2, ImportReader.MostProblems), check.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void A_long_field_is_quoted_in_short_with_its_control_characters_spelled_out()
    {
        var problem = Csv.Problem(
            ImportKind.Payments,
            Csv.With(ImportKind.Payments, "channel", $"\"a\r\n{new string('x', 500)}\"")
        );
        Assert.Equal($@"'a\u000d\u000a{new string('x', 57)}...'", problem.Found);
    }

    private static MemoryStream Large(string start, char letter) =>
        new(Encoding.UTF8.GetBytes(start + new string(letter, TenMegabytes)));
}
