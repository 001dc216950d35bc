using Autopay.Application.Ledgers;
using Autopay.Domain.Releases;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Lines of a plan that somebody alters in the tables after two people agreed on them (I25).</summary>
public sealed class AlteredPlanTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"All receipts are in"}""";

    [Fact]
    public async Task I25_a_line_that_was_altered_after_the_approval_stops_the_release_and_sends_nothing()
    {
        var (app, hash) = await SealedAsync();
        await using var _ = app;
        await AlterAsync(app, new AccountId("A-1"), new Money(99_999));

        Assert.Equal(
            200,
            (await app.PostAsync("api/releases/R-1/approve", $$"""{"hash":"{{hash}}","reason":"Yes"}""", "bob")).Status
        );
        await app.TickAsync();
        await Eventually.HoldsAsync(
            "the release is stopped",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "stopped"
        );
        Assert.Contains(
            "somebody has altered them",
            (await app.GetAsync("api/audit?what=releaseStopped"))["acts"][0].GetProperty("why").GetString()!,
            StringComparison.Ordinal
        );
        await app.IdleAsync();
        Assert.Equal(
            "scheduled",
            (await app.GetAsync("api/accounts/A-1"))["debits"][0].GetProperty("state").GetString()
        );
    }

    private static async Task AlterAsync(AppHost app, AccountId account, Money cents)
    {
        var store = new TableReleaseStore(app.Storage);
        var bucket = await store.FindLinesAsync("R-1", Bucket.Of(account), CancellationToken.None);
        List<PlanLine> lines =
        [
            .. bucket!.Lines.Select(line => line with { Bills = [new AttemptLine(line.Bills[0].Bill, cents)] }),
        ];
        Assert.NotNull(await store.TrySaveLinesAsync(bucket with { Lines = lines }, CancellationToken.None));
    }

    private async Task<(AppHost App, string? Hash)> SealedAsync()
    {
        var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:ReleaseApproval"] = "true" } }
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"d"}"""
        );
        app.MoveTo("2020-02-20T10:00");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""", "ann");
        await app.IdleAsync();
        await app.PostAsync("api/cycles/1/release-plan", Why, "ann");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        return (app, (await app.PostAsync("api/releases/R-1/seal", Why, "ann"))["hash"].GetString());
    }
}
