using Autopay.Application.Telemetry;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
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
        await app.Storage.Queue("plans").SendMessageAsync("waits");

        var books = await MeasureAsync(app);

        Assert.Equal(["plans"], books.OldestMessages.Keys);
        Assert.Equal(1, books.Queues["plans"]);
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

    private static Task<Books> MeasureAsync(AppHost app) =>
        app.Services.GetRequiredService<MeasureBooks>().RunAsync(CancellationToken.None);
}
