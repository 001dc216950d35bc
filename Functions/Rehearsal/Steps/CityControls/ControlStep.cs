using Autopay.Application.Finance;

namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>Finance changes a control of the city.</summary>
internal abstract record ControlStep : TimelineStep
{
    /// <summary>The change in words, without its reason.</summary>
    protected abstract string What { get; }

    internal override async Task<string> PlayAsync(StepContext context)
    {
        await context
            .World.Verb<ChangeControls>()
            .RunAsync(ToChange(context), context.World.Authority(Why), CancellationToken.None);
        return WithReason(What);
    }

    protected abstract ControlChange ToChange(StepContext context);
}
