using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;

namespace Autopay.Samples.Generator;

/// <summary>
/// Every account one bill, all due on one date in one cycle, and nothing happens: the load for benchmarks.
/// </summary>
internal static class PlainCity
{
    private const int Cycle = 1;
    private const string AccountsFile = "accounts.csv";
    private const string BillsFile = "bills-2020-01-08.csv";

    public static City Generate(CityOptions options)
    {
        var random = new Random(options.Seed);
        var (accounts, bills) = (CsvFile.Accounts(), CsvFile.Bills());
        for (var number = 1; number <= options.Accounts; number++)
        {
            var account = new Account(number, Cycle);
            accounts.Add(account);
            bills.Add(
                new Bill(account, BillingCalendar.Due(Cycle, month: 0), Charges.Next(random)),
                previousBalanceCents: 0
            );
        }

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [AccountsFile] = accounts.ToString(),
            [BillsFile] = bills.ToString(),
        };
        return new(options.Name, files, Timeline(options.Name));
    }

    private static string Timeline(string name)
    {
        var timeline = new TimelineText(name, start: new(2020, 1, 8), end: new(2020, 1, 31));
        timeline.Import(new(2020, 1, 8, 8, 0, 0), "accounts", AccountsFile);
        timeline.Import(new(2020, 1, 8, 8, 5, 0), "bills", BillsFile);
        return timeline.ToJson([Cycle]);
    }
}
