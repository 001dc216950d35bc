using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Million;
using Autopay.Benchmarks.Report;

namespace Autopay.Benchmarks;

/// <summary>What can be measured, by name; see docs/performance.md.</summary>
internal static class Commands
{
    private const int Missed = 1;
    private const int Unknown = 2;

    public static async Task<int> RunAsync(string[] args) =>
        args switch
        {
            [] => await TableAsync(whole: false, null),
            ["--large"] => await TableAsync(whole: true, null),
            ["--history", var file] => await TableAsync(whole: false, file),
            ["--import", var accounts] => Print(await ImportAsync(Slice(accounts))),
            ["--disaster", var accounts] => Print(DisasterBudgets.Of(await DisasterRun.RunAsync(Number(accounts)))),
            ["--year", var accounts, .. var only, "emulated"] => Print(await YearAsync(Slice(accounts, only), true)),
            ["--year", var accounts, .. var only] => Print(await YearAsync(Slice(accounts, only), emulated: false)),
            ["--nights", var accounts, .. var only, "emulated"] => Print(
                await NightsAsync(Slice(accounts, only), true)
            ),
            ["--nights", var accounts, .. var only] => Print(await NightsAsync(Slice(accounts, only), emulated: false)),
            ["--pages", var accounts] => Print(await PagesAsync(Slice(accounts), emulated: true)),
            ["--pages", var accounts, "simulated"] => Print(await PagesAsync(Slice(accounts), emulated: false)),
            ["--million", .. var wanted] => Million([.. wanted.Select(Number)]),
            _ => await HelpAsync(),
        };

    private static async Task<int> HelpAsync()
    {
        await Console.Error.WriteLineAsync(
            "Usage: dotnet run -c Release --project Functions.Benchmarks [-- --large | --history FILE | "
                + "--import ACCOUNTS | --disaster ACCOUNTS | --year ACCOUNTS [BUCKETS] [emulated] | "
                + "--nights ACCOUNTS [BUCKETS] [emulated] | --pages ACCOUNTS [simulated] | "
                + "--million [DEBITS INSTANCES OF_ENDPOINT [BUCKETS]]]"
        );
        return Unknown;
    }

    private static async Task<int> TableAsync(bool whole, string? history)
    {
        List<Budget> budgets = [];
        await foreach (var budget in Benchmark.RunAsync(whole))
        {
            await Console.Error.WriteLineAsync($"{budget.What}: measured");
            budgets.Add(budget);
        }

        if (history is not null)
        {
            var commit = Environment.GetEnvironmentVariable("GITHUB_SHA") is { Length: >= 8 } hash
                ? hash[..8]
                : "local";
            await History.AppendAsync(history, History.LineOf(TimeProvider.System.GetUtcNow(), commit, budgets));
        }

        return Print(budgets);
    }

    private static async Task<IEnumerable<Budget>> ImportAsync(CitySlice slice)
    {
        var imported = await ImportRun.RunAsync(slice);
        return [.. ImportBudgets.OfCounts(imported), .. ImportBudgets.OfRun(imported)];
    }

    private static async Task<IEnumerable<Budget>> YearAsync(CitySlice slice, bool emulated) =>
        LongBudgets.OfYear(slice, await YearRun.RunAsync(slice, emulated));

    private static async Task<IEnumerable<Budget>> NightsAsync(CitySlice slice, bool emulated) =>
        LongBudgets.OfNights(slice, await NightRun.RunAsync(slice, emulated));

    private static async Task<IEnumerable<Budget>> PagesAsync(CitySlice slice, bool emulated) =>
        LongBudgets.OfPages(slice, await PageRun.RunAsync(slice, emulated));

    private static int Million(int[] wanted)
    {
        if (wanted is [_, _, _, var buckets])
        {
            Bucket.Choose(buckets);
        }

        foreach (var (simulated, nights) in MillionPlan.Cases(wanted))
        {
            foreach (var line in MillionTable.Lines(MillionRun.Run(simulated, nights)))
            {
                Console.WriteLine(line);
            }
        }

        return 0;
    }

    private static int Print(IEnumerable<Budget> measured)
    {
        List<Budget> budgets = [.. measured];
        foreach (var line in BudgetTable.Lines(budgets))
        {
            Console.WriteLine(line);
        }

        return budgets.Exists(budget => budget.IsMissed) ? Missed : 0;
    }

    private static CitySlice Slice(string accounts, params string[] only) =>
        new(Number(accounts), only.Length > 0 ? Number(only[0]) : null);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
