using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Storage.Imports;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

[Collection(OneApp.Collection)]
public sealed class HttpTestsImports(OneApp one)
{
    [Fact]
    public async Task An_import_is_accepted_applied_and_shown_with_its_totals()
    {
        var app = one.App;

        var accepted = await app.UploadAsync(
            "payments",
            Csv.Payments(("P-A", "A-2", "5.00"), ("P-B", "A-2", "0.07")),
            ("X-Row-Count", "2"),
            ("X-Total", "5.07")
        );
        Assert.Equal(202, accepted.Status);
        var path = $"api/imports/{accepted["importId"]}";
        await Eventually.HoldsAsync("done", async () => (await app.GetAsync(path))["state"].GetString() == "done");

        var done = await app.GetAsync(path);
        Assert.Equal(
            (2, 507),
            (
                done["controlTotals"].GetProperty("rows").GetInt32(),
                done["controlTotals"].GetProperty("totalCents").GetInt32()
            )
        );
        Assert.Equal((2, 0, 0), (Result(done, "applied"), Result(done, "known"), Result(done, "conflicts")));
        Assert.Equal(
            (Bucket.Count, "import of payments.csv"),
            (done["progress"].GetProperty("bucketsDone").GetInt32(), done["why"].GetString())
        );
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
    public async Task A_bill_of_nobody_waits_silently_and_an_unknown_kind_is_not_found()
    {
        var app = one.App;

        var done = await app.ImportAsync("bills", Csv.Bills(("B-X", "stranger", "9.00")));

        Assert.Equal((0, 1), (Result(done, "applied"), Result(done, "unknownAccounts")));
        Assert.Equal(0, done["findingCount"].GetInt32());
        Assert.Equal(404, (await app.UploadAsync("refunds", "x")).Status);
        Assert.Equal(404, (await app.GetAsync("api/accounts/stranger")).Status);
    }

    [Fact]
    public async Task An_import_is_applied_once_more_when_a_person_asks_for_it()
    {
        var app = one.App;
        const string csv = "account_id,bill_id,open_amount,as_of\nA-AG,B-AG,9.00,2020-01-20\n";
        var early = await app.ImportAsync("balances", csv);
        var path = $"api/imports/{early["id"]}";
        await app.ImportAsync("accounts", Csv.Accounts("A-AG"));
        await app.ImportAsync("bills", Csv.Bills(("B-AG", "A-AG", "19.00")));

        Assert.Contains(
            $"POST /{path}/again",
            (await app.UploadAsync("balances", csv))["again"].GetString(),
            StringComparison.Ordinal
        );
        var again = await app.PostAsync($"{path}/again", """{"reason":"the account came later"}""");
        Assert.Equal((202, early["id"].GetString()), (again.Status, again["importId"].GetString()));
        await Eventually.HoldsAsync(
            "done again",
            async () => (await app.GetAsync(path))["state"].GetString() == "done"
        );

        var done = await app.GetAsync(path);
        Assert.Equal((1, 0), (Result(done, "applied"), Result(done, "unknownAccounts")));
        Assert.Equal("the account came later", done["repeats"][0].GetProperty("why").GetString());
        Assert.Equal(404, (await app.PostAsync("api/imports/balances-none/again", """{"reason":"r"}""")).Status);
    }

    [Fact]
    public async Task An_import_that_waits_for_an_older_one_is_not_applied_once_more()
    {
        var (app, imports) = (one.App, new TableImportStore(one.App.Storage));
        var older = new ImportRecord
        {
            Id = "bills-older",
            Kind = ImportKind.Bills,
            FileName = "older.csv",
            Sha256 = "00",
            Authority = new Authority("test", "test", DateTimeOffset.UnixEpoch),
            Rows = 0,
            Total = Money.Zero,
        };
        await imports.TryCreateAsync(older, CancellationToken.None);
        var waiting = await app.UploadAsync("payments", Csv.Payments(("P-AG", "A-2", "0.01")));
        await app.IdleAsync();

        var refused = await app.PostAsync($"api/imports/{waiting["importId"]}/again", """{"reason":"r"}""");

        Assert.Equal(
            (409, "stored"),
            (refused.Status, (await app.GetAsync($"api/imports/{waiting["importId"]}"))["state"].GetString())
        );
        await imports.SaveAsync(older with { State = ImportState.Done }, CancellationToken.None);
        await app.PostAsync("api/tick");
        await Eventually.HoldsAsync(
            "applied",
            async () => (await app.GetAsync($"api/imports/{waiting["importId"]}"))["state"].GetString() == "done"
        );
    }

    private static int Result(Answer import, string name) => import["result"].GetProperty(name).GetInt32();

    private static async Task<int> PaidAsync(AppHost app, string payment) =>
        (await app.GetAsync("api/accounts/A-2"))["payments"]
            .EnumerateArray()
            .Single(it => it.GetProperty("id").GetString() == payment)
            .GetProperty("amountCents")
            .GetInt32();
}
