using Autopay.Application.Ledgers;
using Autopay.Storage.Ledgers;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>Changes of one account and one cycle, pressed and not typed.</summary>
public sealed class AccountActTests(AzuriteFixture azurite, Chromium chromium) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await app.IdleAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_bill_is_left_out_and_the_page_says_what_the_story_recorded()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer", Visitor.Phone);
        await preparer.OpenAsync("/console/accounts/A-1");
        await preparer.Page.GetByRole(AriaRole.Link, new() { Name = "Leave bill B-1 out, $41.20" }).ClickAsync();
        await preparer.Page.GetByLabel("Why?").FillAsync("Pays at the counter");
        await preparer.Page.GetByRole(AriaRole.Button, new() { Name = "Leave out $41.20" }).ClickAsync();
        await preparer.Page.WaitForURLAsync("**/console/accounts/A-1?acted=true*");

        Assert.Contains("left out", await preparer.Page.InnerTextAsync("p.done"));
        var account = await app.GetAsync("api/accounts/A-1");
        Assert.True(account["bills"][0].GetProperty("skipped").GetBoolean());
        Assert.Empty(await preparer.AxeAsync());

        await using var other = await Visitor.ComeAsync(chromium, app, "approver");
        await other.OpenAsync("/console/accounts/A-1?acted=true");
        Assert.Equal(0, await other.Page.Locator("p.done").CountAsync());
    }

    [Theory]
    [InlineData("A-l")]
    [InlineData("A-I")]
    public async Task A_letter_that_looks_like_a_digit_is_asked_about(string typed)
    {
        Assert.Contains(
            "<a href=\"/console/accounts/A-1\">A-1</a>",
            (await app.GetAsync($"console/accounts?find={typed}")).Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "/console/accounts/A-1",
            (await app.GetAsync("console/accounts?find=A-lI")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_comes_next_is_a_debit_with_something_left_to_pay()
    {
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashiers down"}""",
            "preparer"
        );
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "41.20")));
        await app.ImportAsync(
            "bills",
            $"{Csv.BillsHeader}\nB-9,A-1,1,2020-01-15,2020-02-19,2020-02-26,40.00,0.00,40.00\n"
        );
        await app.IdleAsync();
        await using var clerk = await Visitor.ComeAsync(chromium, app, "viewer");

        await clerk.OpenAsync("/console/accounts/A-1");

        Assert.Contains("$40.00", await clerk.Page.InnerTextAsync("p.lead"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_whose_row_is_spoilt_is_a_page_that_says_that_nothing_was_changed()
    {
        var (account, bucket) = (new AccountId("A-2"), Bucket.Of(new AccountId("A-2")));
        var table = app.Storage.Table(LedgerKeys.Table(bucket));
        TableEntity row = await table.GetEntityAsync<TableEntity>(
            LedgerKeys.Partition(bucket),
            LedgerKeys.Account(account)
        );
        row["Ledger"] = "{ not a ledger";
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        await using var clerk = await Visitor.ComeAsync(chromium, app, "viewer");

        Assert.Equal(500, (await clerk.OpenAsync("/console/accounts/A-2")).Status);
        Assert.Contains("Account A-2 could not be read", await clerk.TextAsync());
        Assert.Contains("Nothing was changed.", await clerk.TextAsync());
        Assert.Empty(await clerk.AxeAsync());
    }

    [Fact]
    public async Task A_cycle_is_reopened_with_the_numbers_that_the_button_carries()
    {
        await app.PostAsync(
            "api/deferrals",
            """
            {"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier system down"}
            """,
            "preparer"
        );
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All in"}""", "preparer");
        await Eventually.HoldsAsync("cleared", async () => (await StateAsync()) == "scheduled");
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync("/console/cycles/1/reopen");
        var button = preparer.Page.Locator("[data-act]");
        Assert.Equal("Reopen Cycle 1: hold 2 debits, $104.20", (await button.InnerTextAsync()).Trim());
        Assert.Empty(await preparer.AxeAsync());

        await preparer.Page.GetByRole(AriaRole.Button, new() { Name = "A drawer was found" }).ClickAsync();
        await button.ClickAsync();
        await preparer.Page.WaitForURLAsync("**/console/cycles/1?done=*");

        Assert.Contains("reopened", await preparer.Page.InnerTextAsync("p.done"));
        await Eventually.HoldsAsync("held again", async () => (await StateAsync()) == "deferred");
        Assert.Contains("A drawer was found that is not entered", await preparer.TextAsync());
    }

    private async Task<string?> StateAsync() =>
        (await app.GetAsync("api/cycles/1"))["states"][0].GetProperty("state").GetString();
}
