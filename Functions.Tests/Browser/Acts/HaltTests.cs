using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Whoever sees that something is wrong stops it in two presses; it takes two people to go on.</summary>
public sealed class HaltTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task Halt_in_two_presses_without_typing_and_every_page_says_so()
    {
        await using var app = await Office.OpenAsync(azurite);
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");
        await approver.OpenAsync("/console");

        await approver.Page.ClickAsync(".halt");
        await approver.PressAsync("Halt now");

        Assert.Contains("Recorded at 7:", await approver.TextAsync(), StringComparison.Ordinal);
        var halt = (await app.GetAsync("api/controls"))["halt"];
        Assert.Equal(
            ("approver", "It looks wrong, I do not know why yet"),
            (halt.GetProperty("by").GetString(), halt.GetProperty("reason").GetString())
        );
        await approver.OpenAsync("/console");
        Assert.Matches(
            @"^All charging is halted since 7:\d\d a\.m\. \(approver: 'It looks wrong, I do not know why yet'\)\. Nothing is "
                + @"sent to the bank\. Bills, payments and holds go on\.$",
            await approver.Page.InnerTextAsync(".banner p")
        );
        await approver.OpenAsync("/console?lang=es");
        Assert.Matches(
            @"^Todos los cobros están detenidos desde las 7:\d\d a\. m\. No se envía nada al banco\. Las facturas, los pagos y "
                + @"las pausas siguen su curso\.$",
            await approver.Page.InnerTextAsync(".banner p")
        );
    }

    [Fact]
    public async Task Charging_goes_on_when_another_person_types_what_then_leaves()
    {
        await using var app = await Office.OpenAsync(azurite, "2020-01-22T05:00");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"A file looks wrong"}""", "preparer");
        app.MoveTo("2020-01-22T09:00");
        await app.TickAsync();
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");

        await preparer.OpenAsync("/console/halt");
        Assert.Contains(
            "Once it goes on, 4 debits, $179.20, will leave",
            await preparer.TextAsync(),
            StringComparison.Ordinal
        );
        await preparer.Page.FillAsync("#resume-reason", "The file was right");
        await preparer.PressAsync("Ask to resume");
        Assert.Contains(
            "You asked for this, so you cannot approve it",
            await preparer.TextAsync(),
            StringComparison.Ordinal
        );

        await approver.OpenAsync("/console/halt");
        await approver.Page.FillAsync("#agree-total", "179.21");
        await approver.Page.FillAsync("#agree-reason", "Read the file");
        await approver.Page.ClickAsync("text=Resume: send 4 debits, $179.20");
        await approver.WaitForAsync(".answer", "Expected dollars and cents as they are shown");
        Assert.True((await app.GetAsync("api/controls")).Json.TryGetProperty("halt", out _));
        await approver.Page.FillAsync("#agree-total", "$179.20");
        await approver.PressAsync("Resume: send 4 debits, $179.20");

        Assert.False((await app.GetAsync("api/controls")).Json.TryGetProperty("halt", out _));
        Assert.Equal(0, await approver.Page.Locator(".banner").CountAsync());
        await app.IdleAsync();
        Assert.Equal(17920, app.Sandbox.Control.Ledger("debit_id").Totals.ProcessingCents);
    }

    [Fact]
    public async Task A_clerk_reads_who_may_halt()
    {
        await using var app = await Office.OpenAsync(azurite);
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");

        await viewer.OpenAsync("/console/halt");

        Assert.Contains(
            "This needs the role Preparer or Approver or Operator.",
            await viewer.TextAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await viewer.Page.Locator("main button[data-act]").CountAsync());
        Assert.Equal(403, (await app.PutAsync("api/halt", """{"halted":true,"reason":"r"}""", "viewer")).Status);
        await chromium.FitsEveryoneAsync(app, "preparer", "/console/halt", "halt");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"A file looks wrong"}""", "preparer");
        await app.PostAsync("api/halt/resume", """{"reason":"It was right"}""", "preparer");
        await chromium.FitsEveryoneAsync(app, "approver", "/console/halt", "resume");
    }
}
