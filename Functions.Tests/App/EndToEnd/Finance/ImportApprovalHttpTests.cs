using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Two people for an accounts file that changes the means of more than one account, over HTTP.</summary>
public sealed class ImportApprovalHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:MethodChangesLimit"] = "1" } }
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2", "A-3"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_file_over_the_limit_is_applied_when_another_person_has_agreed()
    {
        Assert.Equal("done", (await app.ImportAsync("accounts", Csv.Capped("90.00", "A-3")))["state"].GetString());
        var waiting = await WaitingAsync(Csv.Capped("80.00", "A-1", "A-2"));
        var waitsFor = waiting["waitsFor"];
        Assert.Equal(
            (2, 2, 0, "an Approver, and not developer, who sent it"),
            (
                waitsFor.GetProperty("changes").GetProperty("accounts").GetInt32(),
                waitsFor.GetProperty("changes").GetProperty("caps").GetInt32(),
                waitsFor.GetProperty("changes").GetProperty("paymentMethods").GetInt32(),
                waitsFor.GetProperty("who").GetString()
            )
        );

        var item = Assert.Single((await app.GetAsync("api/work"))["items"].EnumerateArray());
        Assert.Equal("approval", item.GetProperty("kind").GetString());
        Assert.EndsWith(
            "/approve",
            item.GetProperty("actions")[0].GetProperty("path").GetString()!,
            StringComparison.Ordinal
        );

        Assert.Equal(403, (await ApproveAsync(waiting, "developer")).Status);
        Assert.Equal(200, (await ApproveAsync(waiting, "approver")).Status);
        Assert.Equal(409, (await ApproveAsync(waiting, "approver")).Status);

        await StateAsync(waiting, "done");
        Assert.Equal(
            (2, "approver"),
            (
                (await ViewAsync(waiting))["result"].GetProperty("applied").GetInt32(),
                (await ViewAsync(waiting))["agreedBy"].GetProperty("by").GetString()
            )
        );
    }

    [Fact]
    public async Task A_rejected_file_is_set_aside_and_what_was_sent_after_it_is_applied_in_order()
    {
        var waiting = await WaitingAsync(Csv.Capped("80.00", "A-1", "A-2"));
        var later = await app.UploadAsync("accounts", Csv.Capped("70.00", "A-1"));
        var bills = await app.UploadAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        await app.ImportAsync("payments", Csv.Payments(("R-1", "A-1", "5.00")));
        await app.TickAsync();
        Assert.Equal(
            ("stored", "stored"),
            (await StateAsync(later["importId"].GetString()!), await StateAsync(bills["importId"].GetString()!))
        );

        var no = await app.PostAsync(
            $"api/approvals/{ApprovalOf(waiting)}/reject",
            """{"reason":"Not from billing"}""",
            "approver"
        );

        Assert.Equal(200, no.Status);
        await StateAsync(waiting, "setAside");
        await StateAsync(later["import"].GetProperty("id").GetString()!, "done");
        await StateAsync(bills["importId"].GetString()!, "done");
        Assert.Equal(409, (await ApproveAsync(waiting, "approver")).Status);
    }

    private async Task<Answer> WaitingAsync(string csv)
    {
        var sent = await app.UploadAsync("accounts", csv);
        Assert.True(sent.Status == 202, sent.Text);
        var id = sent["importId"].GetString()!;
        await StateAsync(id, "waitsForApproval");
        return await app.GetAsync($"api/imports/{id}");
    }

    private async Task<Answer> ApproveAsync(Answer waiting, string user)
    {
        var approvals = (await app.GetAsync("api/approvals"))["items"].EnumerateArray();
        var approval = approvals.Single(it => it.GetProperty("id").GetString() == ApprovalOf(waiting));
        return await app.PostAsync(
            $"api/approvals/{ApprovalOf(waiting)}/approve",
            $$"""{"hash":"{{approval.GetProperty("hash").GetString()}}","reason":"I agree"}""",
            user
        );
    }

    private Task StateAsync(Answer import, string state) => StateAsync(import["id"].GetString()!, state);

    private Task StateAsync(string id, string state) =>
        Eventually.HoldsAsync($"import {id} is {state}", async () => await StateAsync(id) == state);

    private async Task<string?> StateAsync(string id) => (await app.GetAsync($"api/imports/{id}"))["state"].GetString();

    private Task<Answer> ViewAsync(Answer import) => app.GetAsync($"api/imports/{import["id"].GetString()}");

    private static string ApprovalOf(Answer waiting) => waiting["waitsFor"].GetProperty("approval").GetString()!;
}
