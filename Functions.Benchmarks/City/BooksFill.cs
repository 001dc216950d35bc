using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>Accounts and bills without files: what imports leave in the books.</summary>
internal sealed class BooksFill(BenchmarkWorld world)
{
    private const int AtOnce = 200;

    private AccountBooks Books => world.Verb<AccountBooks>();

    /// <summary>Each account enrolled, with a bill and its debit.</summary>
    public Task OpenAsync(IEnumerable<AccountId> accounts) =>
        Parallel.ForEachAsync(
            accounts.GroupBy(Bucket.Of),
            Pump.AsTheHost,
            async (bucket, cancel) =>
            {
                foreach (var some in bucket.Chunk(AtOnce))
                {
                    await WriteAsync(bucket.Key, [.. some.Select(OpenedAccount.Work)], cancel);
                }
            }
        );

    /// <summary>One more bill for every account.</summary>
    public Task BillAsync() =>
        Parallel.ForEachAsync(
            Bucket.All,
            Pump.AsTheHost,
            async (bucket, cancel) =>
            {
                await foreach (var page in Books.Ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
                {
                    await WriteAsync(
                        bucket,
                        [
                            .. page.Select(entry => new AccountWork(
                                entry,
                                [now => new ImportBill(OpenedAccount.BillOf(entry.Ledger.Id, now), now)]
                            )),
                        ],
                        cancel
                    );
                }
            }
        );

    /// <summary>Those of the slice, or all of them.</summary>
    public static IEnumerable<AccountId> Accounts(CitySlice slice) =>
        Enumerable
            .Range(1, slice.Accounts)
            .Select(number => new AccountId(number.ToString("00000000", CultureInfo.InvariantCulture)))
            .Where(account => slice.Has(Bucket.Of(account).Number));

    private async Task WriteAsync(Bucket bucket, IReadOnlyList<AccountWork> work, CancellationToken cancel)
    {
        var controls = (await Books.Controls.LoadAsync(cancel)).Controls;
        await Books.Writer.WriteAsync(new WriteScope(bucket, controls, world.Authority("a city")), work, cancel);
    }
}
