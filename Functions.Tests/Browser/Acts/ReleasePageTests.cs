using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Plan, seal, approve, first, waves: one address, and nobody does both halves.</summary>
public sealed class ReleasePageTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Page = "/console/releases/R-1";

    [Fact]
    public async Task Three_people_take_a_release_from_its_plan_to_its_last_debit()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");

        await preparer.OpenAsync("/console/releases?cycle=1");
        await preparer.PressAsync("Prepare the plan of cycle 1");
        await preparer.WaitForAsync("h1", "R-1: 3 debits, $158.00, could be sent");
        var text = await preparer.TextAsync();
        Assert.Contains("half are under", text, StringComparison.Ordinal);
        await AmountsAreTheRoutesAsync(app, preparer);

        await preparer.FillAsync("So many first, then wait for a go (0: all at once)", "1");
        await preparer.Page.FillAsync("#seal-reason", "Looked at every line");
        await preparer.PressAsync("Seal: 3 debits, $158.00");
        await ThePreparerIsRefusedAsync(app, preparer);

        await approver.OpenAsync(Page);
        Assert.Matches(
            @"^You are about to let 3 debits, \$158\.00, go to the bank for cycle 1 \(West\)\. The first 1 leaves today after "
                + @"10:\d\d a\.m\.; the rest waits for a go\. Each is what was still owed at 10:\d\d a\.m\.; if someone pays before "
                + @"theirs leaves, less is taken\. What has left cannot be called back\.$",
            await approver.Page.InnerTextAsync(".about")
        );
        await approver.Page.FillAsync("#approve-reason", "Read it");
        await approver.Page.FillAsync("#approve-total", "157.00");
        await approver.Page.ClickAsync("text=Approve: send 3 debits, $158.00");
        await approver.WaitForAsync(".answer", "Expected dollars and cents as they are shown");
        Assert.Equal("sealed", (await app.GetAsync("api/releases/R-1"))["step"].GetString());
        await approver.Page.FillAsync("#approve-total", "$158.00");
        await approver.Page.PressAsync("#approve-total", "Enter");
        Assert.Equal("sealed", (await app.GetAsync("api/releases/R-1"))["step"].GetString());
        await approver.PressAsync("Approve: send 3 debits, $158.00");

        await approver.WaitForAsync("h1", "the rest of $158.00 waits for a go");
        await chromium.FitsEveryoneAsync(app, "approver", Page, "release-go");
        await approver.Page.FillAsync("#go-reason", "The bank took the first");
        await approver.Page.ClickAsync("form:has(#go-reason) [data-act]");
        await approver.WaitForAsync("h1", "R-1: 3 debits sent, $158.00; nothing is left to go");

        var ledger = app.Sandbox.Control.Ledger("debit_id");
        Assert.Equal((3, 15800, 0), (ledger.Totals.Intents, ledger.Totals.ProcessingCents, ledger.ChargedTwice.Count));
        await chromium.FitsEveryoneAsync(app, "viewer", Page, "release-done");
        await chromium.FitsEveryoneAsync(app, "viewer", "/console/releases", "releases");
    }

    [Fact]
    public async Task Another_total_than_what_is_asked_for_approves_nothing()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await ReleaseActs.SealedAsync(app);
        var hash = (await app.GetAsync("api/releases/R-1"))["hash"].GetString();

        var refused = await app.PostAsync(
            "api/releases/R-1/approve",
            $$"""{"hash":"{{hash}}","totalCents":15700,"reason":"Read it"}""",
            "approver"
        );

        Assert.Equal(
            (409, "You typed $157.00, and what is asked for is $158.00. You have approved nothing."),
            (refused.Status, refused.Detail)
        );
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await viewer.OpenAsync(Page);
        Assert.Contains("This needs the role Approver.", await viewer.TextAsync(), StringComparison.Ordinal);
        await chromium.FitsEveryoneAsync(app, "approver", Page, "release-sealed");
        await chromium.FitsEveryoneAsync(app, "preparer", Page, "release-refused");
    }

    [Fact]
    public async Task The_same_click_twice_is_one_plan()
    {
        await using var app = await Office.ClearedAsync(azurite);
        const string asked = """{"reason":"All in","operationId":"op-1"}""";

        var first = await app.PostAsync("api/cycles/1/release-plan", asked, "preparer");
        var second = await app.PostAsync("api/cycles/1/release-plan", asked, "preparer");

        Assert.Equal(first["id"].GetString(), second["id"].GetString());
    }

    [Fact]
    public async Task A_release_that_does_not_move_says_since_when_and_that_nothing_is_lost()
    {
        // Nobody answers there.
        var away = new Dictionary<string, string?> { ["Stripe:ApiBase"] = "http://127.0.0.1:9/" };
        await using var app = await Office.ClearedAsync(azurite, away);
        await ReleaseActs.SealedAsync(app);
        var hash = (await app.GetAsync("api/releases/R-1"))["hash"].GetString();
        var approval = $$"""{"hash":"{{hash}}","totalCents":15800,"reason":"Read it"}""";
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/approve", approval, "approver")).Status);
        await app.IdleAsync();
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await viewer.OpenAsync(Page);
        Assert.DoesNotContain("Nothing has moved", await viewer.TextAsync(), StringComparison.Ordinal);

        app.MoveTo("2020-02-20T10:05");

        var told = await viewer.WaitForAsync("[data-live] .notice", "Nothing has moved since 10:0");
        Assert.Contains("Nothing is lost: what has not been sent is still to go", told, StringComparison.Ordinal);
    }

    private static async Task ThePreparerIsRefusedAsync(AppHost app, Visitor preparer)
    {
        Assert.Matches(
            @"You prepared this plan, so you cannot approve it\. That is on purpose: it protects you\. Anyone else with the role "
                + @"Approver can\. The plan stays valid until tomorrow, 10:\d\d a\.m\.",
            await preparer.TextAsync()
        );
        Assert.Equal(0, await preparer.Page.Locator("#approve-total").CountAsync());
        var hash = (await app.GetAsync("api/releases/R-1"))["hash"].GetString();
        var approval = $$"""{"hash":"{{hash}}","reason":"Mine"}""";
        Assert.Equal(403, (await app.PostAsync("api/releases/R-1/approve", approval, "preparer")).Status);
    }

    // Every number of the table is the route's.
    private static async Task AmountsAreTheRoutesAsync(AppHost app, Visitor visitor)
    {
        var totals = (await app.GetAsync("api/releases/R-1"))["totals"];
        var shown = await visitor.Page.EvaluateAsync<string[]>(
            "() => Array.from(document.querySelectorAll('main table')[0].querySelectorAll('[data-cents]'), it => it.dataset.cents)"
        );
        Assert.Equal([Cents("held"), $"-{Cents("paidElsewhere")}", Cents("toBank")], shown);

        string Cents(string name) => $"{totals.GetProperty(name).GetProperty("cents").GetInt64()}";
    }
}
