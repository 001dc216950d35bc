using System.Text.Json;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// The drill: every command of docs/operating.md, as it stands and in its order, on the running program.
/// </summary>
public sealed class OperatingDrillTests
{
    /// <summary>
    /// A city with collected debits, and a payment of somebody else in the same Stripe account: what the runbooks are
    /// about.
    /// </summary>
    private const string Scene = """
        app=http://localhost:7071 sandbox=http://127.0.0.1:12111
        wait_for() { until curl -sf "$1" | grep -q "$2"; do sleep 0.3; done; }
        import() {
          answer=$(curl -sf -X POST -H 'X-CSRF: 1' "$app/api/imports/$1?name=$2" -H 'content-type: text/csv' --data-binary "@samples/cape-girardeau-2020/$2")
          import=$(echo "$answer" | grep -o '"importId":"[^"]*' | cut -d'"' -f4)
          wait_for "$app/api/imports/$import" '"state":"done"'
        }
        clock() { curl -sf -X PUT "$app/local/clock" -H 'content-type: application/json' -d "{\"now\":\"$1\"}" > /dev/null; }
        import accounts accounts.csv
        import bills bills-2020-01-08.csv
        account=10-0001 debit=10-0001-1-0001
        clock 2020-01-22T07:00
        curl -sf -X POST -H 'X-CSRF: 1' "$app/api/tick" > /dev/null
        wait_for "$app/api/accounts/$account" '"state":"submitted"'
        clock 2020-01-29T07:00
        wait_for "$app/api/accounts/$account" '"state":"collected"'
        curl -sf "$sandbox/v1/payment_intents" -u sk_test_somebody: -d amount=500 -d currency=usd -d customer=cus_else -d payment_method=pm_card_visa \
          -d 'allowed_payment_method_types[]=card' -d confirm=true -d off_session=true > /dev/null
        wait_for "$app/api/stuck" 'event foreign'
        item=$(curl -sf "$app/api/stuck" | grep -o '"kind":"event foreign","id":"[^"]*' | head -1 | cut -d'"' -f8)
        """;

    [Fact]
    public async Task Every_command_of_the_runbooks_works_on_the_running_program()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The runbooks are written for bash.");
        var document = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "operating.md"));
        await using var app = await AppProcess.StartAsync("--start-at", "2020-01-21T08:00");

        var script = $"{Scene}\n{string.Concat(BashDocument.BlocksOf(document))}\npost api/tick '{{}}'\n";
        var told = await BashDocument.RunAsync(
            script
                .Replace("localhost:7071", app.Address.Authority, StringComparison.Ordinal)
                .Replace("127.0.0.1:12111", app.Sandbox.Authority, StringComparison.Ordinal)
        );

        Assert.All(
            [
                "\"halted\":true",
                "\"halted\":false",
                "\"changed\":true,\"result\":\"discarded\"",
                "\"changed\":false,\"result\":\"closed before\"",
                "\"issued\":true",
                "payout_id,arrives_on",
                "blocked,10-0001,",
            ],
            answer => Assert.Contains(answer, told, StringComparison.Ordinal)
        );
        await Eventually.HoldsAsync(
            "the customer's money is back",
            async () => await WitnessAsync(app.Sandbox) is { RefundedCents: 4120, ChargedTwice: 0 }
        );
    }

    // The customer's money is back once, and nobody was charged twice on the way: the sandbox's word.
    private static async Task<(int RefundedCents, int ChargedTwice)> WitnessAsync(Uri sandbox)
    {
        using var http = new HttpClient();
        var ledger = JsonDocument
            .Parse(await http.GetStringAsync(new Uri(sandbox, "_sandbox/ledger?by=debit_id")))
            .RootElement;
        return (
            ledger.GetProperty("totals").GetProperty("refundedCents").GetInt32(),
            ledger.GetProperty("chargedTwice").GetArrayLength()
        );
    }
}
