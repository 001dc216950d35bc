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

    public Task<IReadOnlyList<PayoutTie>> TieAsync(params PayoutLine[] lines) =>
        new TiePayouts(new Payouts(lines), read).RunAsync(
            new DateOnly(2020, 1, 1),
            new DateOnly(2020, 2, 1),
            CancellationToken.None
        );

    private sealed class Payouts(PayoutLine[] lines) : IPayoutRecords
    {
        public Task<IReadOnlyList<ProviderPayout>> ReadPayoutsAsync(
            DateOnly from,
            DateOnly to,
            CancellationToken cancel
        ) =>
            Task.FromResult<IReadOnlyList<ProviderPayout>>([
                .. lines.Select(
                    (line, index) => new ProviderPayout($"po_{index}", to, "paid", line.AmountCents, [line])
                ),
            ]);
    }
}
