using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Harness;

/// <summary>
/// One running app of a small city in its outage: two accounts on hold, a payment that nobody's account is named in, a
/// waiver, a shield, a comparison with Stripe. The tests that share it run one after the other.
/// </summary>
public sealed class SmallCity(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Collection = "One small city";
    private const string Hold = """
        {"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold",
        "reason":"SECRET-REASON of finance"}
        """;
    private const string Waiver = """
        {"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","penaltyTo":"2020-02-19",
        "reason":"Outage"}
        """;

    internal AppHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Autopay:Cycles:0:Cycle"] = "1",
                    ["Autopay:Cycles:0:Name"] = "Cycle 1",
                    ["Autopay:Cycles:0:Area"] = "West",
                    ["Autopay:Cycles:1:Cycle"] = "2",
                    ["Autopay:Cycles:1:Name"] = "Cycle 2",
                    ["Autopay:Cycles:1:Area"] = "West",
                    ["Autopay:Phone"] = "(573) 555-0100",
                },
            }
        );
        await App.ImportAsync("accounts", Csv.Accounts("ACCOUNT-77", "ACCOUNT-78"));
        await App.ImportAsync(
            "bills",
            Csv.Bills(("BILL-77", "ACCOUNT-77", "96.40"), ("BILL-78", "ACCOUNT-78", "63.00"))
        );
        await App.ImportAsync("payments", Csv.Payments(("P-1", "ACCOUNT-77", "60.00"), ("P-9", "NOBODY-9", "48.00")));
        await App.PostAsync("api/deferrals", Hold, "preparer");
        await App.PostAsync("api/waivers", Waiver, "preparer");
        await App.PostAsync("api/shields", """{"dates":["2020-01-29","2020-02-05"],"reason":"Outage"}""", "preparer");
        await App.PostAsync("api/reconcile", """{"reason":"Morning"}""", "operator");
        await App.IdleAsync();
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<SmallCity>;
}
