using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Late fees, shut-offs and public notices, declared and ended on one page.</summary>
public sealed class ProtectionPageTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task A_waiver_a_shield_and_a_notice_are_declared_with_what_was_counted_and_ended()
    {
        await using var app = await Office.HeldAsync(
            azurite,
            new Dictionary<string, string?> { ["Autopay:NoticeClock"] = "Enforce" }
        );
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");

        await preparer.OpenAsync("/console/protections?form=waiver");
        await preparer.FillAsync("Bills due from", "2020-01-22");
        await preparer.FillAsync("to, inclusive", "2020-02-05");
        await preparer.FillAsync("Late fee from", "2020-01-22");
        await preparer.FillAsync("late fee to, inclusive", "2020-02-28");
        await preparer.WaitForAsync(".preview", "4 bills in both windows, $179.20 open: they get no late fee.");
        await preparer.Page.FillAsync("#act-reason", "Cashiers down");
        await preparer.PressAsync("Waive late fees of 4 bills");

        await preparer.OpenAsync("/console/protections?form=shield");
        await preparer.FillAsync("Days without shut-offs", "2020-01-29, 2020-02-05");
        await preparer.WaitForAsync(".preview", "Nobody of these cycles is shut off on 2 days.");
        await preparer.Page.FillAsync("#act-reason", "Cashiers down");
        await preparer.PressAsync("No shut-offs on 2 days");

        await preparer.OpenAsync("/console/protections?form=notice");
        await preparer.Page.CheckAsync("#cycle-1");
        await preparer.FillAsync("Bills due from", "2020-01-22");
        await preparer.FillAsync("to, inclusive", "2020-02-05");
        await preparer.FillAsync("To whom", "The press");
        await preparer.FillAsync("Where it can be looked at", "https://city.example/news");
        await preparer.Page.FillAsync("#act-reason", "Debits are late this month");
        await preparer.PressAsync("Record the notice");

        var controls = await app.GetAsync("api/controls");
        Assert.Equal(
            (1, 1, 1),
            (
                controls["waivers"].GetArrayLength(),
                controls["shields"].GetArrayLength(),
                controls["publicNotices"].GetArrayLength()
            )
        );
        Assert.StartsWith(
            "Protections: 1 waiver of late fees in force, 1 shield against shut-offs",
            await preparer.Page.InnerTextAsync("h1"),
            StringComparison.Ordinal
        );
        await chromium.FitsEveryoneAsync(app, "preparer", "/console/protections?form=shield", "protections");

        await preparer.Page.GetByText("End it").First.ClickAsync();
        await preparer.Page.FillAsync("#act-reason", "Over");
        await preparer.PressAsync("End the waiver: 4 bills");
        Assert.StartsWith("Protections: 0 waivers", await preparer.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await AgreedByAnotherAsync(app, preparer);
    }

    // Debits wait for their notice here: one of yesterday could let them leave at once.
    private async Task AgreedByAnotherAsync(AppHost app, Visitor preparer)
    {
        await preparer.OpenAsync("/console/protections?form=notice");
        await preparer.Page.CheckAsync("#cycle-1");
        await preparer.FillAsync("Bills due from", "2020-01-22");
        await preparer.FillAsync("to, inclusive", "2020-02-05");
        await preparer.FillAsync("Published on", "2020-01-20");
        await preparer.FillAsync("To whom", "The press");
        await preparer.FillAsync("Where it can be looked at", "https://city.example/news");
        await preparer.Page.FillAsync("#act-reason", "Debits are late");
        await preparer.PressAsync("Record the notice");
        Assert.Contains("You asked for this", await preparer.TextAsync(), StringComparison.Ordinal);

        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");
        await approver.OpenAsync("/console");
        await approver.Page.GetByText("Agree to a public notice of").ClickAsync();
        await approver.WaitForAsync("main", "counts from 2020-01-20, an earlier day");
        await approver.Page.FillAsync("[id^=agree-][id$=-reason]", "I have seen it");
        await approver.PressAsync("Agree: record the notice");
        Assert.Equal(2, (await app.GetAsync("api/controls"))["publicNotices"].GetArrayLength());
        Assert.DoesNotContain("wait for another person", await approver.TextAsync(), StringComparison.Ordinal);
    }
}
