using Autopay.Benchmarks;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Million;
using Autopay.Benchmarks.Report;

if (args is ["--import", var accounts])
{
    var imported = await ImportRun.RunAsync(
        new CitySlice(int.Parse(accounts, System.Globalization.CultureInfo.InvariantCulture))
    );
    foreach (var line in BudgetTable.Lines([.. ImportBudgets.OfCounts(imported), .. ImportBudgets.OfRun(imported)]))
    {
        Console.WriteLine(line);
    }

    return 0;
}

if (args is ["--disaster", var lost])
{
    var disaster = await DisasterRun.RunAsync(int.Parse(lost, System.Globalization.CultureInfo.InvariantCulture));
    List<Budget> steps = [.. DisasterBudgets.Of(disaster)];
    foreach (var line in BudgetTable.Lines(steps))
    {
        Console.WriteLine(line);
    }

    return steps.Exists(step => step.IsMissed) ? 1 : 0;
}

if (args is ["--million", .. var wanted])
{
    var numbers = wanted
        .Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))
        .ToArray();
    if (numbers is [_, _, _, var buckets])
    {
        Autopay.Application.Ledgers.Bucket.Choose(buckets);
    }

    foreach (var simulated in MillionPlan.Cases(numbers))
    {
        foreach (var line in MillionTable.Lines(MillionRun.Run(simulated.Case, simulated.Nights)))
        {
            Console.WriteLine(line);
        }
    }

    return 0;
}

if (args.Any(argument => argument != "--large"))
{
    await Console.Error.WriteLineAsync(
        "Usage: dotnet run -c Release --project Functions.Benchmarks "
            + "[-- --large | --import ACCOUNTS | --disaster ACCOUNTS | "
            + "--million [DEBITS INSTANCES OF_ENDPOINT [BUCKETS]]]"
    );
    return 2;
}

List<Budget> budgets = [];
await foreach (var budget in Benchmark.RunAsync(whole: args.Length > 0))
{
    await Console.Error.WriteLineAsync($"{budget.What}: measured");
    budgets.Add(budget);
}

foreach (var line in BudgetTable.Lines(budgets))
{
    Console.WriteLine(line);
}

return budgets.Exists(budget => budget.IsMissed) ? 1 : 0;
