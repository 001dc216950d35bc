using System.Text;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>
/// The sample city on January 21, 2020 with empty books, and its people, each at a browser: the cashiers who send
/// files, the preparer, the approver, and somebody who only looks.
/// </summary>
internal sealed class SampleOffice : IAsyncDisposable
{
    private static readonly (string Name, string Area)[] Cycles =
    [
        ("Cycle 1", "west"),
        ("Cycle 2", "west"),
        ("Cycle 3", "east"),
        ("Cycle 4", "east"),
    ];

    private SampleOffice(AppHost app, Clerk cashier, Clerk preparer, Clerk approver, Clerk viewer) =>
        (App, Cashier, Preparer, Approver, Viewer) = (app, cashier, preparer, approver, viewer);

    public AppHost App { get; }

    public Clerk Cashier { get; }

    public Clerk Preparer { get; }

    public Clerk Approver { get; }

    public Clerk Viewer { get; }

    public static async Task<SampleOffice> OpenAsync(AzuriteFixture azurite, Chromium chromium, Func<IPage, IHand> hand)
    {
        var settings = Cycles
            .SelectMany(
                (cycle, at) =>
                    new[]
                    {
                        ($"Autopay:Cycles:{at}:Cycle", $"{at + 1}"),
                        ($"Autopay:Cycles:{at}:Name", cycle.Name),
                        ($"Autopay:Cycles:{at}:Area", cycle.Area),
                    }
            )
            .Append(("Autopay:ReleaseApproval", "true"))
            .ToDictionary(it => it.Item1, string? (it) => it.Item2);
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:00", new AppPlan { Settings = settings });
        return new SampleOffice(
            app,
            await SitDownAsync("importer"),
            await SitDownAsync("preparer"),
            await SitDownAsync("approver"),
            await SitDownAsync("viewer")
        );

        async Task<Clerk> SitDownAsync(string role)
        {
            var visitor = await Visitor.ComeAsync(chromium, app, role);
            return new Clerk(visitor, hand(visitor.Page));
        }
    }

    /// <summary>The clock of everybody; what is due at that time is done.</summary>
    public async Task WaitUntilAsync(string civil)
    {
        App.MoveTo(civil);
        await App.TickAsync();
    }

    /// <summary>A file of the sample city.</summary>
    public Task SendAsync(string name, string says) =>
        SendAsync(name, File.ReadAllText(Path.Combine(SourceTree.Root, "samples", "cape-girardeau-2020", name)), says);

    /// <summary>Looked at, sent with the second press, and followed until it is applied.</summary>
    public async Task SendAsync(string name, string text, string says)
    {
        await Cashier.ComeInAsync();
        await Cashier.FollowAsync("Files");
        await Cashier.Hand.TakeAsync(
            Cashier.Page.Locator("#file"),
            new FilePayload
            {
                Name = name,
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(text),
            }
        );
        var button = Cashier.Page.Locator("form[data-upload] [data-act]");
        await Cashier.Hand.PressAsync(button);
        await Assertions.Expect(button).ToContainTextAsync("Send");
        await Cashier.Hand.PressAsync(button);
        await Eventually.HoldsAsync(
            $"{name} is sent",
            () => Cashier.Page.Url.Contains("/console/imports/", StringComparison.Ordinal)
        );
        await Assertions.Expect(Cashier.Page.Locator("h1")).ToContainTextAsync(says);
        await App.IdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var clerk in new[] { Cashier, Preparer, Approver, Viewer })
        {
            await clerk.DisposeAsync();
        }

        await App.DisposeAsync();
    }
}
