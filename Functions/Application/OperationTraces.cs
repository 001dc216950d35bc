using Autopay.Application.Ports.Books;

namespace Autopay.Application;

/// <summary>What an operation leaves in the books, written with the change itself.</summary>
public sealed class OperationTraces(ILedgerStore ledgers, IReleaseStore releases)
{
    private const int PlansLookedAt = 50;

    /// <returns>False also where the books of what it changes do not tell.</returns>
    public async Task<bool> AreThereAsync(RecordedOperation operation, CancellationToken cancel)
    {
        var id = operation.Operation.Id;
        return operation.Path.Trim('/').Split('/') switch
        {
            ["api", "accounts", var account, ..] => await ledgers
                .ReadHistoryAsync(new AccountId(account), cancel)
                .AnyAsync(row => row.Authority.Operation == id, cancel),
            ["api", "cycles", _, "release-plan"] => await releases
                .ReadNewestAsync(cancel)
                .Take(PlansLookedAt)
                .AnyAsync(plan => plan.Made.Operation == id, cancel),
            ["api", "releases", var plan, "seal"] => (await releases.FindAsync(plan, cancel))?.Plan.Sealed?.Operation
                == id,
            _ => false,
        };
    }
}
