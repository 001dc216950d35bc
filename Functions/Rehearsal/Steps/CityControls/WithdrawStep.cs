using Autopay.Application.Finance;

namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A deferral is taken back.</summary>
internal sealed record WithdrawStep : ControlStep
{
    /// <summary>The deferral's.</summary>
    public required string Id { get; init; }

    protected override string What => $"deferral '{Id}'";

    internal override async Task<string> PlayAsync(StepContext context)
    {
        await context
            .World.Verb<WithdrawDeferral>()
            .RunAsync(ToChange(context), new ChangeRequest(context.World.Authority(Why)), CancellationToken.None);
        return WithReason(What);
    }

    protected override DeferralWithdrawn ToChange(StepContext context) => new(new DeferralId(Id));
}
