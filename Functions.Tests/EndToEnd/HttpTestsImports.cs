using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

[Collection(OneApp.Collection)]
public sealed class HttpTestsImports(OneApp one)
{
    [Fact]
    public async Task Every_problem_of_a_file_is_listed_by_line_and_column_and_nothing_is_stored()
    {
        var app = one.App;
        var before = await app.DigestAsync();

        var answer = await app.UploadAsync("payments", $"{Csv.PaymentsHeader}\nP-1,A-1,1e3,cash,W1,2020-01-20,\nP-2,A-1,5.00,gold,W1,2020-02-30,\n");

        Assert.Equal((400, 3), (answer.Status, answer["problemCount"].GetInt32()));
        Assert.Equal(["2 amount", "3 channel", "3 received_on"], answer["problems"].EnumerateArray().Select(it => $"{it.GetProperty("line")} {it.GetProperty("column")}"));
        Assert.Equal(before, await app.DigestAsync());
    }

    [Theory]
    [InlineData("bills", Csv.PaymentsHeader)]
    [InlineData("payments", "")]
    [InlineData("payments", "account_id,payment_id,amount,channel,drawer,received_on,bill_id\nA-1,P-1,5.00,cash,W1,2020-01-20,")]
    [InlineData("payments", Csv.PaymentsHeader + ",more\nP-1,A-1,5.00,cash,W1,2020-01-20,,x")]
    [InlineData("bills", Csv.BillsHeader + "\nB-9,A-1,1,2020-01-08,2020-01-07,2020-01-29,5.00,0.00,5.00")]
    [InlineData("bills", Csv.BillsHeader + "\nB-9,A-1,1,2020-01-08,2020-01-22,2020-01-29,-5.00,0.00,5.00")]
    [InlineData("bills", Csv.BillsHeader + "\nB-9,A-1,1,2020-01-08,2020-01-22,2020-01-29,5.00,0.00,5.00\nB-9,A-1,1,2020-01-08,2020-01-22,2020-01-29,5.00,0.00,5.00")]
    public async Task A_file_of_another_shape_is_refused_whole(string kind, string csv)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        var answer = await app.UploadAsync(kind, csv);

        Assert.Equal(400, answer.Status);
        Assert.NotEqual(0, answer["problemCount"].GetInt32());
        Assert.Equal(before, await app.DigestAsync());
    }

    [Theory]
    [InlineData("X-Row-Count", "2", "1 rows")]
    [InlineData("X-Total", "5.01", "a total of 5.00")]
    [InlineData("X-Row-Count", "many", "X-Row-Count")]
    [InlineData("X-Row-Count", "-1", "X-Row-Count")]
    [InlineData("X-Total", "5.001", "X-Total")]
    [InlineData("X-Total", "5,00", "X-Total")]
    public async Task Control_totals_that_do_not_match_are_refused(string header, string value, string named)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        var answer = await app.UploadAsync("payments", Csv.Payments(("P-T", "A-1", "5.00")), (header, value));

        Assert.Equal(400, answer.Status);
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task An_import_is_accepted_applied_and_shown_with_its_totals()
    {
        var app = one.App;

        var accepted = await app.UploadAsync("payments", Csv.Payments(("P-A", "A-2", "5.00"), ("P-B", "A-2", "0.07")), ("X-Row-Count", "2"), ("X-Total", "5.07"));
        Assert.Equal(202, accepted.Status);
        var path = $"api/imports/{accepted["importId"]}";
        await Eventually.HoldsAsync("done", async () => (await app.GetAsync(path))["state"].GetString() == "done");

        var done = await app.GetAsync(path);
        Assert.Equal((2, 507), (done["controlTotals"].GetProperty("rows").GetInt32(), done["controlTotals"].GetProperty("totalCents").GetInt32()));
        Assert.Equal((2, 0, 0), (Result(done, "applied"), Result(done, "known"), Result(done, "conflicts")));
        Assert.Equal((64, "import of payments.csv"), (done["progress"].GetProperty("bucketsDone").GetInt32(), done["why"].GetString()));
    }

    [Fact]
    public async Task The_same_file_again_under_any_name_is_already_imported()
    {
        var app = one.App;
        var csv = Csv.Payments(("P-S", "A-2", "1.00"));
        await app.ImportAsync("payments", csv);
        await app.IdleAsync();
        var before = await app.DigestAsync();

        var again = await app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/imports/payments?name=..%2Fother%0d%0a.csv")
        {
            Content = new StringContent(csv, System.Text.Encoding.UTF8, "text/csv"),
        });

        Assert.Equal((200, "already imported"), (again.Status, again["message"].GetString()));
        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task A_known_row_is_counted_and_another_content_of_it_is_a_conflict_that_changes_nothing()
    {
        var app = one.App;
        await app.ImportAsync("payments", Csv.Payments(("P-K", "A-2", "2.00")));

        var done = await app.ImportAsync("payments", Csv.Payments(("P-K", "A-2", "2.00"), ("P-L", "A-2", "1.00")));
        var other = await app.ImportAsync("payments", Csv.Payments(("P-K", "A-2", "3.00")));

        Assert.Equal((1, 1, 0), (Result(done, "applied"), Result(done, "known"), Result(done, "conflicts")));
        Assert.Equal((0, 0, 1), (Result(other, "applied"), Result(other, "known"), Result(other, "conflicts")));
        Assert.Equal(2, other["findings"][0].GetProperty("line").GetInt32());
        Assert.Equal(200, await PaidAsync(app, "P-K"));
    }

    [Fact]
    public async Task The_name_of_a_file_is_only_shown()
    {
        var app = one.App;
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/imports/payments?name=..%2F..%2F%3Dcmd%0d%0a%e2%80%ae{new string('x', 300)}")
        {
            Content = new StringContent(Csv.Payments(("P-N", "A-2", "0.01")), System.Text.Encoding.UTF8, "text/csv"),
        };

        var name = (await app.SendAsync(request))["import"].GetProperty("fileName").GetString()!;

        Assert.StartsWith("....=cmdxxx", name, StringComparison.Ordinal);
        Assert.Equal(120, name.Length);
        await app.IdleAsync();
    }

    [Fact]
    public async Task A_bill_of_nobody_is_listed_and_an_unknown_kind_is_not_found()
    {
        var app = one.App;

        var done = await app.ImportAsync("bills", Csv.Bills(("B-X", "stranger", "9.00")));

        Assert.Equal((0, 1), (Result(done, "applied"), Result(done, "unknownAccounts")));
        Assert.Equal("stranger", done["findings"][0].GetProperty("account").GetString());
        Assert.Equal(404, (await app.UploadAsync("refunds", "x")).Status);
        Assert.Equal(404, (await app.GetAsync("api/accounts/stranger")).Status);
    }

    private static int Result(Answer import, string name) => import["result"].GetProperty(name).GetInt32();

    private static async Task<int> PaidAsync(AppHost app, string payment) =>
        (await app.GetAsync("api/accounts/A-2"))["payments"].EnumerateArray().Single(it => it.GetProperty("id").GetString() == payment).GetProperty("amountCents").GetInt32();
}
