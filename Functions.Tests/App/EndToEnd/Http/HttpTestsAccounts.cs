using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What people ask of single accounts, and the lists that wait for them.</summary>
public sealed class HttpTestsAccounts(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                ((IHostApplicationBuilder)builder).ConfigureContainer(
                    new DefaultServiceProviderFactory(),
                    services => services.AddSingleton<IWorkQueue, LossyQueue>()
                )
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Skip_rearm_autopay_and_suspension_are_told_in_the_story_with_who_and_why()
    {
        var skipped = await app.PostAsync(
            "api/accounts/A-1/bills/B-1/skip",
            """{"reason":"Customer asks"}""",
            "pat@city"
        );
        Assert.Equal((200, true), (skipped.Status, skipped["changed"].GetBoolean()));
        Assert.False(
            (await app.PostAsync("api/accounts/A-1/bills/B-1/skip", """{"reason":"Customer asks"}"""))["changed"]
                .GetBoolean()
        );
        Assert.Equal(
            200,
            (await app.PostAsync("api/accounts/A-1/bills/B-1/rearm", """{"reason":"After all"}""", "sam@city")).Status
        );
        Assert.Equal(
            200,
            (await app.PutAsync("api/accounts/A-1/autopay", """{"on":false,"reason":"By phone"}""", "pat@city")).Status
        );
        Assert.Equal(
            200,
            (await app.PutAsync("api/accounts/A-1/suspension", """{"on":true,"reason":"Fraud?"}""", "pat@city")).Status
        );
        Assert.Equal(
            200,
            (
                await app.PutAsync("api/accounts/A-1/suspension", """{"on":false,"reason":"No fraud"}""", "pat@city")
            ).Status
        );

        var story = (await app.GetAsync("api/accounts/A-1"))["story"]
            .EnumerateArray()
            .Where(line => line.GetProperty("by").GetString()!.EndsWith("@city", StringComparison.Ordinal))
            .Select(line => $"{line.GetProperty("by")} {line.GetProperty("what")} {line.GetProperty("why")}")
            .ToList();
        Assert.Contains("pat@city bill skipped Customer asks", story);
        Assert.Contains("sam@city bill re-armed After all", story);
        Assert.Contains("pat@city autopay off By phone", story);
        Assert.Contains("pat@city account suspended Fraud?", story);
        Assert.Contains("pat@city suspension lifted No fraud", story);
    }

    [Fact]
    public async Task A_payment_of_nobody_waits_in_suspense_and_is_assigned_once()
    {
        await app.ImportAsync("payments", Csv.Payments(("R-9", "20-9907", "48.00"), ("R-8", "20-9908", "1.00")));
        Assert.Equal((2, 4900), await SuspenseAsync());

        Assert.Equal(
            404,
            (await app.PostAsync("api/suspense/R-9/assign", """{"account":"nobody","reason":"Receipt"}""")).Status
        );
        Assert.Equal((2, 4900), await SuspenseAsync());
        var assigned = await app.PostAsync(
            "api/suspense/R-9/assign",
            """{"account":"A-2","reason":"Receipt"}""",
            "pat@city"
        );
        Assert.Equal((200, true), (assigned.Status, assigned["changed"].GetBoolean()));
        var again = await app.PostAsync(
            "api/suspense/R-9/assign",
            """{"account":"A-2","reason":"Receipt"}""",
            "pat@city"
        );
        Assert.Equal((200, false), (again.Status, again["changed"].GetBoolean()));
        Assert.Equal(
            409,
            (await app.PostAsync("api/suspense/R-9/assign", """{"account":"A-1","reason":"Receipt"}""")).Status
        );

        Assert.Equal((1, 100), await SuspenseAsync());
        Assert.Equal(1500, await OpenAsync("A-2"));
        Assert.Equal(4120, await OpenAsync("A-1"));
    }

    [Fact]
    public async Task R29_a_payment_id_that_is_in_suspense_counts_once_whoever_else_names_it()
    {
        await app.ImportAsync("payments", Csv.Payments(("R-7", "20-9907", "7.00")));
        await app.ImportAsync("payments", Csv.Payments(("R-7", "A-1", "5.00")));
        Assert.Equal(4120, await OpenAsync("A-1"));
        Assert.Equal((1, 700), await SuspenseAsync());

        Assert.Equal(
            200,
            (await app.PostAsync("api/accounts/A-1/corrections/payment/R-7/keep", """{"reason":"Receipt"}""")).Status
        );
        Assert.Equal(
            200,
            (await app.PostAsync("api/suspense/R-7/assign", """{"account":"A-2","reason":"Receipt"}""")).Status
        );
        Assert.Equal((4120, 5600), (await OpenAsync("A-1"), await OpenAsync("A-2")));
    }

    [Fact]
    public async Task A_debit_over_the_cap_waits_for_a_person_who_approves_or_cancels()
    {
        await app.ImportAsync("accounts", Csv.Capped("40.00", "A-1", "A-2"));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Equal(["A-1-1-0001 needs review", "A-2-1-0001 needs review"], await StuckAsync());

        Assert.Equal(
            200,
            (
                await app.PostAsync(
                    "api/accounts/A-1/debits/A-1-1-0001/approve",
                    """{"reason":"Agreed by phone"}""",
                    "pat@city"
                )
            ).Status
        );
        Assert.Equal(
            200,
            (
                await app.PostAsync(
                    "api/accounts/A-2/debits/A-2-1-0001/cancel",
                    """{"reason":"Pays by card"}""",
                    "pat@city"
                )
            ).Status
        );
        Assert.Equal(
            409,
            (await app.PostAsync("api/accounts/A-2/debits/A-2-1-0001/approve", """{"reason":"Too late"}""")).Status
        );
        app.MoveTo("2020-01-22T07:10"); // A look is asked for on the next whole second.
        await app.TickAsync();

        await Eventually.HoldsAsync(
            "charged",
            () => app.Sandbox.Control.Ledger("debit_id").Groups.Select(it => it.Name).SequenceEqual(["A-1-1-0001"])
        );
        Assert.Empty(await StuckAsync());
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_ends_on_the_stuck_list()
    {
        await app.Storage.Queue(QueueNames.Evaluate).SendMessageAsync("{\"bucket\":\"none\"}");
        await app.Storage.Queue(QueueNames.Imports).SendMessageAsync("null");

        await app.PoisonedAsync(2);
        Assert.All(await StuckAsync(), it => Assert.EndsWith(" poison", it, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_messages_lost_is_made_good_by_one_tick()
    {
        app.MoveTo("2020-01-22T07:00");
        var queue = (LossyQueue)app.Services.GetRequiredService<IWorkQueue>();
        queue.Loses = true;
        await app.PostAsync("api/tick");
        await app.ImportAsync("accounts", Csv.Accounts("A-3"));
        await app.IdleAsync();
        Assert.InRange(queue.Lost, Bucket.Count, int.MaxValue);
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.ProcessingCents);
        queue.Loses = false;

        var tick = await app.PostAsync("api/tick");

        Assert.Equal(Bucket.Count, tick["buckets"].GetInt32());
        await Eventually.HoldsAsync(
            "both are charged",
            () => app.Sandbox.Control.Ledger("debit_id").Totals.ProcessingCents == 10420
        );
        Assert.Empty(app.Sandbox.Control.Ledger("debit_id").ChargedTwice);
    }

    private async Task<(int Count, int Cents)> SuspenseAsync() =>
        await app.GetAsync("api/suspense") is var answer
            ? (answer["count"].GetInt32(), answer["totalCents"].GetInt32())
            : default;

    private async Task<int> OpenAsync(string account) =>
        (await app.GetAsync($"api/accounts/{account}"))["bills"]
            .EnumerateArray()
            .Sum(bill => bill.GetProperty("openCents").GetInt32());

    private async Task<List<string>> StuckAsync() =>
        [
            .. (await app.GetAsync("api/stuck"))["items"]
                .EnumerateArray()
                .Select(it => $"{it.GetProperty("id")} {it.GetProperty("kind")}")
                .Order(StringComparer.Ordinal),
        ];
}
