using Autopay.Application.Waiting;

namespace Autopay.Rehearsal.Steps.Review;

/// <summary>What is stored is right.</summary>
internal sealed record KeepStep : CorrectionStep
{
    protected override Task DecideAsync(
        DecideCorrection decide,
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority
    ) => decide.KeepAsync(account, item, id, authority, CancellationToken.None);
}
