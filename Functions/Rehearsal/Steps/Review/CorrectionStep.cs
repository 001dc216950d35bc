using Autopay.Application.Waiting;

namespace Autopay.Rehearsal.Steps.Review;

/// <summary>
/// A person decides about a row that contradicts what is stored (R29, R31). It is named by its bill or its payment.
/// </summary>
internal abstract record CorrectionStep : TimelineStep
{
    /// <summary>Either this or <see cref="Payment"/>.</summary>
    public string? Bill { get; init; }

    public string? Payment { get; init; }

    /// <summary>The account in which to look; any, unless it is named.</summary>
    public string? Account { get; init; }

    internal override IEnumerable<StepProblem> Check(string folder) =>
        Bill is null == Payment is null ? [new("", $"a step '{Do}' names a bill or a payment")] : [];

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var (item, id) = Named();
        var word = item.ToString().ToLowerInvariant();
        var found = context.Ledgers(Account).Where(ledger => ledger.FindCorrection(item, id) is not null).ToList();
        if (found is not [var ledger])
        {
            var many = found.Count == 0 ? "No correction" : "More than one correction";
            throw new RefusedException($"{many} of {word} {id} is waiting.");
        }

        var decide = context.World.Verb<DecideCorrection>();
        await DecideAsync(decide, ledger.Id, item, id, context.World.Authority(Why));
        return WithReason($"account {ledger.Id}, {word} {id}");
    }

    protected abstract Task DecideAsync(
        DecideCorrection decide,
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority
    );

    private (CorrectedItem Item, string Id) Named() =>
        Bill is not null ? (CorrectedItem.Bill, Bill)
        : Payment is not null ? (CorrectedItem.Payment, Payment)
        : throw new InvalidOperationException($"A step '{Do}' without a bill and a payment was not checked.");
}
