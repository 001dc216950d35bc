using Autopay.Application.Waiting;

namespace Autopay.Rehearsal.Steps.Review;

/// <summary>What the later row says is right.</summary>
internal sealed record TakeStep : CorrectionStep
{
    protected override Task DecideAsync(
        DecideCorrection decide,
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority
    ) => decide.TakeAsync(account, item, id, authority, CancellationToken.None);
}
