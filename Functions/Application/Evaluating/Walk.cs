using Autopay.Application.Charging;
using Autopay.Application.Ledgers;
using Autopay.Application.Releasing;

namespace Autopay.Application.Evaluating;

/// <summary>Who looks at accounts, and how far that goes.</summary>
/// <param name="Left">Attempts that were touched before then have lost who drove them: the walk before did not come to
/// its end. Null where nobody knows.</param>
/// <param name="GoesOnAsync">Asked wherever it may end: whatever was asked of the provider by then is recorded.</param>
public sealed record Walk(WriteScope Scope, DateTimeOffset? Left, Func<Task<bool>> GoesOnAsync)
{
    /// <summary>What approved releases let go in the bucket.</summary>
    public BucketReleases Released { get; init; } = BucketReleases.None;

    /// <summary>The work is told to end.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>What a walk does with the money of the accounts that it looked at.</summary>
public sealed record MoneySteps(ChargeDebits Charge, ProcessRefunds Refund, FollowReleases Releases);
