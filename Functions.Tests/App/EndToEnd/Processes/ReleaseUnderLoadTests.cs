using System.Globalization;
using System.Text;
using Autopay.StripeSandbox.Webhooks;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// A release while webhooks pour in and people look: one pool of requests, with the limits of <c>host.json</c>, serves
/// them all. Half of the customers pay by card, whose webhooks come in the middle of the release; the bank's come
/// together when it is over.
/// </summary>
[Trait("Layer", "L6")]
public sealed class ReleaseUnderLoadTests(AzuriteFixture azurite)
{
    private const int InASoak = 2_000;
    private const int Otherwise = 240;

    private static int Debits => Soak.IsOn ? InASoak : Otherwise;

    [Fact]
    public async Task F51_no_webhook_and_no_person_is_turned_away_during_a_release()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-22T08:01",
            new AppPlan
            {
                Settings = new Dictionary<string, string?> { ["Stripe:RequestsPerSecond"] = "1000" },
                ConfigureHost = builder =>
                    builder.Logging.AddProvider(log).AddFilter<LogRecorder>(level => level >= LogLevel.Warning),
            }
        );
        app.Sandbox.Control.Deliver(new DeliveryMode { Parallel = 64 });
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-01","dueTo":"2020-02-29","action":"hold","reason":"down"}"""
        );
        await app.ImportAsync("accounts", Accounts());
        await app.ImportAsync("bills", Bills());
        await app.IdleAsync();
        var people = new Visitors(app);

        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"all receipts are entered"}""");
        await CountAsync(app, "submitted", Debits / 2);
        app.Sandbox.Control.AnswerNow();
        await CountAsync(app, "collected", Debits);

        Assert.All(await people.LeaveAsync(), status => Assert.Equal(200, status));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("Too many requests", StringComparison.Ordinal));
        await Eventually.HoldsAsync("every webhook has arrived", () => app.Sandbox.Control.Webhooks.Waiting == 0);
        Assert.Equal(0, app.Sandbox.Control.Webhooks.Failed);
        Assert.InRange(app.Sandbox.Control.Webhooks.Acknowledged, Debits, 2 * Debits);
    }

    private static Task CountAsync(AppHost app, string state, int debits) =>
        Eventually.HoldsAsync(
            $"{debits} debits are {state}",
            async () =>
                (await app.GetAsync("api/cycles/1"))
                    .Json.GetProperty("states")
                    .EnumerateArray()
                    .Any(it =>
                        it.GetProperty("state").GetString() == state && it.GetProperty("debits").GetInt32() >= debits
                    )
        );

    private static string Accounts()
    {
        var file = new StringBuilder(
            "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n"
        );
        for (var number = 0; number < Debits; number++)
        {
            file.Append(
                CultureInfo.InvariantCulture,
                $"80-{number:0000},1,west,on,cus_{number},"
                    + $"{(number % 2 == 0 ? "pm_card_visa" : "pm_usBankAccount_success")},,,\n"
            );
        }

        return file.ToString();
    }

    private static string Bills() =>
        Csv.Bills([
            .. Enumerable
                .Range(0, Debits)
                .Select(number =>
                    ($"b-{number}", string.Create(CultureInfo.InvariantCulture, $"80-{number:0000}"), "41.20")
                ),
        ]);

    /// <summary>Four people who look at the cycle again and again.</summary>
    private sealed class Visitors
    {
        private const int People = 4;
        private readonly CancellationTokenSource leaving = new();
        private readonly Task<List<int>[]> visits;

        public Visitors(AppHost app) => visits = Task.WhenAll(Enumerable.Range(0, People).Select(_ => VisitAsync(app)));

        public async Task<IEnumerable<int>> LeaveAsync()
        {
            await leaving.CancelAsync();
            var seen = (await visits).SelectMany(statuses => statuses).ToList();
            leaving.Dispose();
            Assert.NotEmpty(seen);
            return seen;
        }

        private async Task<List<int>> VisitAsync(AppHost app)
        {
            var statuses = new List<int>();
            do
            {
                statuses.Add((await app.GetAsync("api/controls")).Status);
            } while (!leaving.IsCancellationRequested);

            return statuses;
        }
    }
}
