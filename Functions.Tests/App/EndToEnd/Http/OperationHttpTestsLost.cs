using System.Text.Json;
using Autopay.Storage;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Tests.App.EndToEnd;

/// <content>Whose process died between the change and its record.</content>
public sealed partial class OperationHttpTests
{
    [Fact]
    public async Task Who_dies_between_a_change_of_an_account_and_its_record_is_found_by_the_story()
    {
        await app.PutAsync(Suspend, On("\"operationId\":\"op\""));
        await app.PutAsync(Suspend, """{"on":false,"reason":"Moved back"}""");
        await DieBeforeTheRecordAsync("op", TimeSpan.FromMinutes(4));

        Assert.True((await app.GetAsync("api/operations/op"))["recorded"].GetBoolean());
        await DieBeforeTheRecordAsync("op", TimeSpan.FromMinutes(4));
        Assert.Equal(200, (await app.PutAsync(Suspend, On("\"operationId\":\"op\""))).Status);

        Assert.Equal(JsonValueKind.Null, SuspensionOf(await app.GetAsync("api/accounts/A-1")));
    }

    [Fact]
    public async Task Who_dies_before_an_account_is_changed_leaves_nothing_recorded_and_the_next_request_does_it()
    {
        await app.PutAsync("api/accounts/A-2/suspension", On("\"operationId\":\"op\""));
        await DieBeforeTheRecordAsync("op", TimeSpan.Zero, path: "/api/accounts/A-1/suspension");

        var known = await app.GetAsync("api/operations/op");

        Assert.Equal((200, false), (known.Status, known["recorded"].GetBoolean()));
        Assert.Contains("its end is not known yet", known["says"].GetString(), StringComparison.Ordinal);
        Assert.Equal(409, (await app.PutAsync(Suspend, On("\"operationId\":\"op\""))).Status);
        Assert.Equal(200, (await app.PutAsync("api/accounts/A-2/suspension", On("\"operationId\":\"op\""))).Status);
        Assert.True((await app.GetAsync("api/operations/op"))["recorded"].GetBoolean());
    }

    [Fact]
    public async Task Where_the_books_do_not_tell_the_next_request_makes_the_same_change_once_more()
    {
        const string Issue = """{"reason":"r","operationId":"op"}""";
        var first = await app.PostAsync("api/receipts", Issue);
        Assert.True(first.Status == 200, first.Text);
        await DieBeforeTheRecordAsync("op", TimeSpan.Zero);
        Assert.False((await app.GetAsync("api/operations/op"))["recorded"].GetBoolean());

        var again = await app.PostAsync("api/receipts", Issue);

        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.True((await app.GetAsync("api/operations/op"))["recorded"].GetBoolean());
    }

    [Fact]
    public async Task Counted_totals_name_their_operation_in_the_controls_whoever_dies_after_that()
    {
        var first = await app.PutAsync(Certificate, Counted);
        Assert.True(first.Status == 200, first.Text);
        await DieBeforeTheRecordAsync("op", TimeSpan.Zero);

        Assert.True((await app.GetAsync("api/operations/op"))["recorded"].GetBoolean());
    }

    [Fact]
    public async Task A_plan_whose_answer_was_lost_is_not_made_twice()
    {
        await app.PostAsync(
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier down"}"""
        );
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""");
        Assert.Equal(202, (await app.PostAsync("api/cycles/1/release-plan", Named("op"))).Status);
        await DieBeforeTheRecordAsync("op", TimeSpan.FromMinutes(4));

        Assert.Equal(200, (await app.PostAsync("api/cycles/1/release-plan", Named("op"))).Status);

        Assert.Single((await app.GetAsync("api/releases"))["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_change_of_the_controls_is_recorded_with_it_and_a_look_at_the_version_spares_nobody_a_repeat()
    {
        const string Halt = """{"halted":true,"reason":"r","expectedVersion":0,"operationId":"op"}""";
        await app.PutAsync("api/halt", Halt);
        await DieBeforeTheRecordAsync("op", TimeSpan.FromMinutes(4));

        var again = await app.PutAsync("api/halt", Halt);

        Assert.Equal((200, true, 1), (again.Status, again["recorded"].GetBoolean(), again["version"].GetInt32()));
        Assert.Equal(1, (await app.GetAsync("api/controls"))["version"].GetInt32());
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    // As a process leaves it that dies after the change and before its record.
    private async Task DieBeforeTheRecordAsync(string operation, TimeSpan taken, string? path = null)
    {
        var table = app.Storage.Table(StorageClients.ControlsTable);
        TableEntity row = await table.GetEntityAsync<TableEntity>("controls", $"o|{operation}");
        foreach (var name in new[] { "Status", "Answer" })
        {
            row.Remove(name);
        }

        row["TakenUntil"] = app.Clock.GetUtcNow() + taken;
        row["Path"] = path ?? row.GetString("Path");
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
    }
}
