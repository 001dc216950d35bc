using Autopay.LocalHost;
using Autopay.Samples.Generator;
using Autopay.StripeSandbox;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

/// <summary>Real processes, killed at random moments of a release of 500 debits; the sandbox's own ledger is the witness.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Debits = 500;
    private const int Kills = 10;

    [Fact]
    public async Task F11_Killing_the_app_ten_times_during_a_release_charges_each_debit_once()
    {
        const int seed = 20200220;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var sandbox = await StartSandboxAsync();
        await using var app = new AppProcess(azurite.ConnectionString, sandbox);
        await PrepareAsync(app);

        await app.SendAsync(HttpMethod.Put, "api/cycles/1/backlog", new { state = "cleared", reason = "all payments are entered" });
        for (var kill = 1; kill <= Kills; kill++)
        {
            var next = Calls(sandbox) + random.Next(10, Debits / Kills);
            await Eventually.HoldsAsync("the release goes on", async () => await TickUntilAsync(app, () => Calls(sandbox) >= next));
            await app.KillAsync();
            output.WriteLine($"killed after {Calls(sandbox)} calls, {Confirmed(sandbox)} debits confirmed");
            await app.StartAsync();
        }

        await FinishAsync(app, sandbox);
    }

    private static async Task PrepareAsync(AppProcess app)
    {
        var city = CityGenerator.Generate(new CityOptions { Accounts = Debits, Plain = true, Seed = 3 });
        await app.StartAsync("2020-02-20T10:00");
        await app.SendAsync(HttpMethod.Post, "api/deferrals",
            new { id = "outage", cycles = new[] { 1 }, dueFrom = "2020-01-22", dueTo = "2020-02-05", action = "hold", reason = "cashier system down" });
        await app.ImportAsync("accounts", city.Files["accounts.csv"]);
        await app.ImportAsync("bills", city.Files["bills-2020-01-08.csv"]);
    }

    private static async Task FinishAsync(AppProcess app, SandboxServer sandbox)
    {
        await Eventually.HoldsAsync("every debit is submitted", async () => await TickUntilAsync(app, () => Confirmed(sandbox) == Debits));
        var ledger = sandbox.Control.Ledger("debit_id");
        Assert.Empty(ledger.ChargedTwice);
        Assert.Empty(ledger.IntentsWithoutKey);
        Assert.Equal(Debits, ledger.Groups.Count(group => group.LiveCharges == 1));

        sandbox.Control.AnswerNow();
        await Eventually.HoldsAsync("every debit is collected", async () => await CollectedAsync(app) == Debits);
        Assert.Empty(sandbox.Control.Ledger("debit_id").ChargedTwice);
    }

    // Each condition is looked at once a tick, so that a bucket whose walker died is asked for again.
    private static async Task<bool> TickUntilAsync(AppProcess app, Func<bool> condition)
    {
        if (!condition())
        {
            await app.TickAsync();
        }

        return condition();
    }

    private static async Task<int> CollectedAsync(AppProcess app) =>
        (await app.GetAsync("api/cycles/1")).GetProperty("states").EnumerateArray()
            .Where(state => state.GetProperty("state").GetString() == "collected").Sum(state => state.GetProperty("debits").GetInt32());

    private static int Calls(SandboxServer sandbox) => sandbox.Control.Calls.Total;

    private static int Confirmed(SandboxServer sandbox) => sandbox.Control.Ledger("debit_id").Groups.Count(group => group.LiveCharges > 0);

    private static Task<SandboxServer> StartSandboxAsync() => SandboxServer.StartAsync(new SandboxOptions
    {
        StartAt = new DateTimeOffset(2020, 2, 20, 16, 0, 0, TimeSpan.Zero), SignWithSandboxClock = true,
    });
}
