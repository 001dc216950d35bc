using Autopay.Application.Certifying;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;

namespace Autopay.Tests.App.Certifying;

/// <summary>A clear keeps its certificate under a version of its own, whoever else clears meanwhile.</summary>
public sealed class ContendedClearTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly Authority Clerk = new("clerk", "counted", new(2020, 1, 13, 14, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 10)]
    public async Task It_tries_again_when_somebody_else_was_first_and_is_kept_once(int others, int tries)
    {
        var store = new OvertakenStore(others);
        var certify = await CertifyAsync(store);

        var certified = await certify.TryAsync(One, Clearing, Cancel);
        var again = await certify.TryAsync(One, Clearing, Cancel);

        var kept = Assert.Single(await store.ReadAsync(One, Cancel));
        Assert.Equal((kept.Hash, kept.Hash, tries), (certified?.Hash, again?.Hash, store.Tries));
    }

    [Fact]
    public async Task Who_is_never_first_says_so_and_has_kept_nothing()
    {
        var store = new OvertakenStore(100);
        var certify = await CertifyAsync(store);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => certify.TryAsync(One, Clearing, Cancel));

        Assert.Equal("Somebody else clears this cycle too; look at it and try again.", refused.Message);
        Assert.Equal((10, 0), (store.Tries, (await store.ReadAsync(One, Cancel)).Count));
    }

    private static Clearing Clearing => new("finance", "all is in", Clerk.At, new Dictionary<string, DateOnly>());

    // Nothing was counted on that day, and nothing is posted.
    private static async Task<CertifyClear> CertifyAsync(OvertakenStore store)
    {
        var (ledgers, controls) = (new ScratchLedgerStore(), new ScratchControlsStore(new Policies()));
        var key = new TotalKey(new DateOnly(2020, 1, 10), "cash", "D1", One);
        await store.PutTotalsAsync([new ControlTotal(key, 0, Money.Zero, Clerk)], Cancel);
        return new CertifyClear(
            new CompareTotals(store, new ScratchPostedPayments(ledgers), controls),
            new ExplainDifferences(new ScratchSuspenseStore(), new ScratchWaitingRows(), ledgers),
            store,
            controls
        );
    }

    private sealed class OvertakenStore(int others) : ICertificateStore
    {
        private readonly ScratchCertificateStore inner = new();

        public int Tries { get; private set; }

        public Task<IReadOnlyList<ControlTotal>> ReadTotalsAsync(CancellationToken cancel) =>
            inner.ReadTotalsAsync(cancel);

        public Task PutTotalsAsync(IReadOnlyCollection<ControlTotal> totals, CancellationToken cancel) =>
            inner.PutTotalsAsync(totals, cancel);

        public Task<bool> TryKeepAsync(CertificateDocument document, CancellationToken cancel) =>
            ++Tries <= others ? Task.FromResult(false) : inner.TryKeepAsync(document, cancel);

        public Task<IReadOnlyList<CertificateDocument>> ReadAsync(CycleNumber cycle, CancellationToken cancel) =>
            inner.ReadAsync(cycle, cancel);
    }
}
