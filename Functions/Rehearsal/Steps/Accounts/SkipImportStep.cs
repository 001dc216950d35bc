using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>No bill of one import that looks like another one is debited (R41).</summary>
[InsteadOf(typeof(SkipStep), "import")]
internal sealed record SkipImportStep : ImportedBillsStep
{
    protected override string What => $"every bill of import {Import} that looks like another one";

    protected override async Task<ChangedBills> ChangeAsync(StepContext context, ImportRecord import) =>
        (
            await context
                .World.Verb<SkipLookAlikes>()
                .RunAsync(import.Id, context.World.Authority(Why), CancellationToken.None)
        )!;
}
