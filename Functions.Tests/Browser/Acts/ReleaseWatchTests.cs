using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Acts;

/// <summary>A large release, watched on its page while it goes out: 2,000 debits in a soak, 400 otherwise.</summary>
public sealed class ReleaseWatchTests(AzuriteFixture azurite, Chromium chromium)
{
    /// <summary>A group of 16 of each bucket that is being walked: so many at once, by the settings below.</summary>
    private const int MostAfterHalt = 16 * (WalksAtOnce + MoreWalks);

    private const int WalksAtOnce = 4;
    private const int MoreWalks = 1;

    private const int Small = 400;
    private const int Large = 2_000;

    /// <summary>What the page shows each time that it is made or changed: rows of debits and cents, the plan last.
    /// </summary>
    private const string Watch = """
        const note = () => {
          const part = document.querySelector('[data-live]') ?? document.querySelector('[data-part]');
          const rows = [...(part?.querySelectorAll('table tbody tr') ?? [])].map(row =>
            [Number(row.cells[1].textContent.replaceAll(',', '')), Number(row.querySelector('[data-cents]').dataset.cents)]);
          if (rows.length > 0) window.noteLook(JSON.stringify(rows));
        };
        document.addEventListener('DOMContentLoaded', () => {
          note();
          const live = document.querySelector('[data-live]');
          if (live !== null) new MutationObserver(note).observe(live, { childList: true, subtree: true });
        });
        """;

    private readonly ConcurrentQueue<string> looks = [];

    private static int Debits => Soak.IsOn ? Large : Small;

    [Fact]
    public async Task It_moves_it_halts_in_two_presses_and_its_numbers_add_up_at_every_moment()
    {
        await using var app = await SealedAsync();
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");
        await approver.Page.ExposeFunctionAsync("noteLook", (string look) => looks.Enqueue(look));
        await approver.Page.AddInitScriptAsync(Watch);
        await ApproveAsync(approver);

        await Eventually.HoldsAsync("a tenth is sent on the page", () => SentOf(looks.LastOrDefault()) > Debits / 10);
        await approver.Page.ClickAsync(".halt");
        await approver.PressAsync("Halt now");

        // The bank's word: what a walk sent it tells the page after each of its pages.
        var sent = AtTheBank(app);
        await app.IdleAsync();
        var after = AtTheBank(app) - sent;
        Assert.InRange(AtTheBank(app), sent, Math.Min(sent + MostAfterHalt, Debits - 1));
        Assert.Equal(AtTheBank(app), await SentAsync(app));
        foreach (var path in new[] { "/console", "/console/work", "/console/releases/R-1" })
        {
            await approver.OpenAsync(path);
            Assert.Matches(
                @"^All charging is halted .* [\d,]+ debits had already left\.$",
                await approver.Page.InnerTextAsync(".banner p")
            );
        }

        await GoOnAsync(app, approver);
        var moves = LooksAddUp();
        await Soak.ReportAsync(
            "release-watch",
            new
            {
                Debits,
                SentAtHalt = sent,
                SentAfterHalt = after,
                Looks = looks.Count,
                Moves = moves,
            }
        );
        var ledger = app.Sandbox.Control.Ledger("debit_id");
        Assert.Empty(ledger.ChargedTwice);
        // What was frozen and not confirmed when the halt came was cancelled, and asked for anew.
        Assert.Equal((Debits, Debits * 1000L), (ledger.Groups.Count, ledger.Totals.ProcessingCents));
    }

    private async Task<AppHost> SealedAsync()
    {
        var app = await Office.OpenAsync(
            azurite,
            [.. Enumerable.Range(1, Debits).Select(number => ($"W-{number:0000}", "10.00"))],
            // So fast that it is over in a minute, so slow that somebody can watch it.
            new Dictionary<string, string?>
            {
                ["Stripe:RequestsPerSecond"] = $"{Debits / 20}",
                // A bucket's row is written when its walk is over: some at a time, as in a city of many more debits.
                ["AzureFunctionsJobHost:extensions:queues:batchSize"] = $"{WalksAtOnce}",
                ["AzureFunctionsJobHost:extensions:queues:newBatchThreshold"] = $"{MoreWalks}",
            }
        );
        var hold =
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashiers down"}""";
        Assert.Equal(201, (await app.PostAsync("api/deferrals", hold, "preparer")).Status);
        await app.IdleAsync();
        app.MoveTo("2020-02-20T10:00");
        var clear = """{"state":"cleared","reason":"All in","receivedThrough":{"cash":"2020-02-19"}}""";
        Assert.Equal(200, (await app.PutAsync("api/cycles/1/backlog", clear, "preparer")).Status);
        await app.TickAsync();
        await app.PostAsync("api/cycles/1/release-plan", """{"reason":"All in"}""", "preparer");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        var seal = await app.PostAsync("api/releases/R-1/seal", """{"reason":"Looked at","first":0}""", "preparer");
        Assert.True(seal.Status == 200, seal.Text);
        return app;
    }

    private static async Task ApproveAsync(Visitor approver)
    {
        var total = (Debits * 10).ToString("#,0", CultureInfo.InvariantCulture);
        await approver.OpenAsync("/console/releases/R-1");
        await approver.Page.FillAsync("#approve-total", $"${total}.00");
        await approver.Page.FillAsync("#approve-reason", "Read it");
        await approver.PressAsync(
            $"Approve: send {Debits.ToString("#,0", CultureInfo.InvariantCulture)} debits, ${total}.00"
        );
    }

    private async Task GoOnAsync(AppHost app, Visitor approver)
    {
        var resumed = await app.ResumeAsync();
        Assert.True(resumed.Status == 200, resumed.Text);
        await approver.OpenAsync("/console/releases/R-1");
        await app.TickAsync();
        await approver
            .Page.Locator("h1", new PageLocatorOptions { HasText = "nothing is left to go" })
            .WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
    }

    private int LooksAddUp()
    {
        var sent = -1L;
        var different = new HashSet<long>();
        foreach (var rows in looks.Select(Rows))
        {
            var (parts, plan) = (rows[..^1], rows[^1]);
            Assert.Equal((Debits, Debits * 1000L), (plan.Debits, plan.Cents));
            Assert.Equal(plan, (parts.Sum(part => part.Debits), parts.Sum(part => part.Cents)));
            Assert.True(rows[0].Debits >= sent, $"{rows[0].Debits} are sent, and {sent} were");
            sent = rows[0].Debits;
            different.Add(sent);
        }

        Assert.Equal(Debits, sent);
        Assert.True(different.Count >= 5, $"The page moved {different.Count} times only.");
        return different.Count;
    }

    private static long AtTheBank(AppHost app) => app.Sandbox.Control.Ledger("debit_id").Totals.ProcessingCents / 1000;

    private static async Task<long> SentAsync(AppHost app) =>
        (await app.GetAsync("api/releases/R-1/progress"))["progress"]
            .GetProperty("sent")
            .GetProperty("debits")
            .GetInt64();

    private static long SentOf(string? look) => look is null ? 0 : Rows(look)[0].Debits;

    private static (long Debits, long Cents)[] Rows(string look) =>
        [.. JsonSerializer.Deserialize<long[][]>(look)!.Select(row => (row[0], row[1]))];
}
