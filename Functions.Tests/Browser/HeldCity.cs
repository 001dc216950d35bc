using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>
/// One running app on February 20, 2020: two bills of cycle 1 are on hold since an outage, one of them partly paid at
/// the counter; a third account's bill was collected in January. Tests that share it only read.
/// </summary>
public sealed class HeldCity(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Collection = "A held city";

    internal AppHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await AppHost.StartAsync(
            azurite,
            "2020-01-14T08:01",
            new AppPlan
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Autopay:Cycles:0:Cycle"] = "1",
                    ["Autopay:Cycles:0:Name"] = "Cycle 1",
                    ["Autopay:Cycles:0:Area"] = "west",
                },
            }
        );
        await App.ImportAsync("accounts", Csv.Accounts("A-1", "A-2", "A-3"));
        await App.ImportAsync(
            "bills",
            $"{Csv.BillsHeader}\n"
                + "B-3,A-3,1,2020-01-01,2020-01-15,2020-01-22,58.90,0.00,58.90\n"
                + "B-1,A-1,1,2020-01-08,2020-01-22,2020-01-29,96.40,0.00,96.40\n"
                + "B-2,A-2,1,2020-01-08,2020-01-22,2020-01-29,63.00,0.00,63.00\n"
        );
        await App.IdleAsync();
        App.MoveTo("2020-01-15T07:00");
        await App.TickAsync();
        App.MoveTo("2020-01-21T09:00");
        await App.Sandbox.Control.FlushAsync();
        await App.PostAsync(
            "api/deferrals",
            """
            {"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier system down"}
            """,
            "preparer"
        );
        await App.IdleAsync();
        App.MoveTo("2020-02-17T16:00");
        // What the bank has said meanwhile is taken in on this day, however busy the machine is.
        await App.Sandbox.Control.FlushAsync();
        await App.IdleAsync();
        await App.ImportAsync(
            "payments",
            $"{Csv.PaymentsHeader}\nR-1,A-1,60.00,check,W1,2020-01-31,\nR-9,A-9,48.00,cash,W1,2020-01-31,\n"
        );
        App.MoveTo("2020-02-20T10:00");
        await App.TickAsync();
        await App.PostAsync("api/reconcile", """{"reason":"Morning"}""", "operator");
        await Eventually.HoldsAsync(
            "held and collected",
            async () =>
            {
                var cycle = await App.GetAsync("api/cycles/1");
                return cycle["collectedCents"].GetInt64() == 5890 && cycle["openCents"].GetInt64() == 9940;
            }
        );
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<HeldCity>;
}
