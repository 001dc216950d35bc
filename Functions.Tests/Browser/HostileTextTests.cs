using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>Whatever a person or a file can write is text on every page, and nothing else (N49).</summary>
public sealed class HostileTextTests(AzuriteFixture azurite, Chromium chromium) : IAsyncLifetime
{
    private const string Hostile =
        "<script>alert(1)</script>\"><img src=x onerror=alert(2)> javascript:alert(3) =HYPERLINK(1) \u202Ex 😀";

    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "96.40")));
        await app.IdleAsync();
        var hold = System.Text.Json.JsonSerializer.Serialize(
            new
            {
                id = "outage",
                cycles = new[] { 1 },
                dueFrom = "2020-01-22",
                dueTo = "2020-02-05",
                action = "hold",
                reason = Hostile,
            }
        );
        Assert.Equal(201, (await app.PostAsync("api/deferrals", hold, "preparer")).Status);
        await app.IdleAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("/console/cycles/1")]
    [InlineData("/console/deferrals/outage")]
    [InlineData("/console/audit")]
    public async Task N49_What_finance_typed_is_shown_as_it_was_typed_and_does_nothing(string path)
    {
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await viewer.OpenAsync(path);

        Assert.Contains(Hostile, await viewer.Page.TextContentAsync("main"));
        Assert.Equal(0, await viewer.Page.Locator("main img, main script").CountAsync());
    }

    [Fact]
    public async Task Residents_read_no_word_that_finance_typed_for_itself()
    {
        await using var resident = await Visitor.ComeAsync(chromium, app, role: null);
        await resident.OpenAsync("/status");

        Assert.Contains("are on hold", await resident.TextAsync());
        Assert.DoesNotContain("alert", await resident.Page.ContentAsync());
    }
}
