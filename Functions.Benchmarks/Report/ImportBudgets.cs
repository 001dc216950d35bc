using Autopay.Benchmarks.City;

namespace Autopay.Benchmarks.Report;

/// <summary>What a bill costs to import: counted, so exact and repeatable; times and memory are only told.</summary>
public static class ImportBudgets
{
    public static IEnumerable<Budget> OfCounts(ImportedBills imported) =>
        [
            new("storage requests per bill: importing it", imported.Slice.Name, imported.RequestsPerBill, 0.13),
            new("ledger rows written per bill: importing it", imported.Slice.Name, imported.RowsPerBill, 4),
            new("bytes written per bill: importing it", imported.Slice.Name, imported.BytesPerBill, 8192),
        ];

    public static IEnumerable<Budget> OfRun(ImportedBills imported) =>
        [
            new("bills imported a second", imported.Slice.Name, imported.Bills / imported.Usage.Took.TotalSeconds),
            new(
                "milliseconds of processor time per bill, of app and storage",
                imported.Slice.Name,
                imported.Usage.Cpu.TotalMilliseconds / imported.Bills
            ),
            new("megabytes of this process, the most", imported.Slice.Name, imported.MostBytes / 1e6),
        ];
}
