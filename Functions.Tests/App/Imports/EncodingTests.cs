using System.Text;
using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Only UTF-8 is read, and what is not UTF-8 is found with its line (N40).</summary>
public sealed class EncodingTests
{
    private static readonly string Good = Csv.File(ImportKind.PaymentReversals, "P1,A1,bounced", "P2,A1,café");

    [Fact]
    public void N40_utf_16_is_refused_in_line_1()
    {
        Assert.All(
            (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode],
            utf16 =>
            {
                Assert.All(
                    (byte[][])
                        [
                            [.. utf16.Preamble, .. utf16.GetBytes(Good)],
                            utf16.GetBytes(Good),
                        ],
                    bytes =>
                    {
                        var problem = Assert.Single(Csv.Check(ImportKind.PaymentReversals, bytes).Problems);
                        Assert.Equal(
                            (1, "This file is UTF-16 (Excel: Unicode Text): save it as CSV UTF-8 (Comma delimited)."),
                            (problem.Line, problem.Advice)
                        );
                    }
                );
            }
        );
    }

    [Fact]
    public void N40_utf_32_is_refused_in_line_1() =>
        Assert.Equal(1, FirstLine([.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Good)]));

    [Fact]
    public void N40_latin_1_is_refused_in_the_line_and_column_of_its_first_letter()
    {
        var problem = Assert.Single(Csv.Check(ImportKind.PaymentReversals, Encoding.Latin1.GetBytes(Good)).Problems);
        Assert.Equal(
            (3, "reason", @"'caf\uffff'", "text in UTF-8 without NUL"),
            (problem.Line, problem.Column, problem.Found, problem.Expected)
        );
        Assert.Contains("save it in Excel as CSV UTF-8", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void N40_a_nul_is_refused_where_it_stands()
    {
        var problem = Csv.Problem(
            ImportKind.PaymentReversals,
            Good.Replace("bounced", "bou\0nced", StringComparison.Ordinal)
        );
        Assert.Equal(new ImportProblem(2, "reason", @"'bou\u0000nced'", "text in UTF-8 without NUL"), problem);
    }

    [Fact]
    public void N40_a_second_byte_order_mark_is_refused_in_line_1() =>
        Assert.Equal(
            1,
            FirstLine([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)])
        );

    [Fact]
    public void N40_a_byte_order_mark_inside_the_file_is_refused_in_its_line()
    {
        var problem = Csv.Problem(
            ImportKind.PaymentReversals,
            Good.Replace("P2", "\uFEFFP2", StringComparison.Ordinal)
        );
        Assert.Equal((3, "payment_id"), (problem.Line, problem.Column));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void N40_overlong_surrogate_out_of_range_and_cut_sequences_are_refused(byte[] bytes)
    {
        var check = Csv.Check(
            ImportKind.PaymentReversals,
            [.. Encoding.UTF8.GetBytes(Csv.File(ImportKind.PaymentReversals)), .. "P1,A1,"u8, .. bytes]
        );
        Assert.Equal((2, "reason"), (Assert.Single(check.Problems).Line, check.Problems[0].Column));
    }

    private static int FirstLine(byte[] bytes)
    {
        var check = Csv.Check(ImportKind.PaymentReversals, bytes);
        Assert.False(check.IsGood);
        return check.Problems[0].Line;
    }
}
