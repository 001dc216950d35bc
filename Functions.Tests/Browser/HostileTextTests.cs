using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>Whatever a person or a file can write is text on every page and on paper, and nothing else (N49).</summary>
public sealed partial class HostileTextTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Hostile =
        "<script>alert(1)</script>\"><img src=x onerror=alert(2)> javascript:alert(3) =HYPERLINK(1) \u202Ex 😀";

    /// <summary>A drawer has 64 characters at most.</summary>
    private const string HostileDrawer = "\"><img src=x onerror=alert(4)>";

    /// <summary>Of a file name what cannot be seen is left out.</summary>
    private const string HostileName = "\"><img src=x onerror=alert(7)>\u202Ecsv.exe";

    /// <summary>Residents' line takes no angle brackets at all.</summary>
    private const string HostileNote = "\" onmouseover=alert(5) javascript:alert(6) \u202Ex";

    /// <summary>Of the texts below, each of which stands somewhere.</summary>
    private const int FewestTexts = 12;

    private const string Began = "<script>alert(1)";

    private static readonly string Cell = $"\"{Hostile.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Fact]
    public async Task N49_What_anybody_can_write_is_shown_as_it_was_written_and_does_nothing()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await SpoilAsync(app);
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        var (todo, seen, shown) = (new Queue<string>(["/console"]), new HashSet<string> { "/console" }, 0);
        while (todo.TryDequeue(out var path))
        {
            await preparer.OpenAsync(path);
            await preparer.Page.EmulateMediaAsync(
                new PageEmulateMediaOptions { Media = seen.Count % 2 == 0 ? Media.Screen : Media.Print }
            );
            var text = await preparer.Page.EvaluateAsync<string>(
                """
                () => [...document.querySelectorAll('input, textarea')].map(it => it.value)
                  .concat(document.body.textContent).join('\n')
                """
            );
            shown += text.Split(Hostile).Length - 1;
            Assert.Equal((path, text.Split(Hostile).Length), (path, text.Split(Began).Length));
            Assert.Equal(0, await preparer.Page.Locator("body img, body script").CountAsync());
            foreach (var link in (await LinksAsync(preparer)).Where(IsOther).Where(seen.Add))
            {
                todo.Enqueue(link);
            }
        }

        Assert.True(shown >= FewestTexts, $"It is shown {shown} times, on {seen.Count} pages.");
        await using var resident = await Visitor.ComeAsync(chromium, app, role: null);
        await resident.OpenAsync("/status");
        Assert.Contains("are on hold", await resident.TextAsync());
        Assert.DoesNotContain("alert", await resident.Page.ContentAsync());
    }

    private static async Task SpoilAsync(AppHost app)
    {
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "96.40"), ("B-2", "A-2", "63.00")));
        await FileAsync(
            app,
            "payments",
            $"{Csv.PaymentsHeader}\nP-1,A-1,6.40,cash,{Cell},2020-01-20,\nP-2,NOBODY,9.00,cash,{Cell},2020-01-20,\n"
        );
        await FileAsync(
            app,
            "bill-adjustments",
            $"adjustment_id,account_id,bill_id,amount,reason\nX-1,A-1,B-1,-1.00,{Cell}\nX-2,A-9,B-9,-1.00,{Cell}\n"
        );
        await app.IdleAsync();
        foreach (var (verb, path, body) in Changes())
        {
            var answer = await app.SendAsync(
                new HttpMethod(verb),
                path,
                JsonSerializer.Serialize(body),
                path.Contains("approve", StringComparison.Ordinal) ? "approver" : "preparer"
            );
            Assert.True(answer.Status is 200 or 201 or 202, $"{path}: {answer.Text}");
        }

        await app.IdleAsync();
        app.MoveTo("2020-01-23T09:00");
        await app.TickAsync();
    }

    private static async Task FileAsync(AppHost app, string kind, string csv)
    {
        var (name, why) = (Uri.EscapeDataString(HostileName), Uri.EscapeDataString(Hostile));
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/imports/{kind}?name={name}&reason={why}")
        {
            Content = new StringContent(csv, Encoding.UTF8, "text/csv"),
        };
        var answer = await app.SendAsync(request);
        Assert.True(answer.Status == 202, answer.Text);
        await app.IdleAsync();
    }

    private static IEnumerable<(string Verb, string Path, object Body)> Changes()
    {
        var (from, to) = ("2020-01-22", "2020-02-05");
        yield return (
            "POST",
            "api/deferrals",
            new
            {
                id = "outage",
                cycles = new[] { 1 },
                dueFrom = from,
                dueTo = to,
                action = "hold",
                reason = Hostile,
            }
        );
        yield return (
            "POST",
            "api/waivers",
            new
            {
                dueFrom = from,
                dueTo = to,
                penaltyFrom = from,
                penaltyTo = to,
                reason = Hostile,
            }
        );
        yield return ("POST", "api/shields", new { dates = new[] { "2020-01-29" }, reason = Hostile });
        yield return (
            "POST",
            "api/public-notices",
            new
            {
                cycles = new[] { 1 },
                dueFrom = from,
                dueTo = to,
                publishedOn = "2020-01-21",
                coversAmounts = true,
                audience = Hostile,
                evidence = Hostile,
                reason = Hostile,
            }
        );
        var total = new
        {
            receivedOn = "2020-01-20",
            channel = "cash",
            drawer = HostileDrawer,
            count = 3,
            amountCents = 999,
        };
        yield return ("PUT", "api/cycles/1/certificate", new { totals = new[] { total }, reason = Hostile });
        yield return ("POST", "api/accounts/A-2/bills/B-2/skip", new { reason = Hostile });
        yield return ("PUT", "api/accounts/A-1/suspension", new { on = true, reason = Hostile });
        yield return (
            "PUT",
            "api/public-note",
            new
            {
                kind = "text",
                reason = Hostile,
                english = HostileNote,
                spanish = HostileNote,
            }
        );
        yield return ("PUT", "api/halt", new { halted = true, reason = Hostile });
        yield return ("POST", "api/halt/resume", new { reason = Hostile });
    }

    private static Task<string[]> LinksAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string[]>(
            "() => Array.from(document.links, it => it.getAttribute('href').split('#')[0]).filter(it => it.startsWith('/console'))"
        );

    // A page in the other language, the next part of a list and another month are no other page.
    private static bool IsOther(string link) => !Same().IsMatch(link);

    [GeneratedRegex("lang=|after=|fresh=|from=|steps=|/template$|/months/20(19|20-0[4-9]|20-1)")]
    private static partial Regex Same();
}
