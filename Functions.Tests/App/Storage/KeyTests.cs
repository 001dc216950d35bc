using System.Globalization;
using System.Text.RegularExpressions;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;
using CsCheck;

namespace Autopay.Tests.App.Storage;

public sealed partial class KeyTests
{
    [Fact]
    public void An_escaped_key_has_no_forbidden_letter_and_tells_what_it_was() =>
        Gen
            .Char.Array[0, 40]
            .Select(letters => new string(letters))
            .Sample(text =>
            {
                var key = LedgerKeys.Escape(text);
                return !key.Any(letter => letter is '/' or '\\' or '#' or '?' or '|' || char.IsControl(letter))
                    && Unescape(key) == text;
            });

    [Theory]
    [InlineData("10-0001.A_b:c", "10-0001.A_b:c")]
    [InlineData("a/b", "a%002fb")]
    [InlineData("a|b", "a%007cb")]
    [InlineData("a%002fb", "a%0025002fb")]
    [InlineData("a\r\nb", "a%000d%000ab")]
    public void An_escaped_key_is_readable(string text, string key) => Assert.Equal(key, LedgerKeys.Escape(text));

    [Fact]
    public void Work_is_sorted_by_its_second_and_names_its_account()
    {
        var key = LedgerKeys.WorkAt(
            new DateTimeOffset(2020, 1, 21, 12, 0, 1, TimeSpan.FromHours(-6)),
            new AccountId("10-0001")
        );

        Assert.Equal("w|20200121180001|10-0001", key);
        Assert.Equal("10-0001", LedgerKeys.AccountOfWork(key).Value);
    }

    [Fact]
    public void Long_text_comes_back_whole_and_short_text_is_one_property() =>
        Gen.Int[0, 100_000]
            .Sample(
                length =>
                {
                    var row = new TableEntity("p", "r");
                    var text = new string('ä', length);
                    LongText.Write(row, "Text", text);
                    return LongText.Read(row, "Text") == text
                        && row.Select(property => property.Value)
                            .OfType<string>()
                            .All(part => part.Length <= 32 * 1024);
                },
                iter: 20
            );

    [Fact]
    public void Shorter_text_that_is_merged_into_a_row_leaves_nothing_of_what_was_there()
    {
        var (row, before) = (new TableEntity("p", "r"), new string('x', 100_000));
        LongText.Write(row, "Text", before);
        LongText.Write(row, "Text", "short", before);
        Assert.Equal("short", LongText.Read(row, "Text"));
    }

    [Fact]
    public void Text_that_no_row_can_hold_is_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(() =>
            LongText.Write(new TableEntity("p", "r"), "Text", new string('x', LongText.MostCharacters + 1))
        );

        Assert.Contains("Row r needs", refused.Message, StringComparison.Ordinal);
    }

    private static string Unescape(string key) =>
        Escaped()
            .Replace(
                key,
                match =>
                    (
                        (char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    ).ToString()
            );

    [GeneratedRegex("%([0-9a-f]{4})")]
    private static partial Regex Escaped();
}
