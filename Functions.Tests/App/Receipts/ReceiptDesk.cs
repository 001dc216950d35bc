using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Receipts;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Receipts;

/// <summary>The verbs about receipts over one store.</summary>
internal sealed class ReceiptDesk(IReceiptStore store, IReportStore records, ILedgerStore? ledgers = null)
{
    private static readonly DateOnly LastDay = new(2020, 2, 1);
    private static readonly CityClock Clock = new(
        new FakeTimeProvider(new DateTimeOffset(2020, 2, 1, 12, 0, 0, TimeSpan.Zero)),
        ChargingWorld.City
    );
    private readonly ReadReceipts read = new(store, records, Clock);

    public Task<ReceiptBatch?> IssueAsync() =>
        new IssueReceipts(
            store,
            records,
            read,
            new FindDiscardedLines(read, ledgers ?? new ScratchLedgerStore()),
            Clock
        ).RunAsync("test", CancellationToken.None);

    public Task<MonthSummary> MonthAsync(int month = 1) =>
        new SummarizeMonth(read).RunAsync(new DateOnly(2020, month, 1), CancellationToken.None);

    /// <summary>Each line in a payout of its own.</summary>
    public Task<IReadOnlyList<PayoutTie>> TieAsync(params PayoutLine[] lines) =>
        TiePayoutsAsync([
            .. lines.Select(
                (line, index) => new ProviderPayout($"po_{index}", LastDay, "paid", line.AmountCents, [line])
            ),
        ]);

    public Task<IReadOnlyList<PayoutTie>> TiePayoutsAsync(params ProviderPayout[] payouts) =>
        TiePayoutsAsync(new DateOnly(2020, 1, 1), payouts);

    public Task<IReadOnlyList<PayoutTie>> TiePayoutsAsync(DateOnly from, params ProviderPayout[] payouts) =>
        new TiePayouts(new Payouts(payouts), read).RunAsync(from, from.AddDays(31), CancellationToken.None);

    private sealed class Payouts(ProviderPayout[] payouts) : IPayoutRecords
    {
        public Task<IReadOnlyList<ProviderPayout>> ReadPayoutsAsync(
            DateOnly from,
            DateOnly to,
            CancellationToken cancel
        ) => Task.FromResult<IReadOnlyList<ProviderPayout>>(payouts);
    }
}
