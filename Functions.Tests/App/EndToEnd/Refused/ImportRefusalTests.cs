using System.IO.Compression;
using System.Text;
using Autopay.Tests.Fixtures;
using static Autopay.Tests.Fixtures.Refusing;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Files that are refused whole: the answer says where, and nothing of them is kept.</summary>
[Collection(OneApp.Collection)]
public sealed class ImportRefusalTests(OneApp one)
{
    private const string GoodPayment = "P-R,A-1,5.00,cash,W1,2020-01-20,";
    private const string GoodBill = "B-R,A-1,1,2020-01-08,2020-01-22,2020-01-29,5.00,0.00,5.00";
    private const int TenMegabytes = 10 * 1024 * 1024;
    private readonly AppHost app = one.App;

    [Fact]
    public Task N38_a_line_of_ten_megabytes_or_ten_thousand_columns() =>
        app.RefusesAsync(
            400,
            Payments(new string('x', TenMegabytes)),
            Payments($"P-R,A-1,\"{new string('x', TenMegabytes)}\",cash,W1,2020-01-20,"),
            Payments(new string(',', 9_999)),
            File("payments", new string(',', 9_999))
        );

    [Fact]
    public Task N39_what_is_compressed_by_its_header_or_by_its_content()
    {
        var encoded = File("payments", Bomb());
        encoded.Content!.Headers.ContentEncoding.Add("gzip");
        return app.RefusesAsync(415, encoded, File("payments", Bomb()), File("payments", Zip(), "payments.csv"));
    }

    [Fact]
    public async Task N40_text_in_another_encoding_is_named_by_its_line()
    {
        var good = $"{Csv.PaymentsHeader}\n{GoodPayment}\n";
        var answers = await app.RefusesAsync(
            400,
            File("payments", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(good)]),
            File("payments", Encoding.BigEndianUnicode.GetBytes(good)),
            File("payments", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(good)]),
            File("payments", Encoding.Latin1.GetBytes(good.Replace("W1", "caf\u00e9", StringComparison.Ordinal))),
            File("payments", good.Replace("W1", "W\0", StringComparison.Ordinal))
        );

        Assert.Equal([1, 1, 1, 2, 2], answers.Select(answer => answer["problems"][0].GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task N41_money_that_is_none_refuses_the_whole_file()
    {
        string[] never =
        [
            "1e3",
            "\"1,000\"",
            "0.001",
            "NaN",
            "9999999999999",
            "\u0663.\u0665\u0660",
            "=1+1",
            "0.00",
            "0",
            "-5.00",
        ];
        var payments = never.Select(amount => Payments(GoodPayment, $"P-S,A-1,{amount},cash,W1,2020-01-20,"));
        var bills = never
            .Where(amount => amount is not ("0" or "0.00"))
            .Select(charges => Bills(GoodBill, $"B-S,A-1,1,2020-01-08,2020-01-22,2020-01-29,{charges},0.00,0.00"));

        var answers = await app.RefusesAsync(400, payments.Concat(bills));

        Assert.All(
            answers,
            answer =>
                Assert.Equal(
                    (1, 3),
                    (answer["problemCount"].GetInt32(), answer["problems"][0].GetProperty("line").GetInt32())
                )
        );
    }

    [Theory]
    [InlineData("02/30/2020", "2020-01-22")]
    [InlineData("2020-02-30", "2020-03-22")]
    [InlineData("2026-13-01", "2020-01-22")]
    [InlineData("2020-01-22", "2020-01-21")]
    [InlineData("20-01-08", "2020-01-22")]
    public Task N42_dates_that_are_none_or_in_the_wrong_order(string billed, string due) =>
        app.RefusesAsync(400, Bills(GoodBill, $"B-S,A-1,1,{billed},{due},{due},5.00,0.00,5.00"));

    [Fact]
    public async Task N43_the_same_bill_twice_in_a_file() =>
        await app.RefusesAsync(
            400,
            Bills(GoodBill, GoodBill),
            Bills(GoodBill, GoodBill.Replace("5.00", "6.00", StringComparison.Ordinal))
        );

    [Fact]
    public Task N44_a_header_that_is_missing_of_another_kind_or_with_a_column_too_few_or_too_many() =>
        app.RefusesAsync(
            400,
            File("payments", ""),
            File("payments", $"{GoodPayment}\n"),
            File("payments", $"{Csv.BillsHeader}\n{GoodBill}\n"),
            File("bills", $"{Csv.PaymentsHeader}\n{GoodPayment}\n"),
            File("payments", "account_id,amount,channel,drawer,received_on,bill_id\nA-1,5.00,cash,W1,2020-01-20,\n"),
            File("payments", $"{Csv.PaymentsHeader},more\n{GoodPayment},x\n")
        );

    [Theory]
    [InlineData("X-Row-Count", "2", "1 rows")]
    [InlineData("X-Total", "5.01", "a total of 5.00")]
    [InlineData("X-Row-Count", "many", "X-Row-Count")]
    [InlineData("X-Row-Count", "-1", "X-Row-Count")]
    [InlineData("X-Total", "5.001", "X-Total")]
    [InlineData("X-Total", "5,00", "X-Total")]
    public async Task N45_control_totals_that_do_not_match(string header, string value, string named)
    {
        var request = Payments(GoodPayment);
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Contains(named, (await app.RefusesAsync(400, request))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_file_is_listed_by_line_and_column()
    {
        var answer = (
            await app.RefusesAsync(400, Payments("P-1,A-1,1e3,cash,W1,2020-01-20,", "P-2,A-1,5.00,gold,W1,2020-02-30,"))
        )[0];

        Assert.Equal(
            ["2 amount", "3 channel", "3 received_on"],
            answer["problems"].EnumerateArray().Select(it => $"{it.GetProperty("line")} {it.GetProperty("column")}")
        );
    }

    private static HttpRequestMessage Payments(params string[] rows) =>
        File("payments", $"{Csv.PaymentsHeader}\n{string.Join('\n', rows)}\n");

    private static HttpRequestMessage Bills(params string[] rows) =>
        File("bills", $"{Csv.BillsHeader}\n{string.Join('\n', rows)}\n");

    // 200 MB of nothing in 200 KB.
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var nothing = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 200; megabyte++)
            {
                gzip.Write(nothing);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Zip()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("payments.csv").Open());
            entry.Write(Csv.PaymentsHeader);
        }

        return packed.ToArray();
    }
}
