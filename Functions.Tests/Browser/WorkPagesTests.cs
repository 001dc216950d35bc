using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>What waits is decided where it is listed, with its facts beside it.</summary>
[Collection(SmallCity.Collection)]
public sealed class WorkPagesTests(SmallCity city, Chromium chromium)
{
    [Fact]
    public async Task A_payment_without_an_account_is_assigned_and_leaves_the_list()
    {
        await city.App.ImportAsync("payments", Csv.Payments(("P-60", "NOBODY-60", "12.00")));
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await preparer.OpenAsync("/console/work?kind=suspense");
        await preparer.Page.ClickAsync("tr:has-text('NOBODY-60') >> text=Assign to an account");

        var form = preparer.Page.Locator("#AssignSuspense form");
        await form.Locator("input[name=account]").FillAsync("ACCOUNT-78");
        await form.Locator("textarea").FillAsync("The customer showed the receipt");
        await Assertions.Expect(form.Locator("[data-act]")).ToHaveTextAsync("Assign to an account: $12.00");
        await form.Locator("[data-act]").ClickAsync();

        await preparer.Page.WaitForURLAsync("**/console/work?gone=**");
        Assert.Contains("It waits no longer: Payment without an account, NOBODY-60", await preparer.TextAsync());
        Assert.DoesNotContain("12.00 by cash", await preparer.TextAsync());

        // Somebody else had the page open.
        var gone = await preparer.OpenAsync("/console/work-item/suspense/P-60?account=NOBODY-60");
        Assert.Equal(404, gone.Status);
        Assert.Contains("It waits no longer", await preparer.Page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task Whoever_asks_for_what_is_mine_sees_what_that_role_can_do()
    {
        await using var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await viewer.OpenAsync("/console/work?mine=true");
        Assert.Equal("Nothing waits", await viewer.Page.InnerTextAsync("h1"));

        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await preparer.OpenAsync("/console/work?mine=true");
        Assert.Contains("NOBODY-9", await preparer.TextAsync());
    }

    [Fact]
    public async Task An_act_that_the_rules_refuse_says_why_and_keeps_what_was_typed()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await preparer.OpenAsync("/console/work-item/suspense/P-9?account=NOBODY-9");
        var form = preparer.Page.Locator("#AssignSuspense form");
        await form.Locator("input[name=account]").FillAsync("NO-SUCH-ACCOUNT");
        await form.Locator("textarea").FillAsync("Looked it up");
        await form.Locator("[data-act]").ClickAsync();

        await Assertions.Expect(form.Locator("[data-answer]")).ToContainTextAsync("no account NO-SUCH-ACCOUNT");
        Assert.Equal("Looked it up", await form.Locator("textarea").InputValueAsync());
    }
}
