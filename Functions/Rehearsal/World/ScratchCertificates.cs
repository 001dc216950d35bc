using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Rehearsal.World;

/// <summary>Counted totals and certificates during a rehearsal.</summary>
public sealed class ScratchCertificateStore : ICertificateStore
{
    private readonly Dictionary<TotalKey, ControlTotal> totals = [];
    private readonly List<CertificateDocument> kept = [];

    public Task<IReadOnlyList<ControlTotal>> ReadTotalsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ControlTotal>>([.. totals.Values]);

    public Task PutTotalsAsync(IReadOnlyCollection<ControlTotal> totals, CancellationToken cancel)
    {
        foreach (var total in totals)
        {
            this.totals[total.Key] = total;
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryKeepAsync(CertificateDocument document, CancellationToken cancel)
    {
        var isNew = kept.TrueForAll(it =>
            (it.Certificate.Cycle, it.Version) != (document.Certificate.Cycle, document.Version)
        );
        if (isNew)
        {
            kept.Add(document);
        }

        return Task.FromResult(isNew);
    }

    public Task<IReadOnlyList<CertificateDocument>> ReadAsync(CycleNumber cycle, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<CertificateDocument>>([.. kept.Where(it => it.Certificate.Cycle == cycle)]);
}

/// <summary>The payments of a rehearsal's ledgers.</summary>
public sealed class ScratchPostedPayments(ScratchLedgerStore ledgers) : IPostedPayments
{
    public Task<IReadOnlyList<PostedPayment>> ReadAsync(
        Bucket bucket,
        DateOnly receivedFrom,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyList<PostedPayment>>([
            .. from entry in ledgers.EntriesOf(bucket)
            from funds in entry.Ledger.Funds
            where funds.Source == FundsSource.BackPayment && funds.ReceivedOn >= receivedFrom
            select PostedPayment.Of(entry.Ledger.Id, funds),
        ]);

    public Task<IReadOnlyDictionary<AccountId, CycleNumber>> ReadCyclesAsync(Bucket bucket, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<AccountId, CycleNumber>>(
            ledgers
                .EntriesOf(bucket)
                .Where(entry => entry.Ledger.Enrolment is not null)
                .ToDictionary(entry => entry.Ledger.Id, entry => entry.Ledger.Enrolled.Cycle)
        );
}
