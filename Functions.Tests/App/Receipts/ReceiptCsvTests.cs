using Autopay.Application.Receipts;
using CsCheck;

namespace Autopay.Tests.App.Receipts;

/// <summary>What a batch says is what was written into it, whatever a spreadsheet would make of it.</summary>
public sealed class ReceiptCsvTests
{
    private static readonly ReceiptLine Line = new(
        "A-1|1-00000001.1",
        new DateOnly(2020, 2, 1),
        "A-1",
        "B-1",
        "",
        ReceiptKind.Returned,
        -3640,
        "pi_1",
        "R10"
    );

    [Theory]
    [InlineData("B-1", "B-1")]
    [InlineData("=SUM", "'=SUM")]
    [InlineData("-1", "'-1")]
    [InlineData("'-1", "''-1")]
    [InlineData("'B", "'B")]
    [InlineData(" @SUM", "' @SUM")]
    [InlineData("\tx", "'\tx")]
    public void N48_a_cell_that_a_spreadsheet_would_run_is_text_and_a_negative_amount_stays_a_number(
        string bill,
        string cell
    )
    {
        var csv = ReceiptCsv.Write([Line with { Bill = bill }]);

        Assert.Contains($",A-1,{cell},", csv, StringComparison.Ordinal);
        Assert.Contains(",-36.40,", csv, StringComparison.Ordinal);
        Assert.Equal(Line with { Bill = bill }, Assert.Single(ReceiptCsv.Read(csv)));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")")]
    [InlineData("a\n=1")]
    public void N48_a_cell_that_needs_quotes_is_text_too(string bill)
    {
        var csv = ReceiptCsv.Write([Line with { Bill = bill }]);

        Assert.Contains(",\"'", csv, StringComparison.Ordinal);
        Assert.Equal(Line with { Bill = bill }, Assert.Single(ReceiptCsv.Read(csv)));
    }

    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Gen.Select(Texts, Texts, Texts, Gen.Long[-1_000_000, 1_000_000], Gen.Enum<ReceiptKind>())
            .Array[0, 5]
            .Sample(
                rows =>
                {
                    List<ReceiptLine> lines =
                    [
                        .. rows.Select(row =>
                            Line with
                            {
                                Id = row.Item1,
                                Account = row.Item2,
                                Bill = row.Item3,
                                Code = row.Item1,
                                AmountCents = row.Item4,
                                Kind = row.Item5,
                            }
                        ),
                    ];
                    Assert.Equal(lines, ReceiptCsv.Read(ReceiptCsv.Write(lines)));
                },
                iter: 5_000
            );

    private static Gen<string> Texts =>
        Gen.Char["=+-@'\t\r\n ,;\"aZ0.|~é"].Array[0, 6].Select(letters => new string(letters));
}
