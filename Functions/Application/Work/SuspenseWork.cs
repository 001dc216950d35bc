using Autopay.Application.Ports.Files;

namespace Autopay.Application.Work;

/// <summary>Payments for accounts that nobody knows, until a person assigns them or they are reversed (R13).</summary>
public sealed class SuspenseWork(ISuspenseStore suspense, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel)
    {
        List<WorkItem> found = [];
        await foreach (var waiting in suspense.ReadAllAsync(cancel))
        {
            // What is assigned already the sweep posts: nobody has to do anything.
            if (waiting is { IsOpen: true, AssignedTo: null })
            {
                found.Add(ToItem(waiting));
            }
        }

        return found;
    }

    private WorkItem ToItem(SuspensePayment waiting) =>
        new(
            WorkKind.Suspense,
            waiting.Payment.Id.Value,
            waiting.Payment.Amount,
            $"{waiting.Payment.Amount} by {waiting.Payment.Channel} names account {waiting.NamedAccount}, "
                + "which nobody knows",
            clock.City.At(waiting.Since).Today
        )
        {
            Account = new AccountId(waiting.NamedAccount),
            Payment = waiting.Payment.Id,
            Import = waiting.ImportId,
        };
}
