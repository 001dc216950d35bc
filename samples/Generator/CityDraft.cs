using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator;

/// <summary>
/// A city in the making. A file exists once it has a row, and is imported at the hour that its first row names.
/// </summary>
internal sealed class CityDraft(TimelineText timeline, Random random)
{
    private readonly SortedDictionary<string, CsvFile> _files = new(StringComparer.Ordinal);

    public TimelineText Timeline { get; } = timeline;

    public Random Random { get; } = random;

    public CsvFile Accounts() => File("accounts.csv", "accounts", new(2020, 1, 1, 7, 0, 0), CsvFile.Accounts);

    public CsvFile Bills(Bill bill) =>
        File($"bills-{CsvText.Day(bill.BillDate)}.csv", "bills", Outage.Imported(bill), CsvFile.Bills);

    public CsvFile Payments(DateTime at) => Dated("payments", at, CsvFile.Payments);

    public CsvFile Reversals(DateTime at) => Dated("payment-reversals", at, CsvFile.Reversals);

    public CsvFile Adjustments(DateTime at) => Dated("bill-adjustments", at, CsvFile.Adjustments);

    public SortedDictionary<string, string> Files() =>
        new(_files.ToDictionary(f => f.Key, f => f.Value.ToString()), StringComparer.Ordinal);

    private CsvFile Dated(string kind, DateTime at, Func<CsvFile> create) =>
        File($"{kind}-{CsvText.Day(DateOnly.FromDateTime(at))}.csv", kind, at, create);

    private CsvFile File(string name, string kind, DateTime at, Func<CsvFile> create)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            _files[name] = file = create();
            Timeline.Import(at, kind, name);
        }

        return file;
    }
}
