using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Telemetry;
using Autopay.Storage.Ledgers;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Telemetry;

/// <summary>What alerts ask of the books.</summary>
public sealed class MeasuredTests(AzuriteFixture azurite)
{
    // Monday the 20th is a holiday: four hours of Friday, and ninety minutes since Tuesday's run.
    [Fact]
    public async Task A_halt_is_as_old_as_the_banking_time_that_it_has_cost()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-17T20:00");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"test"}""");
        app.MoveTo("2020-01-21T07:30");

        var books = await MeasureAsync(app);

        Assert.Equal((true, 5.5), (books.Halted, Math.Round(books.HaltedFor.TotalHours, 2)));
    }

    [Fact]
    public async Task The_due_date_run_is_late_from_its_hour_on_until_nothing_waits_to_be_looked_at()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("T-1", "T-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "T-1", "41.20"), ("B-2", "T-2", "63.00")));
        var before = await MeasureAsync(app);
        app.MoveTo("2020-01-22T08:05");

        var late = await MeasureAsync(app);
        await app.TickAsync();
        var done = await MeasureAsync(app);

        Assert.Null(before.OldestDue);
        Assert.Equal(125, (int)(late.At - late.OldestDue)!.Value.TotalMinutes);
        Assert.Null(done.OldestDue);
    }

    [Fact]
    public async Task A_message_that_nobody_takes_is_as_old_as_it_is_and_an_empty_queue_has_none()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.Storage.Queue(QueueNames.RunsPoison).SendMessageAsync("waits");

        var books = await MeasureAsync(app);

        Assert.Equal([QueueNames.RunsPoison], books.OldestMessages.Keys);
        Assert.Equal(1, books.Queues[QueueNames.RunsPoison]);
    }

    [Fact]
    public async Task A_kind_of_which_nothing_waits_is_told_as_nothing()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");

        var books = await MeasureAsync(app);

        Assert.Equal(
            [0, 0, 0, 0],
            new[] { "poison", "audit", "late clear", "flagged" }.Select(kind => books.Stuck[kind])
        );
    }

    [Fact]
    public async Task What_is_measured_to_wait_is_what_the_lists_say_also_of_a_ledger_that_cannot_be_read()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await TroubleAsync(app);
        await SpoilAsync(app, new AccountId("A-4"));

        var books = await MeasureAsync(app);

        var stuck = (await app.GetAsync("api/stuck"))["items"].EnumerateArray().CountBy(item => Of(item, "kind"));
        Assert.Equal(
            stuck.Select(kind => $"{kind.Key} {kind.Value}").Order(StringComparer.Ordinal),
            books
                .Stuck.Where(kind => kind.Value > 0)
                .Select(kind => $"{kind.Key} {kind.Value}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            (1, 1, 1, 2),
            (books.Stuck["overdue"], books.Stuck["overdue work"], books.Stuck["account"], books.Stuck["needs review"])
        );
        Assert.Equal(
            (await app.GetAsync("api/work"))["totals"]
                .EnumerateArray()
                .Select(total => $"{Of(total, "kind")} {total.GetProperty("count")} {total.GetProperty("cents")}"),
            books.Worklist.Select(total =>
                $"{JsonNamingPolicy.CamelCase.ConvertName($"{total.Kind}")} {total.Count} {total.Cents}"
            )
        );
        Assert.Equal(2, books.Worklist.Single(total => total.Kind == WorkKind.Review).Count);
    }

    // The bank does not answer A-1, A-2 is suspended, A-3 and A-4 are over their cap, R-9 names nobody, and A-5 is not
    // looked at in time although the sweep runs.
    private static async Task TroubleAsync(AppHost app)
    {
        await app.ImportAsync(
            "accounts",
            Csv.Accounts("A-1", "A-2", "A-5").Replace("pm_A-1", "pm_usBankAccount_processing", StringComparison.Ordinal)
                + Csv.Capped("10.00", "A-3", "A-4").Split('\n', 2)[1]
        );
        await app.ImportAsync(
            "bills",
            Csv.Bills(
                ("B-1", "A-1", "41.20"),
                ("B-2", "A-2", "63.00"),
                ("B-3", "A-3", "55.00"),
                ("B-4", "A-4", "56.00")
            )
        );
        await app.PutAsync("api/accounts/A-2/suspension", """{"on":true,"reason":"Moved"}""");
        await app.ImportAsync("payments", Csv.Payments(("R-9", "20-9907", "48.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await app.ImportAsync(
            "bills",
            Csv.BillsHeader + "\nB-5,A-5,1,2020-01-22,2020-02-03,2020-02-10,20.00,0.00,20.00\n"
        );
        app.MoveTo("2020-02-05T07:00");
        await app
            .Services.GetRequiredService<IHeartbeatStore>()
            .BeatAsync(
                RunSweep.Heartbeat,
                app.Services.GetRequiredService<CityClock>().Now.Utc,
                CancellationToken.None
            );
    }

    private static string Of(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static Task SpoilAsync(AppHost app, AccountId account)
    {
        var bucket = Bucket.Of(account);
        return app
            .Storage.Table(LedgerKeys.Table(bucket))
            .UpdateEntityAsync(
                new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.Account(account)) { ["Ledger"] = "spoilt" },
                ETag.All
            );
    }

    private static Task<Books> MeasureAsync(AppHost app) =>
        app.Services.GetRequiredService<MeasureBooks>().RunAsync(CancellationToken.None);
}
